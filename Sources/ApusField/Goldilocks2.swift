// The quadratic extension of Goldilocks, F[X] / (X^2 - 7): 128 bits.
// X^2 - 7 is irreducible: 7 generates the multiplicative group, so it is no square (shown by a test).

@frozen public struct Goldilocks2: ExtensionField {
  public static let degree = 2
  public static var binomialConstant: Goldilocks { @inlinable get { Goldilocks(reduced: 7) } }

  /// Coefficients of 1 and X.
  public var c0, c1: Goldilocks

  @inlinable public init(_ c0: Goldilocks, _ c1: Goldilocks) {
    self.c0 = c0
    self.c1 = c1
  }
  @inlinable public init(_ base: Goldilocks) { self.init(base, .zero) }

  @inlinable public init(_ c: (Int) -> Goldilocks) { self.init(c(0), c(1)) }
  @inlinable public func coefficient(_ power: Int) -> Goldilocks {
    switch power {
    case 0: c0
    default: c1
    }
  }

  @inlinable public static func + (a: Goldilocks2, b: Goldilocks2) -> Goldilocks2 {
    Goldilocks2(a.c0 + b.c0, a.c1 + b.c1)
  }
  @inlinable public static func - (a: Goldilocks2, b: Goldilocks2) -> Goldilocks2 {
    Goldilocks2(a.c0 - b.c0, a.c1 - b.c1)
  }
  @inlinable public static func * (a: Goldilocks2, b: Goldilocks) -> Goldilocks2 {
    Goldilocks2(a.c0 * b, a.c1 * b)
  }
  @inlinable public static func * (a: Goldilocks2, b: Goldilocks2) -> Goldilocks2 {
    Goldilocks2(a.c0 * b.c0 + binomialConstant * (a.c1 * b.c1), a.c0 * b.c1 + a.c1 * b.c0)
  }

  /// The image under the automorphism `x -> x^p`: X goes to -X.
  @inlinable public var conjugate: Goldilocks2 { Goldilocks2(c0, .zero - c1) }

  /// By the norm: the conjugate, divided by its product with this.
  public var inverse: Goldilocks2? {
    let norm = c0 * c0 - Self.binomialConstant * (c1 * c1)
    return norm.inverse.map { conjugate * $0 }
  }
}
