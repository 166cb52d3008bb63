// The signature hash of Taproot (BIP-341), with the extension for tapscripts (BIP-342).

import ApusDigest

/// What a tapscript adds to the message: which leaf runs, and where in it.
public struct TapscriptPosition: Hashable, Sendable {
  public let leafHash: [UInt8]
  /// The index of the last executed OP_CODESEPARATOR among the instructions; `UInt32.max` before the first.
  public let codeSeparator: UInt32

  public init(leafHash: [UInt8], codeSeparator: UInt32 = .max) {
    self.leafHash = leafHash
    self.codeSeparator = codeSeparator
  }
}

extension SpendingTransaction {
  /// What a signature in a Taproot spend signs; `nil` where the hash type does not exist, or names an output that does
  /// not.
  ///
  /// - Parameters:
  ///   - annex: the witness's last element if it is an annex, with its first byte.
  ///   - tapscript: `nil` for the key path.
  public func taprootSignatureHash(
    input: Int, type: SignatureHashType, annex: [UInt8]? = nil, tapscript: TapscriptPosition? = nil
  ) -> [UInt8]? {
    taprootMessage(input: input, type: type, annexHash: annex.map(Self.annexHash), tapscript: tapscript)
      .map(TaprootTags.signature.hash)
  }

  static func annexHash(_ annex: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.appendSized(annex)
    return SHA256.hash(writer.bytes)
  }

  /// The message before it is hashed: the epoch, then `SigMsg` and its extension.
  package func taprootMessage(
    input: Int, type: SignatureHashType, annexHash: [UInt8]?, tapscript: TapscriptPosition?
  ) -> [UInt8]? {
    precondition(transaction.inputs.indices.contains(input), "the transaction has no such input")
    guard type.isTaproot else { return nil }
    if type.coversOneOutput && input >= transaction.outputs.count { return nil }

    var writer = ByteWriter()
    writer.append(UInt8(0))
    writer.append(UInt8(type.rawValue))
    writer.append(transaction.version)
    writer.append(transaction.lockTime)
    if !type.isAlone {
      writer.append(digests.previousOutputs)
      writer.append(digests.amounts)
      writer.append(digests.scripts)
      writer.append(digests.sequences)
    }
    if !type.coversNoOutput && !type.coversOneOutput { writer.append(digests.outputs) }
    writer.append(UInt8((tapscript == nil ? 0 : 2) + (annexHash == nil ? 0 : 1)))
    if type.isAlone {
      writer.append(transaction.inputs[input].previous)
      writer.append(spentOutputs[input])
      writer.append(transaction.inputs[input].sequence)
    } else {
      writer.append(UInt32(input))
    }
    if let annexHash { writer.append(annexHash) }
    if type.coversOneOutput {
      var output = ByteWriter()
      output.append(transaction.outputs[input])
      writer.append(SHA256.hash(output.bytes))
    }
    if let tapscript {
      writer.append(tapscript.leafHash)
      writer.append(UInt8(0))  // the version of the keys
      writer.append(tapscript.codeSeparator)
    }
    return writer.bytes
  }
}
