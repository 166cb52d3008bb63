// Cells that no constraint binds are found, and no others.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

@Suite struct CellMutationsTests {
  /// Numbers with their halves and parities, beside an idle column; one constraint may be forgotten.
  private struct Halves<Element: ProvingField>: Statement {
    enum Column: Int, CaseIterable, TraceColumn { case number, half, isOdd, idle }
    static var name: String { "halves" }
    var forgetsTheNumber = false

    var rows: Int { 64 }
    var publicValues: [Element] { [] }

    func constrain(_ c: inout Constraints<Column>) {
      let (number, half, isOdd, after) = (c[.number], c[.half], c[.isOdd], c[.number, +1])
      c.onFirstRow { $0.require(number, equals: 7, "starts at seven") }
      c.onEachStep { $0.require(after, equals: number + 3, "goes on") }
      c.onEveryRow {
        $0.require(isOdd * isOdd, equals: isOdd, "a bit")
        if !forgetsTheNumber { $0.require(number, equals: 2 * half + isOdd, "halves") }
      }
    }

    var trace: Columns<Element> {
      var trace = Columns<Element>(rows: rows, count: 4, on: .default)
      for row in 0..<rows {
        let number = UInt32(7 + 3 * row)
        for (column, value) in [number, number / 2, number % 2, 0].enumerated() { trace[row, column] = Element(value) }
      }
      return trace
    }
  }

  private func expectFreeCells<Element: ProvingField>(over field: Element.Type) throws {
    for forgets in [false, true] {
      let statement = Halves<Element>(forgetsTheNumber: forgets)
      let free = try CellMutations(statement).freeCells(in: statement.trace)
      let expected = (forgets ? ["half", "isOdd", "idle"] : ["idle"]).flatMap { name in
        (0..<64).map { "\(name) \($0)" }
      }
      #expect(free.map { "\($0.columnName) \($0.row)" } == expected)
      // A bit may be the other bit and nothing else.
      for cell in free where cell.columnName == "isOdd" { #expect(cell.other == .one - cell.value) }
      for cell in free { #expect(cell.other != cell.value && cell.value == statement.trace[cell.row, cell.column]) }
    }
  }

  @Test func anIdleColumnAndAForgottenConstraintAreFound() throws {
    try expectFreeCells(over: BabyBear.self)
    try expectFreeCells(over: Goldilocks.self)
  }

  @Test func aChangeIsToldInALine() throws {
    let statement = Halves<BabyBear>(forgetsTheNumber: true)
    let free = try CellMutations(statement).freeCells(in: statement.trace)
    #expect(free.first { $0.columnName == "isOdd" }?.description == "isOdd on row 0 may be 0 instead of 1")
  }

  @Test func aStatementWithoutFreeCellsHasNone() throws {
    for rows in [32, 256] {
      let trace = Fibonacci<Goldilocks>.trace(a: 3, b: 4, rows: rows)
      let statement = Fibonacci<Goldilocks>(a: 3, b: 4, last: trace[rows - 1, 1], rows: rows)
      #expect(try CellMutations(statement).freeCells(in: trace).isEmpty)
    }
  }

  // MARK: Against the row checker

  /// Every change, judged by all rows of the changed trace.
  private func expectTheSameOfRowChecker<S: Provable>(
    _ statement: S, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    @Sendable func others(_ row: Int, _ column: Int, _ value: S.Element) -> [S.Element] {
      [value + S.Element(UInt64(row % 3)), value - .one, S.Element(UInt64(column))]
    }
    var trace = statement.trace
    let unnoticed = try CellMutations(statement).unnoticedChanges(in: trace, to: others)
    let checker = RowChecker(statement)
    var expected: [UnnoticedChange<S.Element>] = []
    for column in 0..<trace.count {
      for row in 0..<trace.rows {
        let value = trace[row, column]
        for other in others(row, column, value) where other != value {
          trace[row, column] = other
          if checker.firstViolation(in: trace) == nil {
            expected.append(
              UnnoticedChange(column: column, columnName: S.Column.names[column], row: row, value: value, other: other))
          }
          trace[row, column] = value
        }
      }
    }
    #expect(unnoticed == expected, sourceLocation: sourceLocation)
    for threads in [1, 3] {
      let engine = try Engine(threads: threads)
      let others = try CellMutations(statement).unnoticedChanges(in: trace, on: engine, to: others)
      #expect(others == expected, "on \(threads) threads", sourceLocation: sourceLocation)
    }
  }

  @Test func theRowCheckerAgrees() throws {
    for exponent in [2, 5] { try expectTheSameOfRowChecker(Walk(rows: 32, exponent: exponent)) }
    try expectTheSameOfRowChecker(Doubling(rows: 32))
    // Two rotations that are the same cell, and rotations beyond the ends.
    try expectTheSameOfRowChecker(Carousel(rows: 32))
  }

  /// A constraint that is a column and nothing else.
  @Test func aLeafMayBeTheConstraint() throws {
    let zeros = Adhoc.zero { c in c[.b] }
    let free = try CellMutations(zeros).freeCells(in: Columns(rows: 64, count: 3, on: .default))
    #expect(Set(free.map(\.columnName)) == ["a", "c"])
    #expect(free.count == 128)
  }

  // MARK: Samples

  @Test func aSampleIsAPartOfAllFreeCells() throws {
    let walk = Walk(rows: 64)
    let mutations = CellMutations(walk)
    let places = { (changes: [UnnoticedChange<BabyBear>]) in Set(changes.map { [$0.row, $0.column] }) }
    let all = places(try mutations.freeCells(in: walk.trace))
    #expect(all.count == 64 + 32)
    #expect(try mutations.freeCells(in: walk.trace, sample: 0).isEmpty)
    #expect(try places(mutations.freeCells(in: walk.trace, sample: 256)) == all)
    #expect(try places(mutations.freeCells(in: walk.trace, sample: .max)) == all)
    let half = try mutations.freeCells(in: walk.trace, sample: 128, seed: 5)
    #expect(places(half).isStrictSubset(of: all) && half.count > 20)
    #expect(try mutations.freeCells(in: walk.trace, sample: 128, seed: 5) == half)
    #expect(try mutations.freeCells(in: walk.trace, sample: 128, seed: 6) != half)
  }

  /// Of cells that are all free, a sample finds as many as it has.
  @Test func aSampleHasItsSize() throws {
    for seed in 0..<20 {
      let free = try CellMutations(Adhoc.zero { c in c[.b] }).freeCells(
        in: Columns(rows: 64, count: 3, on: .default), sample: 191, seed: UInt64(seed))
      #expect((127...128).contains(free.count))
    }
  }

  // MARK: Traces that are not honest

  @Test func aTraceThatViolatesAConstraintIsRefused() throws {
    let walk = Walk(rows: 64)
    var trace = walk.trace
    trace[20, 0] += .one
    let found = RowChecker(walk).firstViolation(in: trace)
    let violation = try #require(found)
    #expect(throws: violation) { try CellMutations(walk).freeCells(in: trace) }
  }
}
