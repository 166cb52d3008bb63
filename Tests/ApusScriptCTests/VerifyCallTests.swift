// Verdicts through the C ABI: what is refused names its rule, script, opcode and byte, as the Swift room's errors do.

import ApusDigest
import ApusScript
import CApusScript
import Testing

struct VerifyCallTests {
  /// A way to break a rule, and what the report must say.
  struct Broken: Sendable, CustomTestStringConvertible {
    let rule: String
    let status: Int
    let stage: Int
    /// Opcode, its number and its byte.
    let place: (opcode: Int32, index: Int64, position: Int64)?
    let scriptSig: Script
    let output: Script
    var witness: [[UInt8]] = []
    var testDescription: String { rule }
  }

  private static func script(_ text: String) -> Script {
    (try? Script(assembly: text, allowingSuccess: true)) ?? .empty
  }
  private static func scriptHash(_ redeem: Script) -> Script {
    Script([0xa9, 20] + RIPEMD160.hash(SHA256.hash(redeem.bytes)) + [0x87])
  }
  private static func witnessHash(_ script: Script) -> Script { Script([0, 32] + SHA256.hash(script.bytes)) }

  static let cases: [Broken] = [
    Broken(
      rule: "VERIFY", status: APUS_SCRIPT_INVALID, stage: APUS_SCRIPT_STAGE_SCRIPT_PUBKEY, place: (0x69, 2, 5),
      scriptSig: .empty, output: script("0x616263 0 VERIFY")),
    Broken(
      rule: "OP_RETURN", status: APUS_SCRIPT_INVALID, stage: APUS_SCRIPT_STAGE_SCRIPT_SIG, place: (0x6a, 1, 1),
      scriptSig: script("1 RETURN"), output: script("1")),
    Broken(
      rule: "EVAL_FALSE", status: APUS_SCRIPT_INVALID, stage: APUS_SCRIPT_STAGE_SCRIPT_PUBKEY, place: nil,
      scriptSig: .empty, output: script("0")),
    Broken(
      rule: "EQUALVERIFY", status: APUS_SCRIPT_INVALID, stage: APUS_SCRIPT_STAGE_REDEEM_SCRIPT, place: (0x88, 2, 2),
      scriptSig: Script(Push.plain(script("1 2 EQUALVERIFY").bytes)), output: scriptHash(script("1 2 EQUALVERIFY"))),
    Broken(
      rule: "WITNESS_PROGRAM_WITNESS_EMPTY", status: APUS_SCRIPT_INVALID, stage: APUS_SCRIPT_STAGE_WITNESS_PROGRAM,
      place: nil, scriptSig: .empty, output: witnessHash(script("1"))),
    Broken(
      rule: "NUMEQUALVERIFY", status: APUS_SCRIPT_INVALID, stage: APUS_SCRIPT_STAGE_WITNESS_SCRIPT, place: (0x9d, 1, 1),
      scriptSig: .empty, output: witnessHash(script("3 NUMEQUALVERIFY")),
      witness: [[4], script("3 NUMEQUALVERIFY").bytes]),
    Broken(
      rule: "DISCOURAGE_UPGRADABLE_NOPS", status: APUS_SCRIPT_NON_STANDARD, stage: APUS_SCRIPT_STAGE_SCRIPT_PUBKEY,
      place: (0xb0, 1, 1), scriptSig: .empty, output: script("1 NOP1")),
  ]

  @Test(arguments: cases)
  func refusedWithItsPlace(broken: Broken) throws {
    let output = TransactionOutput(value: 1000, script: broken.output)
    let transaction = spend(broken.scriptSig, witness: broken.witness)
    // The policy that scriptSigs only push would come first.
    let rules = APUS_SCRIPT_RELAY & ~APUS_SCRIPT_SIGNATURE_PUSH_ONLY
    let (status, report) = try Owned(transaction.bytes, spending: [output]).verify(0, rules)
    #expect(status == broken.status)
    #expect(report.name == broken.rule)
    #expect(NumberTests.rules[Int(report.rule) - 1] == broken.rule)
    #expect(Int(report.stage) == broken.stage)
    let place = broken.place ?? (-1, -1, -1)
    #expect((report.opcode, report.index, report.position) == place)
    #expect(report.text.hasPrefix("\(broken.rule) in "), "\(report.text)")
    #expect((report.instructions > 0) == (status == APUS_SCRIPT_NON_STANDARD))
  }

  /// A tapscript that checks a preimage: the right one, a wrong one, and one that a block may hold.
  @Test func tapscripts() throws {
    let leaf = Self.script("NOP1 SHA256 0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad EQUAL")
    let output = try TaprootOutput(internalKey: TaprootOutput.unspendableKey, tree: .leaf(TapLeaf(script: leaf)))
    func verify(_ preimage: String, _ rules: UInt32) throws -> (status: apus_script_status, report: apus_script_report)
    {
      let transaction = spend(witness: [Array(preimage.utf8), leaf.bytes, output.leaves[0].controlBlock.bytes])
      let spent = TransactionOutput(value: 1000, script: output.script)
      return try Owned(transaction.bytes, spending: [spent]).verify(0, rules)
    }
    let (status, good) = try verify("abc", APUS_SCRIPT_BLOCK)
    #expect(status == APUS_SCRIPT_OK)
    #expect((good.rule, good.stage, good.opcode, good.index) == (0, 0, -1, -1))
    #expect((good.name, good.text) == ("", ""))
    #expect((good.instructions, good.peak_stack) == (6, 2))
    #expect(try verify("abc", APUS_SCRIPT_RELAY).status == APUS_SCRIPT_NON_STANDARD)
    let bad = try verify("abd", APUS_SCRIPT_RELAY)
    #expect(bad.status == APUS_SCRIPT_INVALID)
    #expect(Int(bad.report.stage) == APUS_SCRIPT_STAGE_TAPSCRIPT && bad.report.name == "EVAL_FALSE")
  }

  /// A row of Bitcoin Core's tx_valid.json: two signatures, of which another amount or a changed byte makes wrong ones.
  @Test func signatures() throws {
    let digits =
      "0100000000010200010000000000000000000000000000000000000000000000000000000000000000000000ffffffff00010000000000"
      + "000000000000000000000000000000000000000000000000000100000000ffffffff02e8030000000000000151e9030000000000000151"
      + "0247304402206d59682663faab5e4cb733c562e22cdae59294895929ec38d7c016621ff90da0022063ef0af5f970afe8a45ea836e3509b"
      + "8847ed39463253106ac17d19c437d3d56b832103596d3451025c19dbbdeb932d6bf8bfb4ad499b95b6f88db8899efac102e5fc71024830"
      + "4502210085001a820bfcbc9f9de0298af714493f8a37b3b354bfd21a7097c3e009f2018c022050a8b4dbc8155d4d04da2f5cdd575dcf8d"
      + "d0108de8bec759bd897ea01ecb3af7832103596d3451025c19dbbdeb932d6bf8bfb4ad499b95b6f88db8899efac102e5fc7100000000"
    let nibbles = digits.compactMap { $0.hexDigitValue }
    let bytes = stride(from: 0, to: nibbles.count, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) }
    let program = Script([
      0, 20, 0x4c, 0x9c, 0x3d, 0xfa, 0xc4, 0x20, 0x7d, 0x5d, 0x8c, 0xb8, 0x9d, 0xf5, 0x72, 0x2c, 0xb3, 0xd7, 0x12, 0x38,
      0x5e, 0x3f,
    ])
    let spent = [1000, 1001].map { TransactionOutput(value: $0, script: program) }
    let transaction = try Owned(bytes, spending: spent)
    #expect(apus_script_transaction_inputs(transaction.pointer) == 2)
    #expect(apus_script_transaction_check(transaction.pointer, nil) == APUS_SCRIPT_OK)
    for index in 0..<2 {
      let (status, report) = transaction.verify(index, APUS_SCRIPT_RELAY)
      #expect(status == APUS_SCRIPT_OK)
      #expect(report.signature_checks == 1)
    }
    let other = try Owned(bytes, spending: spent.reversed())
    let (status, report) = other.verify(0, APUS_SCRIPT_BLOCK)
    #expect(status == APUS_SCRIPT_INVALID)
    #expect(report.name == "EVAL_FALSE", "\(report.text)")
  }

  @Test func transactionsThatNoBlockHolds() throws {
    var transaction = spend()
    transaction.outputs[0].value = -1
    let owned = try Owned(transaction.bytes, spending: [TransactionOutput(value: 1, script: Script([0x51]))])
    var report = emptyReport()
    #expect(apus_script_transaction_check(owned.pointer, &report) == APUS_SCRIPT_INVALID_TRANSACTION)
    #expect(report.text == "output 0 has a negative value")
    #expect(report.rule == 0)
  }

  /// Dust and a version that nodes do not relay, the same without them, and what no block holds.
  @Test func relayOfWholeTransactions() throws {
    let program = WitnessProgram(version: 0, bytes: [UInt8](repeating: 3, count: 20)).script
    let spent = TransactionOutput(value: 2000, script: program)
    func check(_ value: Int64, version: UInt32 = 2) throws -> (status: apus_script_status, report: apus_script_report) {
      var transaction = spend(witness: [[1], [2]])
      transaction.version = version
      transaction.outputs = [TransactionOutput(value: value, script: program)]
      var report = emptyReport()
      let owned = try Owned(transaction.bytes, spending: [spent])
      return (apus_script_transaction_check_relay(owned.pointer, &report), report)
    }
    let good = try check(1000)
    #expect(good.status == APUS_SCRIPT_OK)
    #expect((good.report.name, good.report.text) == ("", ""))
    let dust = try check(200)
    #expect(dust.status == APUS_SCRIPT_NON_STANDARD)
    #expect((dust.report.name, dust.report.rule, dust.report.opcode) == ("dust", 0, -1))
    #expect(dust.report.text == "output 0 is dust: of 294 satoshi that its kind needs it has 200")
    let both = try check(200, version: 4).report
    #expect(both.name == "version")
    #expect(both.text == "version 4 is none of 1, 2 and 3; " + dust.report.text)
    let invalid = try check(-1)
    #expect(invalid.status == APUS_SCRIPT_INVALID_TRANSACTION)
    #expect(invalid.report.text == "output 0 has a negative value")
  }
}
