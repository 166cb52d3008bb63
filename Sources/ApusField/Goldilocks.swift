// Goldilocks, p = 2^64 - 2^32 + 1, single elements as canonical integers.

@frozen public struct Goldilocks: TwoAdicField {
  public static let modulus: UInt64 = 0xffff_ffff_0000_0001
  public static var order: UInt64 { 0xffff_ffff_0000_0001 }

  /// The canonical integer in `[0, p)`.
  public let value: UInt64
  @inlinable public var canonical: UInt64 { value }

  /// - Precondition: `value` is below the modulus (not checked).
  @inlinable init(reduced value: UInt64) { self.value = value }

  /// `value mod p`.
  @inlinable public init(_ value: UInt64) { self.value = value < 0xffff_ffff_0000_0001 ? value : value &+ 0xffff_ffff }
  /// `value`, which is below the modulus.
  @inlinable public init(_ value: UInt32) { self.value = UInt64(value) }
  /// `value mod p`, for negative values too.
  @inlinable public init(_ value: Int) {
    self.value = value < 0 ? 0xffff_ffff_0000_0001 - UInt64(value.magnitude) : UInt64(value)
  }

  public static var zero: Goldilocks { @inlinable get { Goldilocks(reduced: 0) } }
  public static var one: Goldilocks { @inlinable get { Goldilocks(reduced: 1) } }

  @inlinable public static func + (a: Goldilocks, b: Goldilocks) -> Goldilocks {
    // b + 2^32 - 1 fits 64 bits, and a + b >= p exactly if adding a to it overflows.
    let shifted = b.value &+ 0xffff_ffff
    let (sum, overflow) = a.value.addingReportingOverflow(shifted)
    return Goldilocks(reduced: overflow ? sum : sum &- 0xffff_ffff)
  }
  @inlinable public static func - (a: Goldilocks, b: Goldilocks) -> Goldilocks {
    let (difference, borrow) = a.value.subtractingReportingOverflow(b.value)
    return Goldilocks(reduced: borrow ? difference &- 0xffff_ffff : difference)
  }
  @inlinable public static func * (a: Goldilocks, b: Goldilocks) -> Goldilocks {
    let product = a.value.multipliedFullWidth(by: b.value)
    return reduce(high: product.high, low: product.low)
  }

  /// `high * 2^64 + low mod p`, by `2^64 = 2^32 - 1` and `2^96 = -1`.
  @inlinable static func reduce(high: UInt64, low: UInt64) -> Goldilocks {
    let (difference, borrow) = low.subtractingReportingOverflow(high >> 32)
    let rest = borrow ? difference &- 0xffff_ffff : difference
    // Adding 2^32 - 1 too much makes the overflow tell whether the sum reaches p.
    let (sum, overflow) = rest.addingReportingOverflow((high & 0xffff_ffff) &* 0xffff_ffff &+ 0xffff_ffff)
    return Goldilocks(reduced: overflow ? sum : sum &- 0xffff_ffff)
  }

  /// By Fermat: the power p - 2.
  @inlinable public var inverse: Goldilocks? { value == 0 ? nil : power(Self.modulus - 2) }

  public static var byteCount: Int { 8 }
  public func encode(into bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
  public init?(canonical bytes: some Collection<UInt8>) {
    guard bytes.count == 8 else { return nil }
    var word: UInt64 = 0
    for (i, byte) in bytes.enumerated() { word |= UInt64(byte) << (8 * i) }
    guard word < Self.modulus else { return nil }
    self.init(reduced: word)
  }

  public var description: String { String(value) }

  public static var twoAdicity: Int { 32 }
  public static var generator: Goldilocks { Goldilocks(reduced: 7) }
  public static func rootOfUnity(log: Int) -> Goldilocks {
    precondition((0...twoAdicity).contains(log), "Goldilocks has roots of unity of order 2^0 to 2^32")
    return generator.power((modulus - 1) >> UInt64(log))
  }
}

extension Goldilocks: ExpressibleByIntegerLiteral {
  @inlinable public init(integerLiteral value: Int) { self.init(value) }
}
