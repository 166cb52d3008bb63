// SHA-256 with a tag, so that digests of one purpose never serve another.
// Specification: BIP-340, "Design": SHA256(SHA256(tag) || SHA256(tag) || message).

public struct TaggedHash: Sendable {
  /// The tag's digest twice: the first block of every message.
  public let prefix: [UInt8]

  public init(_ tag: String) {
    let digest = SHA256.hash(Array(tag.utf8))
    prefix = digest + digest
  }

  /// The 32-byte digest of `bytes` under the tag.
  public func hash(_ bytes: [UInt8]) -> [UInt8] { SHA256.hash(prefix + bytes) }
}
