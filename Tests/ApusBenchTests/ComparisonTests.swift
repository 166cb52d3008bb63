// What counts as a change between two runs.

import ApusBench
import Testing

@Suite struct ComparisonTests {
  private func verdict(_ before: (Double, Double), _ after: (Double, Double)) -> Verdict? {
    Comparison(
      before: madeUpReport([madeUpResult("add", median: before.0, deviation: before.1)]),
      after: madeUpReport([madeUpResult("add", median: after.0, deviation: after.1)])
    ).changes.first?.verdict
  }

  @Test func beyondNoise() {
    #expect(verdict((1000, 1), (1100, 1)) == .slower)
    #expect(verdict((1000, 1), (900, 1)) == .faster)
  }

  @Test func withinTheDeviationOfEither() {
    // Three deviations of the difference are 3 · 1.4826 · 30 = 133.
    #expect(verdict((1000, 30), (1120, 0)) == .same)
    #expect(verdict((1000, 0), (1120, 30)) == .same)
    #expect(verdict((1000, 0), (1180, 30)) == .slower)
  }

  @Test func withinTheWanderOfMachines() {
    #expect(verdict((1000, 0), (1019, 0)) == .same)
    #expect(verdict((1000, 0), (1021, 0)) == .slower)
    #expect(verdict((1000, 0), (981, 0)) == .same)
  }

  @Test func minimaMustAgree() {
    // The second run was disturbed throughout, but its best call was as good as any: minima 996 and 980.
    #expect(verdict((1000, 2), (1100, 60)) == .same)
    #expect(verdict((1000, 2), (1300, 20)) == .slower)
    // A median beyond noise whose minimum moved the other way.
    let before = Summary(
      count: 9, minimum: 990, lowerQuartile: 999, median: 1000, upperQuartile: 1001, medianDeviation: 1)
    let after = Summary(
      count: 9, minimum: 980, lowerQuartile: 1099, median: 1100, upperQuartile: 1101, medianDeviation: 1)
    let label = CaseLabel(kernel: "add", engine: "avx512", rows: 1)
    func report(_ times: Summary) -> BenchReport {
      madeUpReport([CaseResult(label: label, work: Work(elements: 1), calls: 1, nanoseconds: times, cycles: 1)])
    }
    #expect(Comparison(before: report(before), after: report(after)).changes[0].verdict == .same)
  }

  @Test func casesOfOneRunOnly() {
    let comparison = Comparison(
      before: madeUpReport([madeUpResult("add", median: 10), madeUpResult("old", median: 10)]),
      after: madeUpReport([madeUpResult("new", median: 10), madeUpResult("add", median: 10)]))
    #expect(comparison.changes.map(\.label.kernel) == ["add"])
    #expect(comparison.onlyBefore == ["element-wise: old BabyBear avx512 4096x1 t1"])
    #expect(comparison.onlyAfter == ["element-wise: new BabyBear avx512 4096x1 t1"])
  }

  @Test func theTextForPeople() {
    let names = ["add", "multiply", "scale"]
    let comparison = Comparison(
      before: madeUpReport(names.map { madeUpResult($0, median: 1000, deviation: 1) }, cpu: "One"),
      after: madeUpReport(
        zip(names, [1250.0, 500, 1001]).map { madeUpResult($0, median: $1, deviation: 1) }, cpu: "Other"))
    #expect(
      comparison.text == """
        warning: the runs are of different processors: One and Other
          kernel    field     set      rows  columns  threads  µs before      ±  µs after      ±   time
          multiply  BabyBear  avx512  4,096        1        1       1.00  0.1 %     0.500  0.3 %  -50 %  faster
          add       BabyBear  avx512  4,096        1        1       1.00  0.1 %      1.25  0.1 %  +25 %  slower

        3 compared: 1 slower, 1 faster, 1 the same within noise

        """)
  }
}
