// BabyBear, p = 15 * 2^27 + 1, single elements in Montgomery form (R = 2^32).

@frozen public struct BabyBear: TwoAdicField {
  public static let modulus: UInt32 = 0x7800_0001
  public static var order: UInt64 { 0x7800_0001 }

  /// `value * 2^32 mod p`, in `[0, p)`. This form never leaves the process.
  public let montgomery: UInt32

  @inlinable public init(montgomery: UInt32) { self.montgomery = montgomery }

  /// `value mod p`.
  @inlinable public init(_ value: UInt32) {
    // 2^64 mod p, so that the reduction leaves value * 2^32.
    montgomery = Self.reduce(UInt64(value) * 1_172_168_163)
  }

  /// `value mod p`.
  @inlinable public init(_ value: UInt64) {
    self.init(UInt32(value < Self.modulus ? value : value % UInt64(Self.modulus)))
  }
  /// `value mod p`, for negative values too.
  @inlinable public init(_ value: Int) {
    let p = Int(Self.modulus)
    let rest = value % p
    self.init(UInt32(rest < 0 ? rest + p : rest))
  }

  /// The canonical integer in `[0, p)`.
  @inlinable public var value: UInt32 { Self.reduce(UInt64(montgomery)) }
  @inlinable public var canonical: UInt64 { UInt64(value) }

  /// `t * 2^-32 mod p` in `[0, p)`, for `t < 2^32 * p`.
  @inlinable static func reduce(_ t: UInt64) -> UInt32 {
    let q = UInt32(truncatingIfNeeded: t) &* 0x8800_0001
    let minus = UInt32(truncatingIfNeeded: (UInt64(q) &* 0x7800_0001) >> 32)
    let high = UInt32(truncatingIfNeeded: t >> 32)
    let (difference, borrow) = high.subtractingReportingOverflow(minus)
    return borrow ? difference &+ 0x7800_0001 : difference
  }

  public static var zero: BabyBear { @inlinable get { BabyBear(montgomery: 0) } }
  public static var one: BabyBear { @inlinable get { BabyBear(montgomery: 0x0fff_fffe) } }

  @inlinable public static func + (a: BabyBear, b: BabyBear) -> BabyBear {
    let sum = a.montgomery &+ b.montgomery
    return BabyBear(montgomery: min(sum, sum &- modulus))
  }
  @inlinable public static func - (a: BabyBear, b: BabyBear) -> BabyBear {
    let difference = a.montgomery &- b.montgomery
    return BabyBear(montgomery: min(difference, difference &+ modulus))
  }
  @inlinable public static func * (a: BabyBear, b: BabyBear) -> BabyBear {
    BabyBear(montgomery: reduce(UInt64(a.montgomery) &* UInt64(b.montgomery)))
  }

  /// By Fermat: the power p - 2.
  @inlinable public var inverse: BabyBear? { montgomery == 0 ? nil : power(Self.modulus - 2) }

  public static var byteCount: Int { 4 }
  public func encode(into bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
  public init?(canonical bytes: some Collection<UInt8>) {
    guard bytes.count == 4 else { return nil }
    var word: UInt32 = 0
    for (i, byte) in bytes.enumerated() { word |= UInt32(byte) << (8 * i) }
    guard word < Self.modulus else { return nil }
    self.init(word)
  }

  public var description: String { String(value) }

  public static var twoAdicity: Int { 27 }
  public static var generator: BabyBear { BabyBear(UInt32(31)) }
  public static func rootOfUnity(log: Int) -> BabyBear {
    precondition((0...twoAdicity).contains(log), "BabyBear has roots of unity of order 2^0 to 2^27")
    return generator.power((modulus - 1) >> UInt32(log))
  }
}

extension BabyBear: ExpressibleByIntegerLiteral {
  @inlinable public init(integerLiteral value: Int) { self.init(value) }
}
