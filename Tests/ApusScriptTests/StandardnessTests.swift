// What nodes do not relay: each reason by itself, with its twin at the limit, which is relayed.

import ApusDigest
import ApusScript
import ApusTestSupport
import Testing

/// A transaction and what it spends, of which one thing is changed at a time.
private struct Draft {
  var transaction: Transaction
  var spent: [TransactionOutput]

  /// One input that spends a version 0 key's output, and one such output.
  init() {
    let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
    let witness = [[UInt8](repeating: 2, count: 71), key]
    transaction = Transaction(
      inputs: [TransactionInput(previous: previous, witness: witness)],
      outputs: [TransactionOutput(value: 10_000, script: keyHash)])
    spent = [TransactionOutput(value: 11_000, script: keyHash)]
  }

  mutating func spend(_ script: Script, scriptSig: Script = .empty, witness: [[UInt8]] = []) {
    spent[0].script = script
    transaction.inputs[0].scriptSig = scriptSig
    transaction.inputs[0].witness = witness
  }
  mutating func pay(_ outputs: [(value: Int64, script: Script)]) {
    transaction.outputs = outputs.map { TransactionOutput(value: $0.value, script: $0.script) }
    spent[0].value = 1000 + outputs.reduce(0) { $0 + $1.value }
  }

  var reasons: [NonStandardReason] {
    get throws { try SpendingTransaction(transaction, spending: spent).nonStandardReasons() }
  }
}

private let key: [UInt8] = [2] + [UInt8](repeating: 3, count: 32)
private let keyHash = Script([0, 20] + [UInt8](repeating: 4, count: 20))
private let taproot = Script([0x51, 32] + [UInt8](repeating: 5, count: 32))
private let anchor = Script([0x51, 2, 0x4e, 0x73])
private let witnessScriptHash = Script([0, 32] + [UInt8](repeating: 6, count: 32))
private let scriptHash = Script([0xa9, 20] + [UInt8](repeating: 7, count: 20) + [0x87])

private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
private func repeated(_ opcode: Opcode, _ count: Int) -> [UInt8] { [UInt8](repeating: opcode.rawValue, count: count) }
private func multiSignature(_ required: UInt8, keys: Int) -> Script {
  let count: [UInt8] = keys <= 16 ? [0x50 + UInt8(keys)] : [1, UInt8(keys)]
  return Script([0x50 + required] + (0..<keys).flatMap { _ in [33] + key } + count + [0xae])
}

struct StandardnessTests {
  private func check(
    _ expected: [NonStandardReason], _ comment: Comment? = nil, _ change: (inout Draft) -> Void
  ) throws {
    var draft = Draft()
    change(&draft)
    let reasons = try draft.reasons
    #expect(reasons == expected, comment)
  }

  // MARK: The transaction

  @Test func versions() throws {
    for version: UInt32 in 1...3 { try check([]) { $0.transaction.version = version } }
    for version: UInt32 in [0, 4, .max] { try check([.version(version)]) { $0.transaction.version = version } }
  }

  @Test func weights() throws {
    var draft = Draft()
    // A byte in a tapscript's witness weighs one unit. Leaf version 0xc2, so that elements have no limit.
    func weigh(_ bytes: Int) -> Int {
      draft.spend(taproot, witness: [zeros(bytes), [0x51], [0xc2] + zeros(32)])
      return draft.transaction.weight
    }
    let base = weigh(390_000) - 390_000
    #expect(weigh(400_000 - base) == 400_000)
    #expect(try draft.reasons == [])
    #expect(weigh(400_001 - base) == 400_001)
    #expect(try draft.reasons == [.weight(400_001)])
    draft.transaction.version = 3
    let small = weigh(30_000) - 30_000
    _ = weigh(40_000 - small)
    #expect(try draft.reasons == [])
    _ = weigh(40_001 - small)
    #expect(try draft.reasons == [.version3Size(virtualBytes: 10_001)])
  }

  @Test func smallTransactions() throws {
    // 10 bytes around an input of 41 and an output of 9 and its script.
    for (count, reasons) in [(4, [NonStandardReason.tooSmall(bytes: 64)]), (5, [])] {
      try check(reasons) { $0.pay([(0, Script([0x6a] + zeros(count - 1)))]) }
    }
  }

  @Test func coinbases() throws {
    var draft = Draft()
    let null = OutPoint(transaction: zeros(32), output: .max)
    draft.transaction.inputs = [
      TransactionInput(previous: null, scriptSig: Script([0x61, 0x61]), witness: [zeros(32)])
    ]
    #expect(try draft.reasons == [.coinbase])
  }

  // MARK: Outputs

  static let kinds: [(script: Script, kind: OutputKind)] = [
    (Script([33] + key + [0xac]), .publicKey),
    (Script([33, 5] + key.dropFirst() + [0xac]), .nonStandard),
    (Script([65, 6] + zeros(64) + [0xac]), .publicKey),
    (Script([0x76, 0xa9, 20] + zeros(20) + [0x88, 0xac]), .keyHash),
    (Script([0x76, 0xa9, 20] + zeros(20) + [0x88, 0xad]), .nonStandard),
    (scriptHash, .scriptHash), (keyHash, .witnessKeyHash), (witnessScriptHash, .witnessScriptHash),
    (Script([0, 21] + zeros(21)), .nonStandard), (taproot, .taproot), (anchor, .anchor),
    (Script([0x51, 2, 0x4e, 0x74]), .unknownWitness), (Script([0x52, 32] + zeros(32)), .unknownWitness),
    (Script([0x6a]), .data), (Script([0x6a, 3, 1, 2, 3, 0x51]), .data), (Script([0x6a, 0x61]), .nonStandard),
    (Script([0x6a, 4, 1]), .nonStandard), (.empty, .nonStandard), (Script([0x51]), .nonStandard),
    (multiSignature(1, keys: 1), .multiSignature(required: 1, keys: 1)),
    (multiSignature(2, keys: 3), .multiSignature(required: 2, keys: 3)),
    (multiSignature(16, keys: 20), .multiSignature(required: 16, keys: 20)),
    (multiSignature(2, keys: 1), .nonStandard), (Script([0x50, 0x50, 0xae]), .nonStandard),
    (Script([0x51, 33] + key + [1, 1, 0xae]), .nonStandard),
    (Script([0x51, 33] + key + [0x52, 0xae]), .nonStandard), (Script([0xae]), .nonStandard),
  ]

  @Test func outputKinds() {
    for (script, kind) in Self.kinds { #expect(script.outputKind == kind, "\(hex(script.bytes))") }
  }

  @Test func outputs() throws {
    for (script, kind) in Self.kinds {
      let expected: [NonStandardReason] =
        switch kind {
        case .nonStandard: [.outputKind(output: 0)]
        case .multiSignature(_, let keys) where keys > 3: [.bareMultiSignature(output: 0, keys: keys)]
        default: []
        }
      try check(expected, "\(hex(script.bytes))") { $0.pay([(10_000, script), (10_000, keyHash)]) }
    }
  }

  @Test func dataOutputs() throws {
    // OP_RETURN, OP_PUSHDATA4 and its length are six bytes.
    func data(_ count: Int) -> Script {
      let size = (0..<4).map { UInt8(truncatingIfNeeded: (count - 6) >> (8 * $0)) }
      return Script([0x6a, 0x4e] + size + zeros(count - 6))
    }
    let over: [NonStandardReason] = [.data(bytes: 100_001)]
    try check([]) { $0.pay([(0, data(60_000)), (0, data(39_000))]) }
    // Four units a byte: alone, so much data is too heavy, too.
    var draft = Draft()
    draft.pay([(0, data(60_000)), (0, data(40_001))])
    #expect(try draft.reasons.filter { if case .weight = $0 { false } else { true } } == over)
  }

  /// The figures that everyone knows: 546, 294 and 330 satoshi.
  @Test func dust() throws {
    let pubkeyHash = Script([0x76, 0xa9, 20] + zeros(20) + [0x88, 0xac])
    for (script, least) in [
      (pubkeyHash, Int64(546)), (scriptHash, 540), (keyHash, 294), (witnessScriptHash, 330), (taproot, 330),
      (anchor, 240),
    ] {
      #expect(TransactionOutput(value: 0, script: script).leastValue == least)
      try check([]) { $0.pay([(10_000, keyHash), (least, script)]) }
      let reason = NonStandardReason.dust(output: 1, value: least - 1, least: least)
      try check([reason]) { $0.pay([(10_000, keyHash), (least - 1, script)]) }
      // Without a fee one such output is relayed along with what spends it, two are not.
      try check([]) {
        $0.pay([(10_000, keyHash), (least - 1, script)])
        $0.spent[0].value -= 1000
      }
      try check([reason, .dust(output: 2, value: 0, least: least)]) {
        $0.pay([(10_000, keyHash), (least - 1, script), (0, script)])
        $0.spent[0].value -= 1000
      }
    }
    try check([]) { $0.pay([(0, Script([0x6a] + zeros(20)))]) }
  }

  // MARK: Inputs

  @Test func scriptSigs() throws {
    let pubkeyHash = Script([0x76, 0xa9, 20] + zeros(20) + [0x88, 0xac])
    try check([]) { $0.spend(pubkeyHash, scriptSig: Script(zeros(1650))) }
    try check([.scriptSigSize(input: 0, bytes: 1651)]) { $0.spend(pubkeyHash, scriptSig: Script(zeros(1651))) }
    try check([.scriptSigNotPushOnly(input: 0)]) { $0.spend(pubkeyHash, scriptSig: Script([0x61])) }
    try check([.scriptSigNotPushOnly(input: 0)]) { $0.spend(pubkeyHash, scriptSig: Script([2, 1])) }
  }

  @Test func spentKinds() throws {
    for (script, kind) in Self.kinds where kind != .scriptHash {
      let refused = kind == .nonStandard || kind == .unknownWitness
      try check(refused ? [.spentKind(input: 0)] : [], "\(hex(script.bytes))") { $0.spend(script) }
    }
  }

  @Test func redeemScripts() throws {
    try check([.noRedeemScript(input: 0)]) { $0.spend(scriptHash) }
    let none: [NonStandardReason] = [.scriptSigNotPushOnly(input: 0), .noRedeemScript(input: 0)]
    try check(none) { $0.spend(scriptHash, scriptSig: Script([1, 0x51, 0x61])) }
    func revealing(_ script: [UInt8]) -> Script { Script(Push.plain(script)) }
    for (script, count) in [
      (repeated(.checkSignature, 15), 15), (repeated(.checkSignature, 16), 16), (repeated(.checkMultiSignature, 1), 20),
      ([0x5f, 0xae], 15), ([0x60, 0xaf], 16), ([0x5f, 0x61, 0xae], 20), ([0, 0xae], 20), ([0xac, 0xad, 2, 0xac], 2),
      (repeated(.checkSignatureAdd, 30), 0),
    ] {
      let expected = count > 15 ? [NonStandardReason.redeemScriptSignatureOperations(input: 0, count: count)] : []
      try check(expected, "\(hex(script))") { $0.spend(scriptHash, scriptSig: revealing(script)) }
    }
  }

  // MARK: Witnesses

  @Test func unneededWitnesses() throws {
    try check([]) { $0.spend(anchor) }
    for script in [anchor, Script([33] + key + [0xac])] {
      try check([.unneededWitness(input: 0)]) { $0.spend(script, witness: [[]]) }
    }
    try check([.unneededWitness(input: 0)]) { $0.spend(scriptHash, scriptSig: Script([1, 0x51]), witness: [[]]) }
    // A nested program takes one.
    try check([]) { $0.spend(scriptHash, scriptSig: Script(Push.plain(keyHash.bytes)), witness: [zeros(71), key]) }
  }

  @Test func version0Witnesses() throws {
    func both(_ expected: [NonStandardReason], _ witness: [[UInt8]]) throws {
      try check(expected) { $0.spend(witnessScriptHash, witness: witness) }
      let nested = Script(Push.plain(witnessScriptHash.bytes))
      try check(expected) { $0.spend(scriptHash, scriptSig: nested, witness: witness) }
    }
    try both([], [zeros(3600)])
    try both([.witnessScriptSize(input: 0, bytes: 3601)], [zeros(3601)])
    try both([], [[UInt8]](repeating: [], count: 100) + [[0x51]])
    try both([.witnessElements(input: 0, count: 101)], [[UInt8]](repeating: [], count: 101) + [[0x51]])
    try both([], [[], zeros(80), [0x51]])
    try both([.witnessElementSize(input: 0, element: 1, bytes: 81)], [[], zeros(81), [0x51]])
  }

  @Test func taprootWitnesses() throws {
    let control: [UInt8] = [0xc1] + zeros(32)
    func taproot(_ expected: [NonStandardReason], _ witness: [[UInt8]]) throws {
      try check(expected) { $0.spend(ApusScriptTests.taproot, witness: witness) }
    }
    try taproot([], [zeros(64)])
    try taproot([], [zeros(80), zeros(5000), control])
    try taproot([.witnessElementSize(input: 0, element: 0, bytes: 81)], [zeros(81), zeros(5000), control])
    try taproot([], [zeros(81), zeros(5000), [0xc2] + zeros(32)])
    try taproot([.annex(input: 0)], [zeros(64), [0x50]])
    try taproot(
      [.annex(input: 0), .witnessElementSize(input: 0, element: 0, bytes: 81)],
      [zeros(81), [0x51], control, [0x50, 1]])
    // One element is a signature, whatever it begins with; a control block may be empty.
    try taproot([], [[0x50]])
    try taproot([], [[0x51], []])
  }

  // MARK: Signature operations

  @Test func signatureOperationCosts() throws {
    func cost(_ change: (inout Draft) -> Void) throws -> Int {
      var draft = Draft()
      change(&draft)
      return try SpendingTransaction(draft.transaction, spending: draft.spent).signatureOperationCost
    }
    #expect(try cost { _ in } == 1)
    #expect(try cost { $0.spend(taproot, witness: [zeros(64)]) } == 0)
    // In outputs OP_CHECKMULTISIG is 20, whatever stands before it; what is spent does not count.
    #expect(try cost { $0.pay([(1, multiSignature(1, keys: 1))]) } == 81)
    #expect(try cost { $0.spend(multiSignature(1, keys: 1)) } == 0)
    let script = multiSignature(1, keys: 3).bytes
    #expect(try cost { $0.spend(scriptHash, scriptSig: Script(Push.plain(script))) } == 12)
    #expect(try cost { $0.spend(witnessScriptHash, witness: [script]) } == 3)
    #expect(try cost { $0.spend(witnessScriptHash) } == 0)
    let nested = Script(Push.plain(witnessScriptHash.bytes))
    #expect(try cost { $0.spend(scriptHash, scriptSig: nested, witness: [script]) } == 3)
  }

  @Test func manySignatureOperations() throws {
    // Four units each.
    try check([.outputKind(output: 0)]) { $0.pay([(20_000, Script(repeated(.checkSignature, 3_999)))]) }
    let over: [NonStandardReason] = [.signatureOperationCost(16_001), .outputKind(output: 0)]
    try check(over) { $0.pay([(20_000, Script(repeated(.checkSignature, 4_000)))]) }
    let spends = Script(repeated(.checkSignature, 2_500))
    try check([.spentKind(input: 0)]) { $0.spend(spends) }
    let more = Script(repeated(.checkSignature, 2_501))
    try check([.legacySignatureOperations(2_501), .spentKind(input: 0)]) { $0.spend(more) }
    // Many operations in few bytes count as size.
    var draft = Draft()
    draft.pay([(10_000, Script(repeated(.checkSignature, 1_000)))])
    let spending = try SpendingTransaction(draft.transaction, spending: draft.spent)
    #expect(spending.virtualSize == 4_001 * 5)
    #expect(spending.fee == 1000)
  }

  /// Whatever a stranger sends, every question has an answer.
  @Test func hostileTransactions() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      var draft = Draft()
      func garbage() -> [UInt8] {
        (0..<Int.random(in: 0...60, using: &random)).map { _ in
          Bool.random(using: &random)
            ? .random(in: 0...255, using: &random) : [0, 0x51, 0x6a, 0xac, 0xae, 33, 2].randomElement(using: &random)!
        }
      }
      let programs = [keyHash, taproot, anchor, witnessScriptHash, scriptHash, Script(garbage())]
      draft.spend(
        programs.randomElement(using: &random)!, scriptSig: Script(garbage()),
        witness: (0..<Int.random(in: 0...4, using: &random)).map { _ in garbage() })
      draft.transaction.outputs = [
        TransactionOutput(value: .random(in: .min ... .max, using: &random), script: Script(garbage()))
      ]
      draft.spent[0].value = .random(in: .min ... .max, using: &random)
      for reason in try draft.reasons { #expect(!reason.name.isEmpty && !reason.description.isEmpty) }
    }
  }
}
