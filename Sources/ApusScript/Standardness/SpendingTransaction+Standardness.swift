// Whether nodes relay a transaction, beyond the rules that its scripts run under.

extension SpendingTransaction {
  /// All that keeps nodes from relaying the transaction, in ``RelayLimits``: policy, apart from validity.
  ///
  /// Scripts do not run here: ``judge(input:rules:)`` says what of them is invalid, and what breaks ``PolicyRules``. What
  /// needs a node's memory pool or chain is not judged: fee rates, packages, locks by height and time.
  public func nonStandardReasons() -> [NonStandardReason] {
    var reasons = reasonsOfWhole() + reasonsOfOutputs()
    guard !transaction.isCoinbase else { return reasons }
    for index in transaction.inputs.indices {
      reasons += reasonsOfScripts(input: index)
      reasons += reasonsOfWitness(input: index)
    }
    return reasons
  }

  private func reasonsOfWhole() -> [NonStandardReason] {
    var reasons: [NonStandardReason] = []
    if transaction.isCoinbase { reasons.append(.coinbase) }
    if !RelayLimits.versions.contains(transaction.version) { reasons.append(.version(transaction.version)) }
    if transaction.weight > RelayLimits.weight { reasons.append(.weight(transaction.weight)) }
    let bytes = transaction.bytesWithoutWitness.count
    if bytes < RelayLimits.leastBytes { reasons.append(.tooSmall(bytes: bytes)) }
    if transaction.version == 3 && virtualSize > RelayLimits.version3VirtualSize {
      reasons.append(.version3Size(virtualBytes: virtualSize))
    }
    let cost = signatureOperationCost
    if cost > RelayLimits.signatureOperationCost { reasons.append(.signatureOperationCost(cost)) }
    if !transaction.isCoinbase {
      let count = legacySignatureOperations
      if count > RelayLimits.legacySignatureOperations { reasons.append(.legacySignatureOperations(count)) }
    }
    return reasons
  }

  // MARK: Outputs

  private func reasonsOfOutputs() -> [NonStandardReason] {
    var reasons: [NonStandardReason] = []
    var dataBytes = 0
    for (index, output) in transaction.outputs.enumerated() {
      switch output.script.outputKind {
      case .nonStandard: reasons.append(.outputKind(output: index))
      case .multiSignature(_, let keys) where keys > RelayLimits.bareMultiSignatureKeys:
        reasons.append(.bareMultiSignature(output: index, keys: keys))
      case .data: dataBytes += output.script.bytes.count
      default: break
      }
    }
    if dataBytes > RelayLimits.dataBytes { reasons.append(.data(bytes: dataBytes)) }
    let dust = transaction.outputs.enumerated().filter { $0.element.value < $0.element.leastValue }
    if dust.count > RelayLimits.dustOutputs || (!dust.isEmpty && fee != 0) {
      reasons += dust.map { .dust(output: $0.offset, value: $0.element.value, least: $0.element.leastValue) }
    }
    return reasons
  }

  /// What the inputs bring beyond the outputs, in satoshi; below zero in a transaction that no block can hold.
  public var fee: Int128 {
    let spent = spentOutputs.reduce(Int128(0)) { $0 + Int128($1.value) }
    return transaction.outputs.reduce(spent) { $0 - Int128($1.value) }
  }

  // MARK: Inputs

  private func reasonsOfScripts(input index: Int) -> [NonStandardReason] {
    var reasons: [NonStandardReason] = []
    let scriptSig = transaction.inputs[index].scriptSig
    if scriptSig.bytes.count > RelayLimits.scriptSigBytes {
      reasons.append(.scriptSigSize(input: index, bytes: scriptSig.bytes.count))
    }
    if !scriptSig.isPushOnly { reasons.append(.scriptSigNotPushOnly(input: index)) }
    switch spentOutputs[index].script.outputKind {
    case .nonStandard, .unknownWitness: reasons.append(.spentKind(input: index))
    case .scriptHash:
      guard let redeemScript = redeemScript(input: index) else {
        reasons.append(.noRedeemScript(input: index))
        break
      }
      let count = redeemScript.signatureOperations(countingKeys: true)
      if count > RelayLimits.redeemScriptSignatureOperations {
        reasons.append(.redeemScriptSignatureOperations(input: index, count: count))
      }
    default: break
    }
    return reasons
  }

  private func reasonsOfWitness(input index: Int) -> [NonStandardReason] {
    let witness = transaction.inputs[index].witness
    guard !witness.isEmpty else { return [] }
    guard let program = witnessProgram(input: index), !spentOutputs[index].script.isAnchor else {
      return [.unneededWitness(input: index)]
    }
    let isNested = spentOutputs[index].script.isPayToScriptHash
    return switch (program.version, program.bytes.count) {
    case (0, 32): reasonsOfVersion0(witness, input: index)
    case (1, 32) where !isNested: reasonsOfTaproot(witness, input: index)
    default: []
    }
  }

  private func reasonsOfVersion0(_ witness: [[UInt8]], input index: Int) -> [NonStandardReason] {
    var reasons: [NonStandardReason] = []
    let (script, elements) = (witness[witness.count - 1], witness.dropLast())
    if script.count > RelayLimits.witnessScriptBytes {
      reasons.append(.witnessScriptSize(input: index, bytes: script.count))
    }
    if elements.count > RelayLimits.witnessElements {
      reasons.append(.witnessElements(input: index, count: elements.count))
    }
    return reasons + reasonsOfSizes(elements, input: index)
  }

  private func reasonsOfTaproot(_ witness: [[UInt8]], input index: Int) -> [NonStandardReason] {
    var (elements, reasons) = (witness[...], [NonStandardReason]())
    if elements.count >= 2 && witness[witness.count - 1].first == 0x50 {
      reasons.append(.annex(input: index))
      elements.removeLast()
    }
    // A signature alone has no limit; of other leaf versions nothing is known.
    guard elements.count >= 2, let control = elements.removeLast().first, elements.popLast() != nil,
      control & 0xfe == TapLeaf.tapscriptVersion
    else { return reasons }
    return reasons + reasonsOfSizes(elements, input: index)
  }

  private func reasonsOfSizes(_ elements: ArraySlice<[UInt8]>, input index: Int) -> [NonStandardReason] {
    elements.enumerated().filter { $0.element.count > RelayLimits.witnessElementBytes }.map {
      .witnessElementSize(input: index, element: $0.offset, bytes: $0.element.count)
    }
  }
}

extension Script {
  fileprivate var isAnchor: Bool { outputKind == .anchor }
}

extension TransactionOutput {
  /// Below this, in satoshi, an output costs about as much to spend as it holds: it is dust.
  public var leastValue: Int64 {
    guard !script.isUnspendable else { return 0 }
    var writer = ByteWriter()
    writer.append(self)
    // An input that spends it: outpoint, size, sequence, and 107 bytes of signature and key, a quarter in a witness.
    let inputBytes = 32 + 4 + 1 + (script.witnessProgram != nil ? 107 / 4 : 107) + 4
    return Int64(RelayLimits.dustRate * (writer.bytes.count + inputBytes))
  }
}
