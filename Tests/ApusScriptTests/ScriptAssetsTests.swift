// Cases of Bitcoin Core's functional test of Taproot: for each a spend that is valid, and mostly one that is not.

import ApusScript
import ApusTestSupport
import Testing

private struct Case: Decodable {
  struct Spend: Decodable {
    let scriptSig: String
    let witness: [String]
  }
  let tx: String
  let prevouts: [String]
  let index: Int
  let flags: String
  let comment: String
  let final: Bool?
  let success: Spend?
  let failure: Spend?

  func passes(_ spend: Spend, _ flags: CoreFlags) throws -> Bool {
    var transaction = try Transaction(bytes(tx))
    transaction.inputs[index].scriptSig = Script(bytes(spend.scriptSig))
    transaction.inputs[index].witness = spend.witness.map { bytes($0) }
    let outputs = try prevouts.map { try TransactionOutput(bytes($0)) }
    let spending = try SpendingTransaction(transaction, spending: outputs)
    if case .failure = Result(catching: { try spending.verify(input: index, rules: flags.rules) }) { return false }
    return true
  }
}

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct ScriptAssetsTests {
  /// The combinations under which the cases are meant to be judged: any of the soft forks in their order of dependence.
  private static let combinations: [CoreFlags] = {
    let flags: [CoreFlags.Flag] = [
      .consensus(.payToScriptHash), .consensus(.derSignatures), .consensus(.checkLockTimeVerify),
      .consensus(.checkSequenceVerify), .consensus(.witness), .consensus(.nullDummy), .consensus(.taproot),
    ]
    let all = (0..<1 << flags.count).map { bits in
      CoreFlags(flags.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
    }
    return all.filter { $0.trimmed == $0 && ($0.consensus.contains(.witness) || !$0.consensus.contains(.taproot)) }
  }()

  @Test func everySpendIsJudgedAsTheNetworkDoes() throws {
    let cases = try ReferenceData.decode([Case].self, from: "vectors/bitcoin/bitcoin-core/script_assets_subset.json")
    #expect(cases.compactMap(\.success).count == 603)
    #expect(cases.compactMap(\.failure).count == 595)
    for (number, test) in cases.enumerated() {
      let named = try CoreFlags(parsing: test.flags)
      if let success = test.success {
        #expect(try test.passes(success, named), "case \(number): \(test.comment)")
        // A success holds under fewer rules, and a final one under all of them.
        for flags in Self.combinations.shuffled().prefix(4) where test.final == true || flags.isSubset(of: named) {
          #expect(try test.passes(success, flags), "case \(number) under \(flags): \(test.comment)")
        }
      }
      if let failure = test.failure {
        #expect(try !test.passes(failure, named), "case \(number): \(test.comment)")
        for flags in Self.combinations.shuffled().prefix(4) where named.isSubset(of: flags) {
          #expect(try !test.passes(failure, flags), "case \(number) under \(flags): \(test.comment)")
        }
      }
    }
  }
}

extension CoreFlags {
  fileprivate func isSubset(of other: CoreFlags) -> Bool {
    consensus.isSubset(of: other.consensus) && policy.isSubset(of: other.policy) && opcodes.isSubset(of: other.opcodes)
  }
}
