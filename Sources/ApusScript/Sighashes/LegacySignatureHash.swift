// The signature hash of scripts without witness: the transaction with this input's script code in its place.

import ApusDigest

extension Transaction {
  /// What a signature in a script without witness signs. The hash covers the whole transaction each time.
  ///
  /// - Parameter scriptCode: the executing script from after the last executed OP_CODESEPARATOR, without the signature.
  public func legacySignatureHash(input: Int, scriptCode: Script, type: SignatureHashType) -> [UInt8] {
    precondition(inputs.indices.contains(input), "the transaction has no such input")
    // An output that does not exist: the reference implementation once returned a status here, and hashes 1 ever since.
    if type.coversOneOutput && input >= outputs.count { return [1] + [UInt8](repeating: 0, count: 31) }

    var writer = ByteWriter()
    writer.append(version)
    writer.appendSize(type.isAlone ? 1 : inputs.count)
    for i in type.isAlone ? input..<input + 1 : inputs.indices {
      writer.append(inputs[i].previous)
      if i == input { writer.appendWithoutSeparators(scriptCode) } else { writer.appendSize(0) }
      let isOpen = i != input && (type.coversNoOutput || type.coversOneOutput)
      writer.append(isOpen ? 0 : inputs[i].sequence)
    }
    let outputCount = type.coversNoOutput ? 0 : type.coversOneOutput ? input + 1 : outputs.count
    writer.appendSize(outputCount)
    for i in 0..<outputCount {
      let isBlank = type.coversOneOutput && i != input
      writer.append(isBlank ? TransactionOutput(value: -1, script: .empty) : outputs[i])
    }
    writer.append(lockTime)
    writer.append(type.rawValue)
    return SHA256.doubleHash(writer.bytes)
  }
}

extension ByteWriter {
  /// The script under its size, both without OP_CODESEPARATOR.
  ///
  /// Where a push is cut short, nothing follows what could be read of it, though the size counts it: the script fails
  /// there anyway, but signatures before that place are checked against these bytes.
  fileprivate mutating func appendWithoutSeparators(_ script: Script) {
    var kept: [UInt8] = []
    kept.reserveCapacity(script.bytes.count)
    var (cursor, begin, separators) = (InstructionCursor(), 0, 0)
    while let opcode = cursor.next(in: script.bytes.span) {
      guard opcode == .codeSeparator else { continue }
      separators += 1
      kept += script.bytes[begin..<cursor.position - 1]
      begin = cursor.position
    }
    kept += script.bytes[begin..<cursor.position]
    appendSize(script.bytes.count - separators)
    append(kept)
  }
}
