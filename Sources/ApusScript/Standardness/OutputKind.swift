// What kind of output a script makes, as nodes tell them apart before they relay.

public enum OutputKind: Hashable, Sendable {
  case publicKey
  case keyHash
  /// OP_CHECKMULTISIG without a script hash around it.
  case multiSignature(required: Int, keys: Int)
  case scriptHash
  case witnessKeyHash
  case witnessScriptHash
  case taproot
  /// Pay-to-anchor: anyone spends it, with an empty witness.
  case anchor
  /// A program of a version, or of a length in version 1, that has no meaning yet.
  case unknownWitness
  /// OP_RETURN and pushes.
  case data
  case nonStandard
}

extension Script {
  public var outputKind: OutputKind {
    if isPayToScriptHash { return .scriptHash }
    if let witnessProgram { return witnessProgram.outputKind }
    if bytes.first == Opcode.return.rawValue && Script(Array(bytes[1...])).isPushOnly { return .data }
    if isPayToPublicKey { return .publicKey }
    if bytes.count == 25 && self == .payToKeyHash(Array(bytes[3..<23])) { return .keyHash }
    if let (required, keys) = multiSignature { return .multiSignature(required: required, keys: keys) }
    return .nonStandard
  }

  private var isPayToPublicKey: Bool {
    guard let size = bytes.first.map(Int.init), size == 33 || size == 65, bytes.count == size + 2 else { return false }
    return bytes.last == Opcode.checkSignature.rawValue && isPublicKey(bytes[1...size])
  }

  /// A number, keys, their number, and OP_CHECKMULTISIG, nothing else.
  private var multiSignature: (required: Int, keys: Int)? {
    guard bytes.last == Opcode.checkMultiSignature.rawValue, let list = try? instructions(), list.count >= 4,
      list.last?.opcode == .checkMultiSignature,
      let required = list[0].smallNumber, let keys = list[list.count - 2].smallNumber,
      keys == list.count - 3, required <= keys,
      list[1...keys].allSatisfy({ $0.data.map { isPublicKey($0[...]) } ?? false })
    else { return nil }
    return (required, keys)
  }
}

extension WitnessProgram {
  fileprivate var outputKind: OutputKind {
    if isAnchor { return .anchor }
    return switch (version, bytes.count) {
    case (0, 20): .witnessKeyHash
    case (0, 32): .witnessScriptHash
    case (0, _): .nonStandard
    case (1, 32): .taproot
    default: .unknownWitness
    }
  }
}

extension Instruction {
  /// A number of keys from 1 to 20, pushed in its shortest form.
  fileprivate var smallNumber: Int? {
    if let number = opcode.pushedNumber { return number >= 1 ? number : nil }
    guard opcode.rawValue == 1, let number = data?.first, (17...20).contains(number) else { return nil }
    return Int(number)
  }
}

/// Whether the size is the one that the first byte announces; hybrid keys are keys here.
private func isPublicKey(_ bytes: ArraySlice<UInt8>) -> Bool {
  switch bytes.first {
  case 2, 3: bytes.count == 33
  case 4, 6, 7: bytes.count == 65
  default: false
  }
}
