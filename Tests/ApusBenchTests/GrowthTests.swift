// The curve of times that grow as rows · (log2 rows + c).

import ApusBench
import Testing

@Suite struct GrowthTests {
  private func result(log: Int, nanosecondsOfARow: Double) -> CaseResult {
    let time = nanosecondsOfARow * Double(1 << log)
    let summary = Summary(
      count: 3, minimum: time, lowerQuartile: time, median: 2 * time, upperQuartile: 3 * time, medianDeviation: time)
    let label = CaseLabel(kernel: "prove", engine: "avx512", rows: 1 << log)
    return CaseResult(label: label, work: Work(elements: 1 << log), calls: 1, nanoseconds: summary, cycles: 0)
  }

  @Test(arguments: [0.0, 3.5, 31, 400])
  func aCurveIsFound(offset: Double) throws {
    let cases = (14...20).reversed().map { result(log: $0, nanosecondsOfARow: 7 * (Double($0) + offset)) }
    let fit = try #require(GrowthFit(cases))
    #expect(abs(fit.offset - offset) < 1e-3 * (1 + offset))
    #expect(abs(fit.scale - 7) < 1e-3)
    #expect(fit.worstDeviation < 1e-6)
    #expect(fit.points.map(\.rows) == (14...20).map { 1 << $0 })
  }

  /// The largest deviation is as small as can be: up and down by as much.
  @Test func deviationsAreBalanced() throws {
    let times = [20.0, 25, 21, 23]
    let fit = try #require(GrowthFit(times.enumerated().map { result(log: 10 + $0, nanosecondsOfARow: $1) }))
    let deviations = fit.points.map(\.deviation)
    #expect(abs((deviations.max() ?? 0) + (deviations.min() ?? 0)) < 1e-9)
    for other in stride(from: 0.0, through: 1000, by: 0.5) {
      let ratios = times.enumerated().map { $1 / (Double(10 + $0) + other) }
      let worst = ((ratios.max() ?? 1) / (ratios.min() ?? 1) - 1) / ((ratios.max() ?? 1) / (ratios.min() ?? 1) + 1)
      #expect(fit.worstDeviation <= worst + 1e-9)
    }
  }

  @Test func oneSizeHasNoCurve() {
    #expect(GrowthFit([]) == nil)
    #expect(GrowthFit([result(log: 14, nanosecondsOfARow: 5)]) == nil)
    #expect(GrowthFit([result(log: 14, nanosecondsOfARow: 5), result(log: 14, nanosecondsOfARow: 6)]) == nil)
  }

  @Test func theTextShowsEveryPoint() {
    let times = [(14, 45.0), (17, 50), (20, 51)]
    let cases = times.map { result(log: $0.0, nanosecondsOfARow: $0.1) }
    let report = BenchReport(
      machine: BenchMachine(cpu: "Some CPU", threads: 1, gigahertz: 2, cycleSource: .timeStamp), limits: madeUpLimits,
      groups: [GroupResult(name: "growth", cases: cases, showsGrowth: true)])
    let lines = report.text.split(separator: "\n").map(String.init)
    #expect(
      lines.suffix(5) == [
        "  least time of a row as 1.02 ns · (log2 rows + c): c = 31.0, deviation at most 2.0 %",
        "  rows  ns/row  fitted  deviation",
        "  2^14    45.0    45.9     −2.0 %",
        "  2^17    50.0    49.0     +2.0 %",
        "  2^20    51.0    52.1     −2.0 %",
      ])
    let plain = madeUpReport([madeUpResult("add", median: 10)]).text
    #expect(!plain.contains("log2 rows"))
  }
}
