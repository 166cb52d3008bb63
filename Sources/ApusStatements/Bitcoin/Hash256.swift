// The hashes that name blocks and transactions: SHA-256d, shown backwards.
// Bitcoin Core's uint256 and UintToArith256 fix both orders.

internal import ApusDigest

/// A SHA-256d digest: the name of a block, or a Merkle root.
///
/// Stored as the number that proof of work compares with a target: the digest's bytes read as little-endian.
public struct Hash256: Hashable, Sendable {
  public let number: UInt256

  public init(number: UInt256) { self.number = number }
  /// From the 32 bytes in the order in which SHA-256 gives them and headers hold them.
  public init(bytes: Span<UInt8>) { number = UInt256(littleEndian: bytes) }
  /// From 64 hexadecimal digits in the reversed order in which hashes are shown; `nil` for anything else.
  public init?(display: some StringProtocol) { self.init(display: display.utf8) }

  init?(display digits: some Collection<UInt8>) {
    guard digits.count == 64, let number = UInt256(hex: digits) else { return nil }
    self.number = number
  }

  /// SHA-256d of `message`.
  public init(of message: [UInt8]) { self.init(bytes: SHA256.doubleHash(message).span) }

  /// The 32 bytes in the order in which headers hold them.
  public var bytes: [UInt8] { number.littleEndianBytes }
  /// 64 hexadecimal digits in the order in which hashes are shown.
  public var display: String { number.hex }
  /// The first and last four of the digits shown: enough to find a hash, too few to trust it.
  public var abbreviated: String { "\(display.prefix(4))…\(display.suffix(4))" }

  /// What the first block names as its parent.
  public static let zero = Hash256(number: .zero)
}

extension Hash256: CustomStringConvertible {
  public var description: String { display }
}
