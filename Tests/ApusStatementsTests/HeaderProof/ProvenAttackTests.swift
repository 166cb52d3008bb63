// Attacks through the prover itself: it cannot be talked into a proof, and names the constraint that stands against it.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

/// An attack on a claim of real headers, and where it fails first.
struct ProvenAttack: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let constraint: String
  /// What fails on later rows.
  var later: Set<String> = []
  let row: Int
  let trace: @Sendable () throws -> CheatingHeaderTrace

  static let all = [
    ProvenAttack(testDescription: "expanded word", constraint: "schedule", row: 256 + 4 + 20) {
      try Attack.trace(.at(.word, header: 1, step: 20) { $0 ^ 1 })
    },
    ProvenAttack(testDescription: "initial state of the second hash", constraint: "initial state", row: 256 + 143) {
      try Attack.trace(.at(.initialState(0), header: 1, block: 2) { $0 ^ 1 })
    },
    ProvenAttack(testDescription: "another digest hashed", constraint: "second hash", row: 256 + 144) {
      try Attack.trace(.at(.word, header: 1, block: 2) { $0 ^ 1 })
    },
    ProvenAttack(testDescription: "time at the median", constraint: "median time", row: 248) {
      let headers = try Attack.chain(1).headers
      let window = MedianWindow([UInt32](repeating: headers[0].time, count: 6) + [1, 2, 3, 4, 5])
      return CheatingHeaderTrace(of: headers, claim: try HeaderClaim(of: headers, after: window))
    },
    ProvenAttack(
      testDescription: "a time changed on its way", constraint: "times pass on", later: ["times claimed"],
      row: 512 + 230
    ) {
      try Attack.trace(.at(.time(0), header: 2, step: 230) { _ in 0 }, count: 3)
    },
    ProvenAttack(testDescription: "no work", constraint: "proof of work", row: 256 + 228) {
      try Attack.traceWithoutWork()
    },
    ProvenAttack(testDescription: "no work, final borrow denied", constraint: "comparison", row: 256 + 227) {
      try Attack.traceWithoutWork(.at(.borrow, header: 1, step: 16) { _ in 0 })
    },
    ProvenAttack(
      testDescription: "no work, row of the decision not active", constraint: "times claimed",
      later: ["active falls only"], row: 484
    ) {
      var cheat = try Attack.traceWithoutWork()
      cheat.cells[TraceColumns.active][484] = .zero
      return cheat
    },
    ProvenAttack(
      testDescription: "no work, last header not active", constraint: "times claimed", later: ["active to the end"],
      row: 484
    ) {
      var cheat = try Attack.traceWithoutWork()
      for row in 256..<512 { cheat.cells[TraceColumns.active][row] = .zero }
      return cheat
    },
    ProvenAttack(testDescription: "carry that is no bit", constraint: "bits", row: 256 + 4 + 9) {
      try Attack.trace(.at(.newA, header: 1, step: 9) { $0 ^ 1 }, takesCarriesFromField: true)
    },
    ProvenAttack(testDescription: "another hash looked at", constraint: "register holds", row: 256 + 212) {
      try Attack.traceWithoutWork(
        (0..<16).reduce(Lies()) { $0 + .at(.register($1), header: 1, step: 212) { _ in 0 } })
    },
  ]
}

struct ProvenAttackTests {
  @Test(arguments: ProvenAttack.all)
  func proverRefuses(_ attack: ProvenAttack) throws {
    let cheat = try attack.trace()
    #expect(cheat.failures == attack.later.union([attack.constraint]))
    let error = try #require(throws: ProverError.self) {
      try Prover(.proven100).prove(cheat.statement, trace: cheat.columns())
    }
    guard case .constraintsNotSatisfied(let violation?) = error else {
      Issue.record("refused for another reason: \(error)")
      return
    }
    #expect(violation.constraint == attack.constraint)
    #expect(violation.row == attack.row)
  }

  /// The twin: without a lie the same way leads to a proof.
  @Test func proverAcceptsTheHonestTrace() throws {
    for anyHashPasses in [false, true] {
      let honest = try Attack.trace(anyHashPasses: anyHashPasses)
      let bytes = try Prover(.proven100).prove(honest.statement, trace: honest.columns()).bytes
      try Verifier(demanding: .proven100).verify(bytes, of: honest.statement)
    }
  }
}
