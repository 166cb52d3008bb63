// The 80 bytes that miners hash.
// Layout: Bitcoin Core, primitives/block.h; all integers little-endian.

/// A Bitcoin block header.
public struct BlockHeader: Hashable, Sendable {
  public static let byteCount = 80

  public var version: Int32
  /// The hash of the block before.
  public var previous: Hash256
  public var merkleRoot: Hash256
  /// Seconds since 1970, as the miner claims.
  public var time: UInt32
  /// nBits, the target in its compact form; any 32 bits until ``Target/init(bits:)`` has looked at them.
  public var bits: UInt32
  public var nonce: UInt32

  public init(
    version: Int32, previous: Hash256, merkleRoot: Hash256, time: UInt32, bits: UInt32, nonce: UInt32
  ) {
    self.version = version
    self.previous = previous
    self.merkleRoot = merkleRoot
    self.time = time
    self.bits = bits
    self.nonce = nonce
  }

  /// From its 80 bytes; every 80 bytes are a header.
  public init(bytes: Span<UInt8>) {
    precondition(bytes.count == Self.byteCount)
    version = Int32(bitPattern: bytes.littleEndianWord(at: 0))
    previous = Hash256(bytes: bytes.extracting(4..<36))
    merkleRoot = Hash256(bytes: bytes.extracting(36..<68))
    time = bytes.littleEndianWord(at: 68)
    bits = bytes.littleEndianWord(at: 72)
    nonce = bytes.littleEndianWord(at: 76)
  }

  /// The 80 bytes.
  public var bytes: [UInt8] {
    UInt32(bitPattern: version).littleEndianBytes + previous.bytes + merkleRoot.bytes
      + time.littleEndianBytes + bits.littleEndianBytes + nonce.littleEndianBytes
  }

  /// SHA-256d of the 80 bytes. Computed at each call.
  public var hash: Hash256 { Hash256(of: bytes) }
}

extension Span<UInt8> {
  func littleEndianWord(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << (8 * $1) }
  }
}

extension UInt32 {
  package var littleEndianBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
