// Proof-of-work targets: from nBits, back to nBits, and the work they stand for.
// Consensus: Bitcoin Core, arith_uint256::SetCompact and GetCompact, DeriveTarget (pow.cpp), GetBlockProof (chain.cpp).

/// A target that Bitcoin's main network can hold: from 1 to ``limit``.
public struct Target: Hashable, Sendable {
  public let value: UInt256

  private init(value: UInt256) { self.value = value }

  /// The easiest target of the main network, nBits `0x1d00ffff`.
  public static let limit = Target(value: 0xffff << 208)

  /// Decodes nBits: a byte of exponent `e` and 24 bits of mantissa `m` stand for `m · 256^(e − 3)`.
  ///
  /// Refuses what consensus refuses and, beyond it, an exponent below 3: consensus shifts the mantissa right there, for
  /// targets below 2^16 that no block has had or will have. Consensus also decodes mantissas with leading zero bytes,
  /// and so does this; a retarget never makes them.
  public init(bits: UInt32) throws(TargetError) {
    let exponent = Int(bits >> 24)
    let mantissa = bits & 0x7f_ffff
    if bits & 0x80_0000 != 0 { throw .negative(bits: bits) }
    if mantissa == 0 { throw .zero(bits: bits) }
    if exponent < 3 { throw .exponentTooSmall(bits: bits) }
    let shift = 8 * (exponent - 3)
    let unshifted = UInt256(UInt64(mantissa))
    if unshifted.significantBitCount + shift > UInt256.bitWidth { throw .overflow(bits: bits) }
    let value = unshifted << shift
    if value > Self.limit.value { throw .aboveLimit(bits: bits) }
    self.value = value
  }

  /// nBits as consensus writes this target.
  public var bits: UInt32 { Self.compact(value) }

  /// The compact form of any value: the highest bytes stay, the others are cut off.
  package static func compact(_ value: UInt256) -> UInt32 {
    var exponent = (value.significantBitCount + 7) / 8
    var mantissa =
      exponent <= 3
      ? UInt32(value.lowWord) << (8 * (3 - exponent))
      : UInt32(truncatingIfNeeded: (value >> (8 * (exponent - 3))).lowWord)
    // Bit 23 would be read as a sign.
    if mantissa & 0x80_0000 != 0 {
      mantissa >>= 8
      exponent += 1
    }
    return UInt32(exponent) << 24 | mantissa
  }

  /// Whether a header of this hash has proof of work.
  public func isMet(by hash: Hash256) -> Bool { hash.number <= value }

  /// How many hashes it takes on average to meet this target: ⌊2^256 / (target + 1)⌋.
  public var work: UInt256 {
    // 2^256 itself needs 257 bits: ⌊2^256 / (t + 1)⌋ = ⌊(2^256 − 1 − t) / (t + 1)⌋ + 1. Nothing overflows, as t ≤ limit.
    let divisor = value.addingReportingOverflow(.one).partialValue
    return (~value).quotientAndRemainder(dividingBy: divisor).quotient.addingReportingOverflow(.one).partialValue
  }
}

extension Target: Comparable {
  public static func < (a: Target, b: Target) -> Bool { a.value < b.value }
}

/// Why nBits stand for no target of the main network.
public enum TargetError: Error, Hashable, Sendable {
  case negative(bits: UInt32)
  case zero(bits: UInt32)
  case exponentTooSmall(bits: UInt32)
  case overflow(bits: UInt32)
  case aboveLimit(bits: UInt32)
}

extension TargetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .negative(let bits): "nBits \(bits.prefixedHex) have the sign bit set: a target is never negative"
    case .zero(let bits): "nBits \(bits.prefixedHex) have a zero mantissa: a target is never zero"
    case .exponentTooSmall(let bits): "nBits \(bits.prefixedHex) have the exponent \(bits >> 24): the least is 3"
    case .overflow(let bits): "nBits \(bits.prefixedHex) stand for a target of more than 256 bits"
    case .aboveLimit(let bits):
      "nBits \(bits.prefixedHex) stand for a target above the main network's limit, 0x1d00ffff"
    }
  }
}
