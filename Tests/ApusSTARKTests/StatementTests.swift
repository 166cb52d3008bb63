// Statements that are none: refused by prover and verifier before anything is evaluated.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct StatementTests {
  private func expect(
    _ error: StatementError, of statement: some Statement, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let bytes = try ForgerySubject.babyBear.honest.get().bytes
    #expect(throws: error, sourceLocation: sourceLocation) { try Verifier().verify(bytes, of: statement) }
    SecondOpinion.ask(about: bytes, of: statement, expecting: error, sourceLocation: sourceLocation)
    #expect(throws: error, sourceLocation: sourceLocation) { try Prover().shape(of: statement) }
    #expect(throws: error, sourceLocation: sourceLocation) {
      try Prover().prove(statement, trace: Columns(rows: 32, count: 4, on: .default))
    }
  }

  @Test(arguments: [Int.min, -32, 0, 1, 16, 31, 33, 48, 511, 1 << 25, Int.max])
  func aRowCountThatIsNone(rows: Int) throws {
    var walk = Walk(rows: 32)
    walk.rows = rows
    try expect(.invalidRowCount(rows), of: walk)
  }

  @Test(arguments: [5, 24])
  func aRowCountAtTheLimits(log: Int) throws {
    var walk = Walk(rows: 32)
    walk.rows = 1 << log
    #expect(try Prover().shape(of: walk).rows == 1 << log)
  }

  /// Row 517 of 512 must not pass for row 5.
  @Test(arguments: [512, 517, -1, Int.max, Int.min])
  func aPublicRowOutsideTheTrace(row: Int) throws {
    var walk = Walk(rows: 512)
    walk.at = row
    try expect(.publicRowOutsideTrace(row: row, rows: 512), of: walk)
  }

  @Test(arguments: [0, 511])
  func aPublicRowAtTheTracesEnds(row: Int) throws {
    let walk = Walk(rows: 512, at: row)
    try Verifier().verify(try Prover().prove(walk, trace: walk.trace), of: walk)
  }

  @Test func aPeriodLongerThanTheTrace() throws {
    var walk = Walk(rows: 32)
    walk.steps = (0..<64).map { BabyBear($0) }
    try expect(.periodTooLong(name: "step", period: 64, rows: 32), of: walk)
  }

  @Test func aPeriodAsLongAsTheTrace() throws {
    var walk = Walk(rows: 32)
    walk.steps = (0..<32).map { BabyBear($0) }
    let trace = walk.trace
    (walk.middle, walk.end) = (trace[5, 0], trace[31, 0])
    try Verifier().verify(try Prover().prove(walk, trace: trace), of: walk)
  }

  /// Blowup 4 leaves room for a quotient of four times the trace: constraints of degree 5.
  @Test func aDegreeTooHigh() throws {
    try expect(.degreeTooHigh(constraint: "walks", degree: 6, limit: 5), of: Walk(rows: 32, exponent: 6))
  }

  @Test func aTraceOfTheWrongSize() throws {
    for (rows, columns) in [(256, 4), (1024, 4), (512, 3), (512, 5), (0, 0)] {
      let error = ProverError.traceSize(expectedRows: 512, expectedColumns: 4, foundRows: rows, foundColumns: columns)
      #expect(throws: error) {
        try Prover().prove(Walk(rows: 512), trace: Columns(rows: rows, count: columns, on: .default))
      }
    }
  }

  @Test func aTraceThatBreaksAConstraint() throws {
    var trace = Forgery.walk.trace
    trace[100, 0] += .one
    let (before, after) = (trace[99, 0], trace[100, 0])
    let violation = Violation(
      constraint: "walks", row: 99, left: after.canonical, right: (after - .one).canonical,
      cells: [Violation.Cell("x", before.canonical), Violation.Cell("x", rotation: 1, after.canonical)])
    #expect(throws: ProverError.constraintsNotSatisfied(violation)) { try Prover().prove(Forgery.walk, trace: trace) }
  }
}
