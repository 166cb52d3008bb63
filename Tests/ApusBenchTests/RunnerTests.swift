// In which order cases run, how often, and what is made of their times; on a made-up clock.

import ApusBench
import Testing

@Suite struct RunnerTests {
  let clock = MadeUpClock()

  private func run(_ cases: [BenchCase], seconds: Double = 0, rounds: Int = 4) throws -> [CaseResult] {
    let budget = BenchBudget(seconds: seconds, sampleSeconds: 1e-6, minimumRounds: rounds, maximumRounds: 50)
    var groups = [BenchGroup("group", cases)]
    return try BenchRunner(clock: clock, limits: madeUpLimits, budget: budget).run(emptying: &groups).flatMap(\.cases)
  }

  @Test func casesTakeTurns() throws {
    // Each call is a sample of its own: one to warm up, one to count calls, then there and back, twice.
    let results = try run(["a", "b", "c"].map { clock.benchCase($0, takes: 2000) })
    #expect(clock.calls.joined() == "aabbccabccbaabccba")
    #expect(results.map(\.label.kernel) == ["a", "b", "c"])
    #expect(results.allSatisfy { $0.nanoseconds.count == 4 && $0.calls == 1 })
  }

  @Test func shortCallsAreRepeated() throws {
    let result = try run([clock.benchCase("short", takes: 10)])[0]
    #expect(result.calls >= 100)
    #expect(result.nanoseconds.median == 10)
    #expect(result.cycles == 20)
  }

  @Test func roundsFillTheTimeAndStopAtTheMost() throws {
    // 2 µs a call: rounds go on until 60 µs have passed.
    #expect(try run([clock.benchCase("a", takes: 2000)], seconds: 60e-6)[0].nanoseconds.count == 30)
    #expect(try run([clock.benchCase("b", takes: 2000)], seconds: 1)[0].nanoseconds.count == 50)
  }

  @Test func timeIsSharedByNumberOfCases() throws {
    let budget = BenchBudget(seconds: 79e-6, sampleSeconds: 1e-6, minimumRounds: 1)
    let one = BenchGroup("one", [clock.benchCase("a", takes: 2000)])
    let three = BenchGroup("three", ["b", "c", "d"].map { clock.benchCase($0, takes: 2000) })
    let runner = BenchRunner(clock: clock, limits: madeUpLimits, budget: budget)
    var groups = [one, BenchGroup("none", []), three]
    let results = try runner.run(emptying: &groups)
    #expect(results.map(\.name) == ["one", "three"])
    #expect(results.map { $0.cases[0].nanoseconds.count } == [10, 10])
  }

  @Test func groupsAreFreedBeforeTheNext() throws {
    final class Memory {}
    weak var first: Memory?
    var groups: [BenchGroup] = []
    do {
      let memory = Memory()
      first = memory
      let label = CaseLabel(kernel: "a", engine: "avx512", rows: 1)
      groups.append(
        BenchGroup("first", [BenchCase(label, Work(elements: 1)) { { withExtendedLifetime(memory) {} } }]))
      groups.append(
        BenchGroup(
          "second",
          [
            BenchCase(label, Work(elements: 1)) {
              #expect(first == nil)
              return {}
            }
          ]))
    }
    #expect(first != nil)
    let budget = BenchBudget(seconds: 0, sampleSeconds: 0, minimumRounds: 1)
    #expect(try BenchRunner(clock: clock, limits: madeUpLimits, budget: budget).run(emptying: &groups).count == 2)
  }

  @Test func resultsCarryTheirBounds() throws {
    var one = clock.benchCase("a", takes: 2000)
    #expect(try run([one])[0].bound == nil)
    one = BenchCase(one.label, Work(elements: 4096, instructions: 10_000, vectorBytes: 64), prepare: one.prepare)
    let result = try run([one])[0]
    #expect(result.bound == Bound(nanoseconds: 1000, cause: "instructions"))
    #expect(result.shareOfLimit == 0.5)
  }

  @Test func filtersByAllWords() {
    let group = BenchGroup("NTT, many", [clock.benchCase("forward", takes: 1), clock.benchCase("inverse", takes: 1)])
    #expect(group.filtered(by: "").cases.count == 2)
    #expect(group.filtered(by: "babybear FORW ntt").cases.map(\.label.kernel) == ["forward"])
    #expect(group.filtered(by: "forward goldilocks").cases.isEmpty)
  }
}
