// A proof as bytes, and the head that says how to read it.

public import ApusMerkle

/// A proof's bytes. What they prove is the business of ``Verifier``; this type only reads the head.
public struct Proof: Sendable, Equatable {
  package static let magic = Array("APUS".utf8)
  public static let version = 1
  package static let headByteCount = 8

  public let bytes: [UInt8]
  public let preset: SecurityPreset
  public let hash: MerkleHash

  /// Reads the head: magic, version, preset and hash.
  public init(bytes: [UInt8]) throws(VerificationError) {
    guard bytes.starts(with: Self.magic) else { throw .notAProof }
    guard bytes.count >= Self.headByteCount else {
      throw .truncated(part: "the head", needed: Self.headByteCount, left: bytes.count)
    }
    let version = Int(bytes[4]) | Int(bytes[5]) << 8
    guard version == Self.version else { throw .unsupportedVersion(found: version, supported: Self.version) }
    guard let preset = SecurityPreset.withID(bytes[6]) else { throw .unknownPreset(id: Int(bytes[6])) }
    guard let hash = MerkleHash(rawValue: bytes[7]) else { throw .unknownHash(id: Int(bytes[7])) }
    self.bytes = bytes
    self.preset = preset
    self.hash = hash
  }

  static func head(_ preset: SecurityPreset, _ hash: MerkleHash) -> [UInt8] {
    magic + [UInt8(version & 0xff), UInt8(version >> 8), preset.id, hash.rawValue]
  }
}
