// A clock that tells the time that made-up work has taken, and reports of made-up runs.

import ApusBench

/// Work "takes" time by moving this clock on. It runs at two cycles a nanosecond.
final class MadeUpClock: BenchClock {
  private(set) var nanoseconds: UInt64 = 0
  /// The names of the cases that ran, one for each call.
  private(set) var calls: [String] = []

  var now: ClockReading { ClockReading(nanoseconds: nanoseconds, cycles: 2 * Double(nanoseconds)) }

  /// A case each of whose calls takes so many nanoseconds.
  func benchCase(_ kernel: String, takes nanoseconds: UInt64, threads: Int = 1) -> BenchCase {
    let label = CaseLabel(kernel: kernel, field: "BabyBear", engine: "avx512", rows: 4096, threads: threads)
    return BenchCase(label, Work(elements: 4096)) {
      {
        self.nanoseconds += nanoseconds
        self.calls.append(kernel)
      }
    }
  }
}

func madeUpResult(
  _ kernel: String, median: Double, deviation: Double = 0, work: Work = Work(elements: 4096), threads: Int = 1
) -> CaseResult {
  let summary = Summary(
    count: 9, minimum: median - 2 * deviation, lowerQuartile: median - deviation, median: median,
    upperQuartile: median + deviation, medianDeviation: deviation)
  let label = CaseLabel(kernel: kernel, field: "BabyBear", engine: "avx512", rows: 4096, threads: threads)
  return CaseResult(
    label: label, work: work, calls: 3, nanoseconds: summary, cycles: 2 * median,
    bound: madeUpLimits.bound(of: work, threads: threads))
}

let madeUpLimits = MachineLimits(
  vectors: [VectorRate(vectorBytes: 64, instructions: 10, products: 40)],
  bandwidths: [
    Bandwidth(level: "L1", capacity: 1 << 15, read: 200, copy: 100),
    Bandwidth(level: "DRAM", capacity: 0, read: 20, copy: 16),
  ])

func madeUpReport(_ cases: [CaseResult], cpu: String = "Made \"up\"\n1") -> BenchReport {
  BenchReport(
    machine: BenchMachine(cpu: cpu, threads: 2, gigahertz: 2.5, cycleSource: .timeStamp),
    limits: madeUpLimits, groups: [GroupResult(name: "element-wise", cases: cases)])
}
