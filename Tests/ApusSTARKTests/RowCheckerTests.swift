import ApusField
import ApusSTARK
import Testing

@Suite struct RowCheckerTests {
  @Test func anHonestTraceHasNoViolation() {
    for rows in [32, 128] {
      for exponent in [2, 3, 5] {
        let walk = Walk(rows: rows, exponent: exponent)
        #expect(RowChecker<BabyBear>(walk).firstViolation(in: walk.trace) == nil)
      }
      #expect(RowChecker<BabyBear>(Carousel(rows: rows)).firstViolation(in: Carousel(rows: rows).trace) == nil)
    }
  }

  /// Each cell, and every constraint that reads it with the row that it is read from.
  @Test(arguments: [
    (0, 0, ["starts at start@0", "walks@0", "echoes the row before@1"]),
    (5, 0, ["walks@4", "walks@5", "passes the middle@5", "echoes the row before@6"]),
    (63, 0, ["walks@62", "ends at end@63"]),
    (7, 2, ["echoes the row before@7"]),
    (8, 2, ["echoes the row before@8", "adds the echo@8"]),
    (0, 2, ["adds the echo@0"]),
    (8, 3, ["adds the echo@8"]),
    (11, 3, ["adds the echo@8"]),
    (9, 3, []),
    (9, 1, []),
  ])
  func aBrokenCellIsNamed(row: Int, column: Int, expected: [String]) {
    let walk = Walk(rows: 64)
    let checker = RowChecker<BabyBear>(walk)
    var trace = walk.trace
    trace[row, column] += .one
    let found = (0..<64).flatMap { checker.violations(row: $0, in: trace) }.map { "\($0.constraint)@\($0.row)" }
    #expect(Set(found) == Set(expected))
    #expect(checker.violationCounts(in: trace).values.reduce(0, +) == expected.count)
    #expect((checker.firstViolation(in: trace) == nil) == expected.isEmpty)
  }

  @Test func rotationsGoRound() {
    let carousel = Carousel(rows: 32)
    var trace = carousel.trace
    trace[0, 0] += .one
    // Row 0 is read five rows behind row 5 and 37 rows ahead of row 27.
    let rows = (0..<32).filter { !RowChecker<BabyBear>(carousel).violations(row: $0, in: trace).isEmpty }
    #expect(rows == [5, 27])
  }

  @Test func aPublicValueThatIsWrongIsNamed() {
    let walk = Walk(rows: 64)
    var other = walk
    other.end += .one
    #expect(
      RowChecker<BabyBear>(other).firstViolation(in: walk.trace)?.description
        == "constraint \"ends at end\" does not hold on row 63: \(walk.end) is not \(other.end) (x = \(walk.end))")
  }
}
