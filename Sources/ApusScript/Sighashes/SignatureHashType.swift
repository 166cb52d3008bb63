// Which parts of a transaction a signature covers.

public struct SignatureHashType: RawRepresentable, Hashable, Sendable {
  /// A signature's last byte. Legacy and version 0 hashes take all 32 bits as they are.
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let all = SignatureHashType(rawValue: 1)
  public static let none = SignatureHashType(rawValue: 2)
  public static let single = SignatureHashType(rawValue: 3)
  /// Taproot's: like ``all``, and takes no byte in the signature.
  public static let `default` = SignatureHashType(rawValue: 0)

  /// The same for this input alone: others may be added.
  public var alone: SignatureHashType { SignatureHashType(rawValue: rawValue | 0x80) }

  public var isAlone: Bool { rawValue & 0x80 != 0 }

  /// Which outputs: everything that is neither none nor single means all of them, before Taproot.
  var coversNoOutput: Bool { rawValue & 0x1f == 2 }
  var coversOneOutput: Bool { rawValue & 0x1f == 3 }

  /// Whether it is one of the six that policy knows.
  var isDefined: Bool { (1...3).contains(rawValue & ~0x80) }
  /// Whether Taproot knows it.
  var isTaproot: Bool { rawValue == 0 || isDefined && rawValue <= 0x83 }
}
