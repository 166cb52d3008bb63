// Which limit binds a case. How fast the machine is decides nothing here.

import ApusBench
import Testing

@Suite struct LimitsTests {
  private let limits = madeUpLimits

  @Test func theSlowestLimitBinds() throws {
    let products = Work(elements: 1, bytes: 800, workingSet: 800, products: 400, vectorBytes: 64)
    let first = try #require(limits.bound(of: products, threads: 1))
    #expect(first.nanoseconds == 10 && first.cause == "products")

    let bytes = Work(elements: 1, bytes: 4000, workingSet: 4000, products: 400, vectorBytes: 64)
    let second = try #require(limits.bound(of: bytes, threads: 1))
    #expect(second.nanoseconds == 20 && second.cause == "L1")

    let all = Work(elements: 1, bytes: 4000, workingSet: 4000, instructions: 300, products: 400, vectorBytes: 64)
    #expect(limits.bound(of: all, threads: 1) == Bound(nanoseconds: 30, cause: "instructions"))
  }

  @Test func theWorkingSetSaysWhichMemory() throws {
    func cause(_ workingSet: Int, threads: Int = 1) -> String? {
      limits.bound(of: Work(elements: 1, bytes: 64, workingSet: workingSet), threads: threads)?.cause
    }
    #expect(cause(1 << 15) == "L1")
    // A 33rd of the bytes comes from memory, which is ten times as slow; then half of them.
    #expect(cause(33 << 10) == "L1")
    #expect(cause(1 << 16) == "DRAM")
    #expect(cause(1 << 16, threads: 2) == "L1")
    let half = Work(elements: 1, bytes: 1 << 16, workingSet: 1 << 16)
    #expect(limits.bound(of: half, threads: 1)?.nanoseconds == Double(1 << 15) / 20)
  }

  @Test func threadsShareTheWork() throws {
    let work = Work(elements: 1, products: 400, vectorBytes: 64)
    #expect(limits.bound(of: work, threads: 4)?.nanoseconds == 2.5)
  }

  @Test func whatIsUnknownHasNoBound() {
    #expect(limits.bound(of: Work(elements: 1, bytes: 64), threads: 1) == nil)
    #expect(limits.bound(of: Work(elements: 1, instructions: 9, products: 9, vectorBytes: 32), threads: 1) == nil)
  }

  @Test func measuredLimitsAreThere() {
    let limits = MachineLimits.measured(seconds: 0)
    #expect(limits.vectors.first?.vectorBytes == 16)
    #expect(limits.vectors.allSatisfy { $0.instructions > 0 && $0.products > 0 })
    #expect(limits.bandwidths.map(\.level) == ["L1", "L2", "L3", "DRAM"])
    #expect(limits.bandwidths.allSatisfy { $0.read > 0 && $0.copy > 0 })
  }

  @Test func theClockRuns() {
    let clock = MachineClock()
    let (start, end) = (clock.now, clock.now)
    #expect(end.nanoseconds >= start.nanoseconds && end.cycles >= start.cycles)
    #expect(clock.gigahertz > 0 && clock.cyclesPerTick > 0)
  }
}
