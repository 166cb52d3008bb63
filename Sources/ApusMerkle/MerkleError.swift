// Why an opening is refused.

public enum MerkleError: Error, Equatable, CustomStringConvertible {
  /// There is no index to open: such an opening would say nothing, and must not look like one that was checked.
  case noIndices
  /// `indices[position]` is not above the one before it.
  case indicesNotAscending(position: Int)
  case indexOutOfRange(index: Int, leaves: Int)
  /// The number of opened rows is not that of the indices.
  case rowCount(expected: Int, found: Int)
  /// The words opened at `index` are not as many as the matrices' columns.
  case rowWidth(index: Int, expected: Int, found: Int)
  /// Two leaves share a row of a shorter matrix but give different words for it.
  case rowsDisagree(matrix: Int, row: Int)
  case siblingCount(expected: Int, found: Int)
  /// A sibling is no digest of the tree's hash: for Poseidon2, one of its words is not below the modulus.
  case siblingNotCanonical(position: Int)
  case capSize(expected: Int, found: Int)
  /// The rows and siblings do not hash to this digest of the cap (for a cap of one digest: the root).
  case rootMismatch(cap: Int)

  public var description: String {
    switch self {
    case .noIndices:
      "the opening names no leaf"
    case .indicesNotAscending(let position):
      "leaf indices must be in ascending order without repetition; number \(position) is not above the one before it"
    case .indexOutOfRange(let index, let leaves):
      "leaf \(index) does not exist: the tree has \(leaves) leaves"
    case .rowCount(let expected, let found):
      "expected \(expected) opened rows, one for each index, found \(found)"
    case .rowWidth(let index, let expected, let found):
      "expected \(expected) words opened at leaf \(index), found \(found)"
    case .rowsDisagree(let matrix, let row):
      "row \(row) of matrix \(matrix) is opened twice, with different words"
    case .siblingCount(let expected, let found):
      "expected \(expected) sibling digests, found \(found)"
    case .siblingNotCanonical(let position):
      "a word of sibling digest \(position) is not a canonical field element"
    case .capSize(let expected, let found):
      "expected a cap of \(expected) digests, found \(found)"
    case .rootMismatch(let cap):
      "the opened rows do not hash to the commitment (digest \(cap) of its cap)"
    }
  }
}
