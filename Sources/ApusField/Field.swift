// What every field and extension field of Apus offers: single elements, in Swift, inlinable.
// Whole columns go through `Engine` and the C kernels.

/// A finite field's element.
///
/// `==` compares values: every type keeps one representation for each element.
public protocol Field: AdditiveArithmetic, Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
  static var one: Self { get }
  static func * (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self

  /// The multiplicative inverse, or `nil` for zero.
  var inverse: Self? { get }

  /// `value` as an element: the sum of `value` ones.
  init(_ value: UInt32)

  /// Bytes of the canonical little-endian encoding.
  static var byteCount: Int { get }
  /// Appends the canonical little-endian encoding: `byteCount` bytes.
  func encode(into bytes: inout [UInt8])
  /// Reads a canonical encoding; `nil` if there are not `byteCount` bytes or a coefficient is not below the modulus.
  init?(canonical bytes: some Collection<UInt8>)
}

extension Field {
  @inlinable public static prefix func - (a: Self) -> Self { zero - a }
  @inlinable public static func *= (a: inout Self, b: Self) { a = a * b }
  @inlinable public var squared: Self { self * self }

  /// `self` to the power `exponent`; `0^0 = 1`.
  @inlinable public func power(_ exponent: some BinaryInteger) -> Self {
    precondition(exponent >= 0, "a power's exponent is not negative")
    var result = Self.one
    var base = self
    var rest = exponent
    while rest != 0 {
      if rest & 1 == 1 { result = result * base }
      base = base * base
      rest >>= 1
    }
    return result
  }
}

/// A prime field with a large two-adic multiplicative subgroup.
public protocol TwoAdicField: Field {
  /// The prime.
  static var order: UInt64 { get }
  /// `value mod p`.
  init(_ value: UInt64)
  /// The canonical integer in `[0, p)`.
  var canonical: UInt64 { get }

  /// The largest `k` such that `2^k` divides the order of the multiplicative group.
  static var twoAdicity: Int { get }
  /// A generator of the whole multiplicative group; the usual coset shift.
  static var generator: Self { get }
  /// A generator of the subgroup of order `2^log`; squaring it gives that of `log - 1`.
  static func rootOfUnity(log: Int) -> Self
}
