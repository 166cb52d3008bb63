// Extensions of a prime field by a root of a binomial: what they share.

/// `Base[X] / (X^degree - binomialConstant)`, a field because the binomial is irreducible.
public protocol ExtensionField: Field {
  associatedtype Base: TwoAdicField
  static var degree: Int { get }
  /// `X^degree`.
  static var binomialConstant: Base { get }

  init(_ base: Base)
  /// `degree` coefficients, constant first.
  var coefficients: [Base] { get }
  /// - Precondition: `degree` coefficients.
  init(coefficients: [Base])
}

extension ExtensionField {
  @inlinable public init(_ value: UInt32) { self.init(Base(value)) }
  @inlinable public static var zero: Self { Self(Base.zero) }
  @inlinable public static var one: Self { Self(Base.one) }

  public static var byteCount: Int { degree * Base.byteCount }
  /// The coefficients' encodings, constant first.
  public func encode(into bytes: inout [UInt8]) {
    for coefficient in coefficients { coefficient.encode(into: &bytes) }
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
}
