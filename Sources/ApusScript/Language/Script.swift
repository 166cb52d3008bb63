// A script as bytes, and the few shapes of it that the network knows.

public struct Script: Hashable, Sendable {
  public let bytes: [UInt8]
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  public static let empty = Script([])
}

/// The version and program of a segregated-witness output (BIP-141).
public struct WitnessProgram: Hashable, Sendable {
  public let version: Int
  public let bytes: [UInt8]
  /// - Precondition: a version from 0 to 16, and 2 to 40 bytes.
  public init(version: Int, bytes: [UInt8]) {
    precondition((0...16).contains(version) && (2...40).contains(bytes.count), "there is no such witness program")
    self.version = version
    self.bytes = bytes
  }

  /// The output's script: the version's opcode, and the program as a plain push.
  public var script: Script { Script([version == 0 ? 0 : 0x50 + UInt8(version), UInt8(bytes.count)] + bytes) }

  /// Pay-to-anchor: an output that anyone spends, with an empty witness.
  public var isAnchor: Bool { version == 1 && bytes == [0x4e, 0x73] }
}

extension Script {
  /// OP_HASH160, a push of 20 bytes, OP_EQUAL, in exactly these bytes (BIP-16).
  public var isPayToScriptHash: Bool {
    bytes.count == 23 && bytes[0] == Opcode.hash160.rawValue && bytes[1] == 20 && bytes[22] == Opcode.equal.rawValue
  }

  /// A version from OP_0 to OP_16 and one plain push of 2 to 40 bytes, nothing else.
  public var witnessProgram: WitnessProgram? {
    guard (4...42).contains(bytes.count), Int(bytes[1]) + 2 == bytes.count,
      let version = Opcode(rawValue: bytes[0]).pushedNumber, version >= 0
    else { return nil }
    return WitnessProgram(version: version, bytes: Array(bytes[2...]))
  }

  /// Whether it parses, and only pushes.
  public var isPushOnly: Bool {
    var cursor = InstructionCursor()
    while cursor.position < bytes.count {
      guard let opcode = cursor.next(in: bytes.span), opcode.countsAsPush else { return false }
    }
    return true
  }

  /// Whether an output with it can never be spent.
  public var isUnspendable: Bool {
    bytes.first == Opcode.return.rawValue || bytes.count > ScriptLimits.scriptBytes
  }

  /// The script of a key's hash: what a version 0 program of 20 bytes stands for.
  static func payToKeyHash(_ hash: [UInt8]) -> Script {
    Script(
      [Opcode.dup.rawValue, Opcode.hash160.rawValue, 20] + hash
        + [Opcode.equalVerify.rawValue, Opcode.checkSignature.rawValue])
  }
}

/// Bounds that consensus sets.
public enum ScriptLimits {
  /// Bytes of a stack element.
  public static let elementBytes = 520
  /// Bytes of a script before Taproot.
  public static let scriptBytes = 10_000
  /// Opcodes that are no pushes, in a script before Taproot.
  public static let opcodes = 201
  /// Elements of stack and alternative stack together.
  public static let stackElements = 1000
  /// Keys of OP_CHECKMULTISIG.
  public static let multiSignatureKeys = 20
  /// Signature operation cost of a block, and so of a transaction.
  public static let blockSignatureOperationCost = 80_000
}
