// Why nodes do not relay a transaction that a block may hold.

public enum NonStandardReason: Hashable, Sendable {
  // The transaction.
  case coinbase
  case version(UInt32)
  case weight(Int)
  case tooSmall(bytes: Int)
  case version3Size(virtualBytes: Int)
  case signatureOperationCost(Int)
  case legacySignatureOperations(Int)

  // Its outputs.
  case outputKind(output: Int)
  case bareMultiSignature(output: Int, keys: Int)
  case data(bytes: Int)
  case dust(output: Int, value: Int64, least: Int64)

  // Its inputs.
  case scriptSigSize(input: Int, bytes: Int)
  case scriptSigNotPushOnly(input: Int)
  case spentKind(input: Int)
  case noRedeemScript(input: Int)
  case redeemScriptSignatureOperations(input: Int, count: Int)

  // Their witnesses.
  case unneededWitness(input: Int)
  case witnessScriptSize(input: Int, bytes: Int)
  case witnessElements(input: Int, count: Int)
  case witnessElementSize(input: Int, element: Int, bytes: Int)
  case annex(input: Int)
}

extension NonStandardReason: CustomStringConvertible {
  /// The name under which Bitcoin Core refuses the transaction; it is one for several reasons.
  public var name: String {
    switch self {
    case .coinbase: "coinbase"
    case .version: "version"
    case .weight: "tx-size"
    case .tooSmall: "tx-size-small"
    case .version3Size: "TRUC-violation"
    case .signatureOperationCost: "bad-txns-too-many-sigops"
    case .outputKind, .bareMultiSignature: "scriptpubkey"
    case .data: "datacarrier"
    case .dust: "dust"
    case .scriptSigSize: "scriptsig-size"
    case .scriptSigNotPushOnly: "scriptsig-not-pushonly"
    case .legacySignatureOperations, .spentKind, .noRedeemScript, .redeemScriptSignatureOperations:
      "bad-txns-nonstandard-inputs"
    case .unneededWitness, .witnessScriptSize, .witnessElements, .witnessElementSize, .annex: "bad-witness-nonstandard"
    }
  }

  public var description: String {
    switch self {
    case .coinbase: "a coinbase transaction comes with its block alone"
    case .version(let version): "version \(version) is none of 1, 2 and 3"
    case .weight(let weight): "\(weight) weight units are more than \(RelayLimits.weight)"
    case .tooSmall(let bytes): "\(bytes) bytes without witness are fewer than \(RelayLimits.leastBytes)"
    case .version3Size(let bytes):
      "\(bytes) virtual bytes are more than the \(RelayLimits.version3VirtualSize) of version 3"
    case .signatureOperationCost(let cost):
      "a signature operation cost of \(cost) is more than \(RelayLimits.signatureOperationCost)"
    case .legacySignatureOperations(let count):
      "\(count) signature operations without witness are more than \(RelayLimits.legacySignatureOperations)"
    case .outputKind(let output): "output \(output)'s script is of no kind that is relayed"
    case .bareMultiSignature(let output, let keys):
      "output \(output) names \(keys) keys; without a script hash \(RelayLimits.bareMultiSignatureKeys) are the most"
    case .data(let bytes): "\(bytes) bytes of OP_RETURN outputs are more than \(RelayLimits.dataBytes)"
    case .dust(let output, let value, let least):
      "output \(output) is dust: of \(least) satoshi that its kind needs it has \(value)"
    case .scriptSigSize(let input, let bytes):
      "input \(input)'s scriptSig has \(bytes) bytes, more than \(RelayLimits.scriptSigBytes)"
    case .scriptSigNotPushOnly(let input): "input \(input)'s scriptSig does more than push"
    case .spentKind(let input): "input \(input) spends an output of no kind whose spending is relayed"
    case .noRedeemScript(let input): "input \(input)'s scriptSig pushes no redeem script"
    case .redeemScriptSignatureOperations(let input, let count):
      "input \(input)'s redeem script has \(count) signature operations, more than "
        + "\(RelayLimits.redeemScriptSignatureOperations)"
    case .unneededWitness(let input): "input \(input) has a witness and spends nothing that takes one"
    case .witnessScriptSize(let input, let bytes):
      "input \(input)'s witness script has \(bytes) bytes, more than \(RelayLimits.witnessScriptBytes)"
    case .witnessElements(let input, let count):
      "input \(input)'s witness script is given \(count) elements, more than \(RelayLimits.witnessElements)"
    case .witnessElementSize(let input, let element, let bytes):
      "element \(element) of input \(input)'s witness has \(bytes) bytes, more than \(RelayLimits.witnessElementBytes)"
    case .annex(let input): "input \(input)'s witness has an annex"
    }
  }
}
