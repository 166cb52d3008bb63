// Generated spends, judged here and by the network's own consensus code: the same verdicts for the same reasons.
// `apus-differential` asks about more of them.

import ApusScript
import ApusScriptCases
import Testing

@Suite(.enabled(if: Oracle.directory != nil, "\(Oracle.absence)")) struct DifferentialTests {
  private static func oracle() throws -> Oracle { try Oracle(in: #require(Oracle.directory)) }

  @Test func verdictsAndReasonsAreTheNetworks() throws {
    var run = DifferentialRun(seed: 1, oracle: try Self.oracle())
    try run.run(0..<10_000)
    for disagreement in run.disagreements { Issue.record("\(disagreement)") }
    // Spends of both kinds, and every reason there is.
    #expect(run.valid > 3000)
    #expect(run.validConcatenations > 100)
    #expect(run.reports.map(\.instructions).max() ?? 0 > 500)
    #expect(ScriptRule.knownToOracle.subtracting(run.rules.keys) == [])
  }

  /// The twin in which this side is wrong: it forgets one rule at a time, and that shows.
  @Test(arguments: [
    ConsensusRules.payToScriptHash, .derSignatures, .nullDummy, .checkLockTimeVerify, .checkSequenceVerify, .taproot,
  ])
  func aForgottenRuleIsFound(_ rule: ConsensusRules) throws {
    let forget: (Rules) -> Rules = {
      // A witness needs the script's hash: both are forgotten together.
      let rules = rule == .payToScriptHash ? [rule, .witness] : rule
      return Rules(consensus: $0.consensus.subtracting(rules), policy: $0.policy.subtracting(.cleanStack))
    }
    var run = DifferentialRun(seed: 2, oracle: try Self.oracle(), rulesHere: forget)
    try run.run(0..<3000)
    #expect(!run.disagreements.isEmpty)
  }

  /// The oracle asserts on an input that a transaction does not have; that ends its process and is told with the case.
  @Test func theOraclesDeathNamesItsCase() throws {
    var spends = (0..<8).map { SpendGenerator.spend($0, seed: 3) }
    spends[5].transaction = SpendGenerator.spend(100, seed: 3).transaction
    let output = spends[5].spentOutputs[0]
    spends[5].spentOutputs = [TransactionOutput](repeating: output, count: 9)
    spends[5].input = 8
    let oracle = try Self.oracle()
    try oracle.ask(spends)
    let error = #expect(throws: Oracle.Died.self) { try oracle.answers(to: spends, from: 1000) }
    #expect(error?.number == 1005)
  }
}
