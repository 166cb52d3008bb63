// The cubic extension of Goldilocks, F[X] / (X^3 - 2): 192 bits.
// X^3 - 2 is irreducible: 3 divides p - 1 and 2 is no cube, as 2^((p - 1) / 3) = 2^64 = 2^32 - 1 (shown by a test).
// Of the small constants that do, 2 is the one whose products are additions.

@frozen public struct Goldilocks3: ExtensionField {
  public static let degree = 3
  public static var binomialConstant: Goldilocks { @inlinable get { Goldilocks(reduced: 2) } }

  /// Coefficients of 1, X and X^2.
  public var c0, c1, c2: Goldilocks

  @inlinable public init(_ c0: Goldilocks, _ c1: Goldilocks, _ c2: Goldilocks) {
    self.c0 = c0
    self.c1 = c1
    self.c2 = c2
  }
  @inlinable public init(_ base: Goldilocks) { self.init(base, .zero, .zero) }

  @inlinable public init(_ c: (Int) -> Goldilocks) { self.init(c(0), c(1), c(2)) }
  @inlinable public func coefficient(_ power: Int) -> Goldilocks {
    switch power {
    case 0: c0
    case 1: c1
    default: c2
    }
  }

  @inlinable public static func + (a: Goldilocks3, b: Goldilocks3) -> Goldilocks3 {
    Goldilocks3(a.c0 + b.c0, a.c1 + b.c1, a.c2 + b.c2)
  }
  @inlinable public static func - (a: Goldilocks3, b: Goldilocks3) -> Goldilocks3 {
    Goldilocks3(a.c0 - b.c0, a.c1 - b.c1, a.c2 - b.c2)
  }
  @inlinable public static func * (a: Goldilocks3, b: Goldilocks) -> Goldilocks3 {
    Goldilocks3(a.c0 * b, a.c1 * b, a.c2 * b)
  }
  @inlinable public static func * (a: Goldilocks3, b: Goldilocks3) -> Goldilocks3 {
    let d3 = a.c1 * b.c2 + a.c2 * b.c1
    let d4 = a.c2 * b.c2
    return Goldilocks3(
      a.c0 * b.c0 + d3 + d3,
      a.c0 * b.c1 + a.c1 * b.c0 + d4 + d4,
      a.c0 * b.c2 + a.c1 * b.c1 + a.c2 * b.c0)
  }

  /// By the norm: the product of the two other conjugates, divided by the product of all three.
  public var inverse: Goldilocks3? {
    // (c0 + c1 ζ X + c2 ζ² X²)(c0 + c1 ζ² X + c2 ζ X²) for a cube root of unity ζ, where 1 + ζ + ζ² = 0.
    let c12 = c1 * c2
    let c22 = c2 * c2
    let others = Goldilocks3(c0 * c0 - c12 - c12, c22 + c22 - c0 * c1, c1 * c1 - c0 * c2)
    let mixed = c1 * others.c2 + c2 * others.c1
    let norm = c0 * others.c0 + mixed + mixed
    return norm.inverse.map { others * $0 }
  }
}
