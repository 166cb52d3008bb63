// The signature hash of version 0 witness programs (BIP-143).

import ApusDigest

extension SpendingTransaction {
  /// What a signature in a version 0 witness script signs.
  ///
  /// - Parameter scriptCode: the witness script from after the last executed OP_CODESEPARATOR.
  public func witnessSignatureHash(input: Int, scriptCode: Script, type: SignatureHashType) -> [UInt8] {
    precondition(transaction.inputs.indices.contains(input), "the transaction has no such input")
    let zero = [UInt8](repeating: 0, count: 32)
    let coversSomeOutputs = type.coversNoOutput || type.coversOneOutput
    let spending = transaction.inputs[input]

    var writer = ByteWriter()
    writer.append(transaction.version)
    writer.append(type.isAlone ? zero : digests.previousOutputsTwice)
    writer.append(type.isAlone || coversSomeOutputs ? zero : digests.sequencesTwice)
    writer.append(spending.previous)
    writer.appendSized(scriptCode.bytes)
    writer.append(spentOutputs[input].value)
    writer.append(spending.sequence)
    if !coversSomeOutputs {
      writer.append(digests.outputsTwice)
    } else if type.coversOneOutput && input < transaction.outputs.count {
      var output = ByteWriter()
      output.append(transaction.outputs[input])
      writer.append(SHA256.doubleHash(output.bytes))
    } else {
      writer.append(zero)
    }
    writer.append(transaction.lockTime)
    writer.append(type.rawValue)
    return SHA256.doubleHash(writer.bytes)
  }
}
