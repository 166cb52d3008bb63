// Signature operations: what blocks limit, counted in scripts without running them.

extension Script {
  /// Signature checks that the script's opcodes stand for, up to a push that is cut short.
  ///
  /// - Parameter countingKeys: OP_CHECKMULTISIG counts as the keys that the number before it says, if that is one of OP_1
  ///   to OP_16; otherwise, and always without this, as 20.
  public func signatureOperations(countingKeys: Bool) -> Int {
    var (cursor, count) = (InstructionCursor(), 0)
    var keys: Int?
    while let opcode = cursor.next(in: bytes.span) {
      switch opcode {
      case .checkSignature, .checkSignatureVerify: count += 1
      case .checkMultiSignature, .checkMultiSignatureVerify:
        count += countingKeys ? keys ?? ScriptLimits.multiSignatureKeys : ScriptLimits.multiSignatureKeys
      default: break
      }
      keys = opcode.pushedNumber.flatMap { $0 >= 1 ? $0 : nil }
    }
    return count
  }

  /// What the last of the script's pushes pushes, as a script; empty for a number. `nil` if the script is empty or does
  /// more than push.
  var lastPush: Script? {
    guard isPushOnly, !bytes.isEmpty else { return nil }
    var cursor = InstructionCursor()
    while cursor.position < bytes.count { _ = cursor.next(in: bytes.span) }
    return Script(Array(bytes[cursor.data]))
  }
}

extension SpendingTransaction {
  /// The script that an input reveals for a pay-to-script-hash output, by its form alone: whether it has the hash is the
  /// interpreter's matter.
  func redeemScript(input index: Int) -> Script? {
    spentOutputs[index].script.isPayToScriptHash ? transaction.inputs[index].scriptSig.lastPush : nil
  }

  /// The witness program that an input is under, its output's or its redeem script's.
  func witnessProgram(input index: Int) -> WitnessProgram? {
    spentOutputs[index].script.witnessProgram ?? redeemScript(input: index)?.witnessProgram
  }

  /// What the transaction takes of a block's 80,000: four for each operation in scripts without witness, one for each in
  /// version 0 witnesses, none for tapscripts, which have a budget of their own (BIP-141, BIP-342).
  public var signatureOperationCost: Int {
    var withoutWitness = 0
    for input in transaction.inputs { withoutWitness += input.scriptSig.signatureOperations(countingKeys: false) }
    for output in transaction.outputs { withoutWitness += output.script.signatureOperations(countingKeys: false) }
    guard !transaction.isCoinbase else { return 4 * withoutWitness }
    var inWitness = 0
    for index in transaction.inputs.indices {
      withoutWitness += redeemScript(input: index)?.signatureOperations(countingKeys: true) ?? 0
      inWitness += witnessOperations(input: index)
    }
    return 4 * withoutWitness + inWitness
  }

  private func witnessOperations(input index: Int) -> Int {
    guard let program = witnessProgram(input: index), program.version == 0 else { return 0 }
    if program.bytes.count == 20 { return 1 }
    guard program.bytes.count == 32, let script = transaction.inputs[index].witness.last else { return 0 }
    return Script(script).signatureOperations(countingKeys: true)
  }

  /// Operations that run without witness, counted where they run: in the scripts of inputs and of what they spend
  /// (BIP-54).
  public var legacySignatureOperations: Int {
    var count = 0
    for (input, spent) in zip(transaction.inputs.indices, spentOutputs) {
      count += transaction.inputs[input].scriptSig.signatureOperations(countingKeys: true)
      if spent.script.isPayToScriptHash {
        count += redeemScript(input: input)?.signatureOperations(countingKeys: true) ?? 0
      } else {
        count += spent.script.signatureOperations(countingKeys: true)
      }
    }
    return count
  }

  /// The transaction's size as fee rates count it: a quarter of its weight, or five bytes for each unit of
  /// ``signatureOperationCost`` if that is more, rounded up.
  public var virtualSize: Int {
    (max(transaction.weight, RelayLimits.bytesPerSignatureOperation * signatureOperationCost) + 3) / 4
  }
}
