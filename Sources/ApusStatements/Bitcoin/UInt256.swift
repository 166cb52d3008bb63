// Unsigned integers of 256 bits: hashes read as numbers, targets, chain work.
// Own code and not a library: it is two pages, never allocates, and reports what does not fit its fixed width.

/// An unsigned integer of 256 bits.
///
/// Arithmetic whose result can need more than 256 bits says so; nothing here wraps in silence.
public struct UInt256: Hashable, Sendable {
  var high, low: UInt128

  init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }
  public init(_ value: UInt64) { self.init(high: 0, low: UInt128(value)) }

  public static let bitWidth = 256
  public static let byteCount = 32
  public static let zero = UInt256(0)
  public static let one = UInt256(1)
  public static let max = UInt256(high: .max, low: .max)
}

extension UInt256: Comparable {
  public static func < (a: UInt256, b: UInt256) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension UInt256: ExpressibleByIntegerLiteral {
  /// A literal that 256 bits do not hold is a programmer's error.
  public init(integerLiteral literal: StaticBigInt) {
    // The width of a StaticBigInt counts a sign bit.
    precondition(literal.signum() >= 0 && literal.bitWidth <= Self.bitWidth + 1, "literal outside 0 ..< 2^256")
    func half(_ word: Int) -> UInt128 { UInt128(literal[word + 1]) << 64 | UInt128(literal[word]) }
    self.init(high: half(2), low: half(0))
  }
}

// MARK: Bits

extension UInt256 {
  public var leadingZeroBitCount: Int {
    high == 0 ? UInt128.bitWidth + low.leadingZeroBitCount : high.leadingZeroBitCount
  }
  /// The number of bits up to and with the highest set one; 0 for zero.
  public var significantBitCount: Int { Self.bitWidth - leadingZeroBitCount }
  /// The value modulo 2^64.
  public var lowWord: UInt64 { UInt64(truncatingIfNeeded: low) }

  public static prefix func ~ (a: UInt256) -> UInt256 { UInt256(high: ~a.high, low: ~a.low) }

  /// `count` must not be negative; bits shifted out are lost.
  public static func << (a: UInt256, count: Int) -> UInt256 {
    count < 128
      ? UInt256(high: a.high << count | a.low >> (128 - count), low: a.low << count)
      : UInt256(high: a.low << (count - 128), low: 0)
  }
  /// `count` must not be negative; bits shifted out are lost.
  public static func >> (a: UInt256, count: Int) -> UInt256 {
    count < 128
      ? UInt256(high: a.high >> count, low: a.low >> count | a.high << (128 - count))
      : UInt256(high: 0, low: a.high >> (count - 128))
  }
}

// MARK: Arithmetic

extension UInt256 {
  /// The sum modulo 2^256, and whether that lost a carry.
  public func addingReportingOverflow(_ other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
    let (low, carry) = low.addingReportingOverflow(other.low)
    let (sum, overflow) = high.addingReportingOverflow(other.high)
    let (high, carryOut) = sum.addingReportingOverflow(carry ? 1 : 0)
    return (UInt256(high: high, low: low), overflow || carryOut)
  }

  /// The difference modulo 2^256, and whether that lost a borrow.
  public func subtractingReportingOverflow(_ other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
    let (low, borrow) = low.subtractingReportingOverflow(other.low)
    let (difference, overflow) = high.subtractingReportingOverflow(other.high)
    let (high, borrowOut) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
    return (UInt256(high: high, low: low), overflow || borrowOut)
  }

  /// The product modulo 2^256, and whether that lost anything.
  public func multipliedReportingOverflow(by factor: UInt64) -> (partialValue: UInt256, overflow: Bool) {
    let factor = UInt128(factor)
    let lower = low.multipliedFullWidth(by: factor)
    let (upper, overflow) = high.multipliedReportingOverflow(by: factor)
    let (high, carryOut) = upper.addingReportingOverflow(lower.high)
    return (UInt256(high: high, low: lower.low), overflow || carryOut)
  }

  /// Quotient and remainder, rounded down. `divisor` must not be zero.
  ///
  /// Long division by bits. It runs once for a difficulty or a work, so that nothing faster is worth its length.
  public func quotientAndRemainder(dividingBy divisor: UInt256) -> (quotient: UInt256, remainder: UInt256) {
    precondition(divisor != .zero, "division by zero")
    var quotient = UInt256.zero
    var remainder = UInt256.zero
    for bit in stride(from: significantBitCount - 1, through: 0, by: -1) {
      // No bit is lost: the remainder is at most the part of the dividend above `bit`.
      remainder = remainder << 1
      remainder.low |= (self >> bit).low & 1
      quotient = quotient << 1
      if remainder >= divisor {
        remainder = remainder.subtractingReportingOverflow(divisor).partialValue
        quotient.low |= 1
      }
    }
    return (quotient, remainder)
  }
}
