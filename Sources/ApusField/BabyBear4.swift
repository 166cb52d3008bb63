// The quartic extension of BabyBear, F[X] / (X^4 - 11): 123.6 bits, the extension that other provers use.
// X^4 - 11 is irreducible: 11 is no square and 4 divides p - 1 (shown by a test).

@frozen public struct BabyBear4: ExtensionField {
  public static let degree = 4
  public static var binomialConstant: BabyBear { @inlinable get { BabyBear(montgomery: 0x37ff_ffe9) } }

  /// Coefficients of 1, X, X^2 and X^3.
  public var c0, c1, c2, c3: BabyBear

  @inlinable public init(_ c0: BabyBear, _ c1: BabyBear, _ c2: BabyBear, _ c3: BabyBear) {
    self.c0 = c0
    self.c1 = c1
    self.c2 = c2
    self.c3 = c3
  }
  @inlinable public init(_ base: BabyBear) { self.init(base, .zero, .zero, .zero) }

  @inlinable public init(_ c: (Int) -> BabyBear) { self.init(c(0), c(1), c(2), c(3)) }
  @inlinable public func coefficient(_ power: Int) -> BabyBear {
    switch power {
    case 0: c0
    case 1: c1
    case 2: c2
    default: c3
    }
  }

  @inlinable public static func + (a: BabyBear4, b: BabyBear4) -> BabyBear4 {
    BabyBear4(a.c0 + b.c0, a.c1 + b.c1, a.c2 + b.c2, a.c3 + b.c3)
  }
  @inlinable public static func - (a: BabyBear4, b: BabyBear4) -> BabyBear4 {
    BabyBear4(a.c0 - b.c0, a.c1 - b.c1, a.c2 - b.c2, a.c3 - b.c3)
  }
  @inlinable public static func * (a: BabyBear4, b: BabyBear) -> BabyBear4 {
    BabyBear4(a.c0 * b, a.c1 * b, a.c2 * b, a.c3 * b)
  }
  @inlinable public static func * (a: BabyBear4, b: BabyBear4) -> BabyBear4 {
    let w = binomialConstant
    let d1 = a.c0 * b.c1 + a.c1 * b.c0
    let d2 = a.c0 * b.c2 + a.c1 * b.c1 + a.c2 * b.c0
    let d3 = a.c0 * b.c3 + a.c1 * b.c2 + a.c2 * b.c1 + a.c3 * b.c0
    let d4 = a.c1 * b.c3 + a.c2 * b.c2 + a.c3 * b.c1
    let d5 = a.c2 * b.c3 + a.c3 * b.c2
    return BabyBear4(a.c0 * b.c0 + w * d4, d1 + w * d5, d2 + w * (a.c3 * b.c3), d3)
  }

  /// By the norm, in two steps: down to F[X^2] with the conjugate that sends X to -X, then down to F with the one that
  /// sends X^2 to -X^2.
  public var inverse: BabyBear4? {
    let w = Self.binomialConstant
    let c13 = c1 * c3
    let c02 = c0 * c2
    // n0 + n2 X^2 = (c0 + c1 X + c2 X^2 + c3 X^3)(c0 - c1 X + c2 X^2 - c3 X^3)
    let n0 = c0 * c0 + w * (c2 * c2 - c13 - c13)
    let n2 = c02 + c02 - c1 * c1 - w * (c3 * c3)
    let norm = n0 * n0 - w * (n2 * n2)
    let others = BabyBear4(c0, .zero - c1, c2, .zero - c3) * BabyBear4(n0, .zero, .zero - n2, .zero)
    return norm.inverse.map { others * $0 }
  }
}
