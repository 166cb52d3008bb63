// Spends of each kind that every machine checks, with their reports, and twins in which something is wrong and the rule
// is the expected one. Transactions are rows of Bitcoin Core's tx_valid.json.

import ApusScript
import Testing

/// What a kind of spend does, and what it takes.
struct SpendCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let transaction: String
  /// Values and scripts, in the inputs' order.
  let spent: [(value: Int64, script: String)]
  /// Scripts that run, one after the other.
  let stages: [ScriptStage]
  let peakStack: Int
  let instructions: Int

  func spending(_ change: (inout Transaction) -> Void = { _ in }) throws -> SpendingTransaction {
    var transaction = try Transaction(bytes(transaction))
    change(&transaction)
    let outputs = try spent.map { TransactionOutput(value: $0.value, script: try CoreScript.parse($0.script)) }
    return try SpendingTransaction(transaction, spending: outputs)
  }

  static let legacy = SpendCase(
    testDescription: "to a key",
    transaction:
      "010000000200010000000000000000000000000000000000000000000000000000000000000000000049483045022100d180fd2eb9140aeb"
      + "4210c9204d3f358766eb53842b2a9473db687fa24b12a3cc022079781799cd4f038b85135bbe49ec2b57f306b2bb17101b17f71f000fca"
      + "b2b6fb01ffffffff0002000000000000000000000000000000000000000000000000000000000000000000004847304402205f7530653e"
      + "ea9b38699e476320ab135b74771e1c48b81a5d041e2ca84b9be7a802200ac8d1f40fb026674fe5a5edd3dea715c27baa9baca51ed45ea7"
      + "50ac9dc0a55e81ffffffff010100000000000000015100000000",
    spent: [
      (0, "0x21 0x035e7f0d4d0841bcd56c39337ed086b1a633ee770c1ffdd94ac552a95ac2ce0efc CHECKSIG"),
      (0, "0x21 0x035e7f0d4d0841bcd56c39337ed086b1a633ee770c1ffdd94ac552a95ac2ce0efc CHECKSIG"),
    ], stages: [.scriptSig, .scriptPubKey], peakStack: 2, instructions: 3)

  static let scriptHash = SpendCase(
    testDescription: "to a script's hash",
    transaction:
      "01000000010001000000000000000000000000000000000000000000000000000000000000000000006e493046022100c66c9cdf4c436095"
      + "86d15424c54707156e316d88b0a1534c9e6b0d4f311406310221009c0fe51dbc9c4ab7cc25d3fdbeccf6679fe6827f08edf2b4a9f16ee3"
      + "eb0e438a0123210338e8034509af564c62644c07691942e0c056752008a173c89f60ab2a88ac2ebfacffffffff01000000000000000001"
      + "5100000000",
    spent: [(0, "HASH160 0x14 0x8febbed40483661de6958d957412f82deed8e2f7 EQUAL")],
    stages: [.scriptSig, .scriptPubKey, .redeemScript], peakStack: 3, instructions: 7)

  static let witness = SpendCase(
    testDescription: "to a witness program",
    transaction:
      "0100000000010200010000000000000000000000000000000000000000000000000000000000000000000000ffffffff000100000000000"
      + "00000000000000000000000000000000000000000000000000100000000ffffffff02e8030000000000000151e903000000000000015102"
      + "47304402206d59682663faab5e4cb733c562e22cdae59294895929ec38d7c016621ff90da0022063ef0af5f970afe8a45ea836e3509b88"
      + "47ed39463253106ac17d19c437d3d56b832103596d3451025c19dbbdeb932d6bf8bfb4ad499b95b6f88db8899efac102e5fc710248304502"
      + "210085001a820bfcbc9f9de0298af714493f8a37b3b354bfd21a7097c3e009f2018c022050a8b4dbc8155d4d04da2f5cdd575dcf8dd0108d"
      + "e8bec759bd897ea01ecb3af7832103596d3451025c19dbbdeb932d6bf8bfb4ad499b95b6f88db8899efac102e5fc7100000000",
    spent: [
      (1000, "0x00 0x14 0x4c9c3dfac4207d5d8cb89df5722cb3d712385e3f"),
      (1001, "0x00 0x14 0x4c9c3dfac4207d5d8cb89df5722cb3d712385e3f"),
    ], stages: [.scriptSig, .scriptPubKey, .witnessScript], peakStack: 4, instructions: 7)

  static let all = [legacy, scriptHash, witness]
}

@Suite struct SpendTests {
  @Test(arguments: SpendCase.all)
  func honestSpendsPass(test: SpendCase) throws {
    let spending = try test.spending()
    for input in spending.transaction.inputs.indices {
      let report = try spending.verify(input: input, rules: .block)
      #expect(report.peakStack == test.peakStack)
      #expect(report.instructions == test.instructions)
      #expect(report.signatureChecks == 1)
      #expect(report.validationWeight == nil)

      var run = try InputRun(SpendingInput(spending, index: input), rules: .block)
      var stages = [run.stage]
      while try run.step() { if stages.last != run.stage { stages.append(run.stage) } }
      #expect(stages == test.stages)
      #expect(run.report == report)
    }
  }

  /// What a signature covers cannot be changed.
  @Test(arguments: SpendCase.all)
  func changedTransactionsFail(test: SpendCase) throws {
    let spending = try test.spending { $0.outputs[0].value += 1 }
    let error = #expect(throws: ScriptError.self) { try spending.verify(input: 0, rules: .block) }
    #expect(error?.rule == .evalFalse)
    #expect(error?.stage == test.stages.last)
    // Where a signature fails and is not empty, policy says so first, at the opcode.
    let policy = Rules(policy: .nullFail)
    let earlier = #expect(throws: ScriptError.self) { try spending.verify(input: 0, rules: policy) }
    #expect(earlier?.rule == .sigNullFail)
    #expect(earlier?.place?.opcode == .checkSignature)
    #expect(earlier?.stack.count == 2)
  }

  @Test func policyIsNotConsensus() throws {
    // S is high in this one.
    guard case .nonStandard(let report, let error) = try SpendCase.scriptHash.spending().judge(input: 0) else {
      Issue.record("it is valid in blocks, and not relayed")
      return
    }
    #expect(error.rule == .sigHighS)
    #expect(error.stage == .redeemScript)
    #expect(report.signatureChecks == 1)
    let witness = try SpendCase.witness.spending()
    guard case .standard = witness.judge(input: 1) else {
      Issue.record("it is relayed")
      return
    }
    guard case .invalid(let invalid) = try SpendCase.legacy.spending({ $0.lockTime = 1 }).judge(input: 0) else {
      Issue.record("another lock time is not what was signed")
      return
    }
    #expect(invalid.rule == .evalFalse)
  }

  @Test(
    arguments: [
      ([[1], [2]], "", ScriptRule.equalVerify), ([[1]], "", .witnessProgramMismatch), ([], "", .witnessProgramMismatch),
      ([[1], [2]], "1", .witnessMalleated),
    ] as [([[UInt8]], String, ScriptRule)])
  func witnessesMustFit(elements: [[UInt8]], scriptSig: String, rule: ScriptRule) throws {
    let script = try CoreScript.parse(scriptSig)
    let spending = try SpendCase.witness.spending { transaction in
      transaction.inputs[0].witness = elements
      transaction.inputs[0].scriptSig = script
    }
    let error = #expect(throws: ScriptError.self) { try spending.verify(input: 0, rules: .block) }
    #expect(error?.rule == rule)
  }

  @Test func aWitnessNeedsItsProgram() throws {
    let spending = try SpendCase.legacy.spending { $0.inputs[0].witness = [[1]] }
    let error = #expect(throws: ScriptError.self) { try spending.verify(input: 0, rules: .block) }
    #expect(error?.rule == .witnessUnexpected)
    #expect(throws: SpentOutputsMismatch(inputs: 2, outputs: 1)) {
      try SpendingTransaction(spending.transaction, spending: [spending.spentOutputs[0]])
    }
  }

  /// After an error, a run throws the same again.
  @Test func aFailedRunDoesNotGoOn() throws {
    let spending = try SpendCase.legacy.spending { $0.lockTime = 1 }
    var run = try InputRun(SpendingInput(spending, index: 0), rules: .block)
    let error = #expect(throws: ScriptError.self) { try run.runToEnd() }
    let first = try #require(error)
    #expect(throws: first) { try run.step() }
    #expect(throws: first) { try run.runToEnd() }
  }

  /// BIP-340's vectors 1, and 5 to 7: a signature, a key off the curve, an odd nonce, a negated message.
  @Test(arguments: [
    (
      "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659",
      "6896bd60eeae296db48a229ff71dfe071bde413e6d43f917dc8dcf8c78de3341"
        + "8906d11ac976abccb20b091292bff4ea897efcb639ea871cfa95f6de339e4b0a", true
    ),
    (
      "eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34",
      "6cff5c3ba86c69ea4b7376f31a9bcb4f74c1976089b2d9963da2e5543e177769"
        + "69e89b4c5564d00349106b8497785dd7d1d713a8ae82b32fa79d5f7fc407d39b", false
    ),
    (
      "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659",
      "fff97bd5755eeea420453a14355235d382f6472f8568a18b2f057a1460297556"
        + "3cc27944640ac607cd107ae10923d9ef7a73c643e166be5ebeafa34b1ac553e2", false
    ),
    (
      "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659",
      "1fa62e331edbc21c394792d2ab1100a7b432b013df3f6ff4f99fcb33e0e1515f"
        + "28890b3edb6e7189b630448b515ce4f8622a954cfe545735aaea5134fccdb2bd", false
    ),
  ])
  func schnorrSignatures(key: String, signature: String, isGood: Bool) {
    let message = bytes("243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89")
    #expect(SchnorrSignature.verify(bytes(signature), message: message, key: bytes(key)) == isGood)
  }

  @Test func signingIsVectorOne() {
    let secret = bytes("b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef")
    let message = bytes("243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89")
    let signature = SchnorrSignature.sign(message, secret: secret, auxiliary: [UInt8](repeating: 0, count: 31) + [1])
    #expect(
      signature.map(hex) == "6896bd60eeae296db48a229ff71dfe071bde413e6d43f917dc8dcf8c78de3341"
        + "8906d11ac976abccb20b091292bff4ea897efcb639ea871cfa95f6de339e4b0a")
    let zeros = [UInt8](repeating: 0, count: 32)
    #expect(SchnorrSignature.sign(message, secret: zeros, auxiliary: zeros) == nil)
    #expect(SchnorrSignature.publicKey(of: zeros) == nil)
    #expect(SchnorrSignature.sign(message, secret: [1], auxiliary: zeros) == nil)
  }
}
