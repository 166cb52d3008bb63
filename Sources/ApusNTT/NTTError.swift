// What can be wrong with the sizes and the shift that a transform is asked for.

public enum NTTError: Error, Equatable, CustomStringConvertible {
  /// A transform's number of rows is a power of two.
  case sizeNotPowerOfTwo(Int)
  /// An extension's number of cosets is a power of two.
  case blowupNotPowerOfTwo(Int)
  /// The field has no subgroup of `rows · blowup` elements.
  case domainTooLarge(rows: Int, blowup: Int, twoAdicity: Int)
  /// Zero times a subgroup is no coset.
  case zeroShift

  public var description: String {
    switch self {
    case .sizeNotPowerOfTwo(let rows): "a transform needs a power of two of rows, not \(rows)"
    case .blowupNotPowerOfTwo(let blowup): "the blowup is a power of two, not \(blowup)"
    case .domainTooLarge(let rows, 1, let limit):
      "\(rows) rows are more than the field's largest subgroup of two-power order holds, 2^\(limit)"
    case .domainTooLarge(let rows, let blowup, let limit):
      "\(rows) rows times blowup \(blowup) are more than the field's largest subgroup of two-power order holds, 2^\(limit)"
    case .zeroShift: "the coset's shift is zero; use the field's generator"
    }
  }
}
