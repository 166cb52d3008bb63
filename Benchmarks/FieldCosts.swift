// What arithmetic costs at least, in products of two 32-bit words: the one table behind the suites' limits.

import ApusField

/// A field that the suites measure.
protocol MeasuredField: ColumnField {
  static var label: String { get }
  /// A product of two elements.
  static var productsOfMultiplication: Int { get }
  /// A product with a factor that is known beforehand, as in a butterfly; `nil` where factors are so chosen that some
  /// products become shifts, so that nothing certain can be said.
  static var productsOfTwiddle: Int? { get }
  /// The modulus, for baselines that reduce by it.
  static var order: UInt64 { get }
}

extension BabyBear: MeasuredField {
  static var label: String { "BabyBear" }
  // Montgomery: a · b, the quotient digit, and that times p.
  static var productsOfMultiplication: Int { 3 }
  static var productsOfTwiddle: Int? { 3 }
  static var order: UInt64 { UInt64(modulus) }
}

extension Goldilocks: MeasuredField {
  static var label: String { "Goldilocks" }
  // Four for the 128-bit product; 2^64 = 2^32 - 1 reduces it by shifts.
  static var productsOfMultiplication: Int { 4 }
  static var productsOfTwiddle: Int? { nil }
  static var order: UInt64 { modulus }
}
