// Extensions of a prime field by a root of a binomial: what they share.

/// `Base[X] / (X^degree - binomialConstant)`, a field because the binomial is irreducible.
public protocol ExtensionField: Field {
  associatedtype Base: TwoAdicField
  static var degree: Int { get }
  /// `X^degree`.
  static var binomialConstant: Base { get }

  init(_ base: Base)
  /// Asks for the coefficient of each power of X, constant first.
  init(_ coefficient: (_ power: Int) -> Base)
  /// - Precondition: a power from 0 to `degree - 1`.
  func coefficient(_ power: Int) -> Base
  static func * (a: Self, b: Base) -> Self
}

extension ExtensionField {
  @inlinable public init(_ value: UInt32) { self.init(Base(value)) }
  @inlinable public static var zero: Self { Self(Base.zero) }
  @inlinable public static var one: Self { Self(Base.one) }

  /// `degree` coefficients, constant first.
  public var coefficients: [Base] { (0..<Self.degree).map { coefficient($0) } }
  /// - Precondition: `degree` coefficients.
  public init(coefficients: [Base]) {
    precondition(coefficients.count == Self.degree, "an element has as many coefficients as its field's degree")
    self.init { coefficients[$0] }
  }

  public static var byteCount: Int { degree * Base.byteCount }
  /// The coefficients' encodings, constant first.
  public func encode(into bytes: inout [UInt8]) {
    for power in 0..<Self.degree { coefficient(power).encode(into: &bytes) }
  }
  public init?(canonical bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var coefficients: [Base] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let coefficient = Base(canonical: rest.prefix(Base.byteCount)) else { return nil }
      coefficients.append(coefficient)
      rest = rest.dropFirst(Base.byteCount)
    }
    self.init(coefficients: coefficients)
  }

  public var description: String { "(\(coefficients.map(\.description).joined(separator: ", ")))" }

  /// Whether this is an element of the base field.
  public var isBase: Bool { (1..<Self.degree).allSatisfy { coefficient($0) == .zero } }

  /// `X`.
  public static var indeterminate: Self {
    Self { $0 == 1 ? .one : .zero }
  }

  /// The image under the automorphism `x -> x^p`, applied `times` times.
  ///
  /// `X^p = X · w^((p - 1) / degree)` for `w = X^degree`, since the degree divides `p - 1`.
  public func frobenius(_ times: Int = 1) -> Self {
    let step = Self.binomialConstant.power((Base.order - 1) / UInt64(Self.degree)).power(times % Self.degree)
    var factor = Base.one
    var image: [Base] = []
    for coefficient in coefficients {
      image.append(coefficient * factor)
      factor *= step
    }
    return Self(coefficients: image)
  }

  /// The `degree + 1` coefficients of `(X - z)(X - z^p)(X - z^(p^2))...`, constant first: over the base field, and
  /// monic.
  public var minimalPolynomial: [Base] {
    var polynomial: [Self] = [.one]
    for k in 0..<Self.degree {
      let root = frobenius(k)
      var next = [Self](repeating: .zero, count: polynomial.count + 1)
      for (i, c) in polynomial.enumerated() {
        next[i + 1] += c
        next[i] -= c * root
      }
      polynomial = next
    }
    return polynomial.map { $0.coefficients[0] }
  }
}
