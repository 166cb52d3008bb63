// What a violation says of the constraint and of what it read.

import ApusField
import ApusSTARK
import Testing

@Suite struct ViolationTests {
  /// The only violation of the row, where row i holds 10i + 1, 10i + 2 and 10i + 3.
  private func violation(row: Int = 5, of body: @escaping @Sendable (Constraints<Adhoc.Column>) -> Void) -> Violation? {
    var trace = Columns<BabyBear>(rows: 64, count: 3, on: .default)
    for row in 0..<64 { for column in 0..<3 { trace[row, column] = BabyBear(10 * row + column + 1) } }
    let violations = RowChecker(Adhoc(body)).violations(row: row, in: trace)
    return violations.count == 1 ? violations[0] : nil
  }

  // MARK: Sides

  @Test func anEqualityHasTwoSides() {
    let violation = violation { c in c.onEveryRow { $0.require(c[.a] + c[.b], equals: 2 * c[.c, -1], "twice") } }
    #expect(violation?.left == 103)
    #expect(violation?.right == 86)
    #expect(
      violation?.description
        == "constraint \"twice\" does not hold on row 5: 103 is not 86 (a = 51; b = 52; c[-1] = 43)")
  }

  @Test func aDifferenceIsAnEquality() {
    let violation = violation { c in c.onEveryRow { $0.requireZero(c[.b] - c.public(1), "public") } }
    #expect(violation?.description == "constraint \"public\" does not hold on row 5: 52 is not 3 (b = 52)")
  }

  @Test func anyOtherExpressionIsNotZero() {
    let violation = violation { c in c.onEveryRow { $0.requireZero(c[.a] * c[.b], "product") } }
    #expect(violation?.description == "constraint \"product\" does not hold on row 5: 2652 is not 0 (a = 51; b = 52)")
  }

  @Test func equalToZeroIsNotZero() {
    let violation = violation { c in c.onEveryRow { $0.require(c[.a], equals: 0, "none") } }
    #expect(violation?.description == "constraint \"none\" does not hold on row 5: 51 is not 0 (a = 51)")
  }

  /// The selector is no factor of the sides, but what it reads is shown.
  @Test func theSidesAreThoseBeforeTheSelector() {
    let step = violation { c in c.onEachStep { $0.require(c[.a, 1], equals: c[.a], "stays") } }
    #expect(step?.description == "constraint \"stays\" does not hold on row 5: 61 is not 51 (a = 51; a[+1] = 61)")
    let selected = violation { c in c.onRows(where: c[.c]) { $0.require(c[.a], equals: c[.b], "where c") } }
    #expect(
      selected?.description == "constraint \"where c\" does not hold on row 5: 51 is not 52 (a = 51; b = 52; c = 53)")
  }

  @Test func constantsThatAreFoldedIntoTheSelector() {
    let one = violation(row: 0) { c in c.onFirstRow { $0.require(c.constant(3), equals: 2, "never") } }
    #expect(one?.description == "constraint \"never\" does not hold on row 0: 1 is not 0")
    let two = violation(row: 0) { c in c.onFirstRow { $0.require(c.constant(4), equals: 2, "never") } }
    #expect(two?.description == "constraint \"never\" does not hold on row 0: 2 is not 0")
    let selector = violation { c in c.onRows(where: c.constant(1)) { $0.require(c[.a], equals: c[.b], "always") } }
    #expect(selector?.left == 51 && selector?.right == 52)
  }

  /// What is kept for messages adds no node, and so nothing to the digest.
  @Test func sidesAddNothingToTheGraph() {
    let graph = Adhoc { c in c.onFirstRow { $0.require(c.constant(3), equals: 2, "never") } }.graph
    #expect(graph.nodes == [.firstRow])
    let written = Adhoc { c in c.onEveryRow { $0.require(c[.a], equals: c[.b] * c[.c], "equality") } }.graph
    let subtracted = Adhoc.zero { c in c[.a] - c[.b] * c[.c] }.graph
    #expect(written.encoded == subtracted.encoded)
  }

  @Test func valuesAreCanonicalInBothFields() {
    let trace = Columns<Goldilocks>(rows: 32, count: 1, on: .default)
    #expect(
      RowChecker(Below<Goldilocks>()).firstViolation(in: trace)?.description
        == "constraint \"minus one\" does not hold on row 0: 0 is not 18446744069414584320 (value = 0)")
    #expect(
      RowChecker(Below<BabyBear>()).firstViolation(in: Columns(rows: 32, count: 1, on: .default))?.description
        == "constraint \"minus one\" does not hold on row 0: 0 is not 2013265920 (value = 0)")
  }

  // MARK: One line

  @Test func manyCellsAreCounted() {
    let cells = (0..<11).map { Violation.Cell("cell", rotation: $0 - 1, UInt64($0)) }
    let eight = Violation(constraint: "sum", row: 3, left: 1, right: 0, cells: Array(cells.prefix(8)))
    #expect(
      eight.description.hasSuffix(
        "cell[-1] = 0; cell = 1; cell[+1] = 2; cell[+2] = 3; cell[+3] = 4; "
          + "cell[+4] = 5; cell[+5] = 6; cell[+6] = 7)"))
    let eleven = Violation(constraint: "sum", row: 3, left: 1, right: 0, cells: cells)
    #expect(eleven.description.hasSuffix("; cell[+6] = 7; and 3 more)"))
  }

  @Test func aMessageIsOneLineOfBoundedLength() {
    let name = String(repeating: "a long name\n", count: 1000)
    let cells = (0..<1000).map { Violation.Cell(name, rotation: -$0, UInt64.max) }
    let violation = Violation(constraint: name, row: .max, left: .max, right: .max, cells: cells)
    let text = violation.description
    #expect(!text.contains { $0.isNewline })
    #expect(violation.description.count < 1000)
  }
}

/// Every value is the field's largest.
private struct Below<Element: ProvingField>: Statement {
  enum Column: Int, CaseIterable, TraceColumn { case value }
  static var name: String { "below" }
  var rows: Int { 32 }
  var publicValues: [Element] { [] }
  func constrain(_ c: inout Constraints<Column>) {
    let value = c[.value]
    c.onEveryRow { $0.require(value, equals: -1, "minus one") }
  }
}
