// The quintic extension of BabyBear, F[X] / (X^5 - 2): 154.5 bits, the field of every challenge.
// X^5 - 2 is irreducible: 5 divides p - 1 and 2 is no fifth power mod p (shown by a test).

@frozen public struct BabyBear5: ExtensionField {
  public static let degree = 5
  public static var binomialConstant: BabyBear { BabyBear(montgomery: 0x1fff_fffc) }

  /// Coefficients of 1, X, ..., X^4.
  public var c0, c1, c2, c3, c4: BabyBear

  @inlinable public init(_ c0: BabyBear, _ c1: BabyBear, _ c2: BabyBear, _ c3: BabyBear, _ c4: BabyBear) {
    self.c0 = c0
    self.c1 = c1
    self.c2 = c2
    self.c3 = c3
    self.c4 = c4
  }
  @inlinable public init(_ base: BabyBear) { self.init(base, .zero, .zero, .zero, .zero) }

  @inlinable public init(_ c: (Int) -> BabyBear) { self.init(c(0), c(1), c(2), c(3), c(4)) }
  @inlinable public func coefficient(_ power: Int) -> BabyBear {
    switch power {
    case 0: c0
    case 1: c1
    case 2: c2
    case 3: c3
    default: c4
    }
  }

  @inlinable public static func + (a: BabyBear5, b: BabyBear5) -> BabyBear5 {
    BabyBear5(a.c0 + b.c0, a.c1 + b.c1, a.c2 + b.c2, a.c3 + b.c3, a.c4 + b.c4)
  }
  @inlinable public static func - (a: BabyBear5, b: BabyBear5) -> BabyBear5 {
    BabyBear5(a.c0 - b.c0, a.c1 - b.c1, a.c2 - b.c2, a.c3 - b.c3, a.c4 - b.c4)
  }
  @inlinable public static func * (a: BabyBear5, b: BabyBear) -> BabyBear5 {
    BabyBear5(a.c0 * b, a.c1 * b, a.c2 * b, a.c3 * b, a.c4 * b)
  }
  @inlinable public static func * (a: BabyBear5, b: BabyBear5) -> BabyBear5 {
    let d5 = a.c1 * b.c4 + a.c2 * b.c3 + a.c3 * b.c2 + a.c4 * b.c1
    let d6 = a.c2 * b.c4 + a.c3 * b.c3 + a.c4 * b.c2
    let d7 = a.c3 * b.c4 + a.c4 * b.c3
    let d8 = a.c4 * b.c4
    let d1 = a.c0 * b.c1 + a.c1 * b.c0
    let d2 = a.c0 * b.c2 + a.c1 * b.c1 + a.c2 * b.c0
    let d3 = a.c0 * b.c3 + a.c1 * b.c2 + a.c2 * b.c1 + a.c3 * b.c0
    let d4 = a.c0 * b.c4 + a.c1 * b.c3 + a.c2 * b.c2 + a.c3 * b.c1 + a.c4 * b.c0
    return BabyBear5(a.c0 * b.c0 + d5 + d5, d1 + d6 + d6, d2 + d7 + d7, d3 + d8 + d8, d4)
  }

  /// By the norm: the product of the four other conjugates, divided by the product of all five.
  public var inverse: BabyBear5? {
    guard self != .zero else { return nil }
    let others = frobenius(1) * frobenius(2) * frobenius(3) * frobenius(4)
    let norm = (self * others).c0
    return norm.inverse.map { others * $0 }
  }
}
