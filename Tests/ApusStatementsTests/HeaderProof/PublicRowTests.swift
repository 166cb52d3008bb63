// Rows that no claim can name: refused before anything is evaluated on them.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

struct PublicRowTests {
  private let prover = Prover(.proven100)
  private let verifier = Verifier(demanding: .proven100)

  /// Three headers' rows stand in 1,024; those of five do not.
  @Test(arguments: [
    ([73, 1279, 1280], 1279), ([1097, 1279, 1280], 1097), ([73, 767, 1024], 1024), ([-1, 767, 768], -1),
  ])
  func rowsBeyondTheTrace(publicRows: [Int], refused: Int) throws {
    let cheat = try Attack.trace(count: 3)
    let bytes = try prover.prove(cheat.statement, trace: cheat.columns()).bytes
    try verifier.verify(bytes, of: cheat.statement)

    var forged = cheat.statement
    forged.publicRows = publicRows
    let reason = StatementError.publicRowOutsideTrace(row: refused, rows: 1024)
    #expect(throws: reason) { try prover.prove(forged, trace: cheat.columns()) }
    #expect(throws: reason) { try verifier.verify(bytes, of: forged) }
  }

  /// A trace shorter than the claim needs.
  @Test func tooFewRows() throws {
    let cheat = try Attack.trace(count: 3)
    let bytes = try prover.prove(cheat.statement, trace: cheat.columns()).bytes
    var forged = cheat.statement
    forged.rows = 512
    #expect(throws: StatementError.publicRowOutsideTrace(row: 767, rows: 512)) {
      try verifier.verify(bytes, of: forged)
    }
    for rows in [0, 768, 16, 1 << 25] {
      forged.rows = rows
      #expect(throws: StatementError.invalidRowCount(rows)) { try verifier.verify(bytes, of: forged) }
    }
  }

  /// What the row check is for: with rows taken modulo the trace's length, one header would pass for five.
  @Test func oneHeaderIsNotFive() throws {
    let real = try Attack.chain(1)
    // A single header in the trace of three, proven against public rows of five that were wrapped around.
    var wrapped = try Attack.trace(count: 3, anyHashPasses: false)
    for row in 256..<1024 { wrapped.cells[TraceColumns.active][row] = .zero }
    wrapped.statement.publicRows = [73, 1279 % 1024, 1280 % 1024]
    wrapped.statement.publicValues = HeaderStatement(real.claim).publicValues
    #expect(wrapped.failures == [])
    let bytes = try prover.prove(wrapped.statement, trace: wrapped.columns()).bytes
    try verifier.verify(bytes, of: wrapped.statement)

    for count in 2...5 {
      let header = real.headers[0]
      let claim = try HeaderClaim(of: Array(repeating: header, count: count))
      let statement = HeaderStatement(claim)
      #expect(statement.rows > 256 * count)
      #expect(statement.publicRows == [73, 256 * count - 1, 256 * count])
      #expect(throws: VerificationError.constraintsNotSatisfied) { try verifier.verify(bytes, of: statement) }
    }
  }

  @Test(arguments: [0, -1, 2017, Int.max])
  func countsThatNoClaimHas(count: Int) throws {
    let claim = try Attack.chain().claim
    #expect(throws: HeaderClaimError.count(count)) {
      try HeaderClaim(
        previous: claim.previous, last: claim.last, bits: claim.bits, firstTime: claim.firstTime,
        lastTime: claim.lastTime, count: count)
    }
  }

  /// The trace is high enough for every count there is, and no higher than it must be.
  @Test func rowsFollowFromTheCount() throws {
    let claim = try Attack.chain().claim
    for count in HeaderClaim.counts {
      let statement = HeaderStatement(
        try HeaderClaim(
          previous: claim.previous, last: claim.last, bits: claim.bits, firstTime: claim.firstTime,
          lastTime: claim.lastTime, count: count))
      #expect(statement.rows.nonzeroBitCount == 1 && (256 * (count + 1)..<512 * (count + 1)).contains(statement.rows))
      #expect(statement.publicRows.allSatisfy { (0..<statement.rows).contains($0) })
      #expect(statement.publicRows.last == 256 * count)
    }
  }
}
