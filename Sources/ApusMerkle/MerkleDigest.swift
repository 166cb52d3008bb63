// A tree's digest: 32 bytes, in memory as the kernels write them and as proofs hold them.

/// 32 bytes: the hash as its standard writes it, or, for Poseidon2, canonical little-endian words: eight of BabyBear or four of
/// Goldilocks.
public struct MerkleDigest: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
  public static let byteCount = 32

  /// The bytes in order, eight to a word, the first in the word's low byte.
  package var words: (UInt64, UInt64, UInt64, UInt64)

  package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// `nil` unless there are 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(words: (0, 0, 0, 0))
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
  }

  public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  public static func == (a: MerkleDigest, b: MerkleDigest) -> Bool { a.words == b.words }

  public func hash(into hasher: inout Hasher) {
    withUnsafeBytes(of: words) { hasher.combine(bytes: $0) }
  }

  /// The bytes in hexadecimal.
  public var description: String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
