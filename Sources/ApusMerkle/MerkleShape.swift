// What a verifier knows about a tree before it sees an opening.

/// The matrices under one root, in commit order, and the height of the cap.
///
/// A verifier derives the shape from the statement and the parameters, never from the proof's say-so alone. That is
/// what separates a leaf from a node, since both are plain hashes with no tag: the shape fixes, for each hash on a
/// path, whether it takes a row or two digests, and how long its input is. Two openings of one index under one cap that
/// differ in a word therefore contain, going down from the cap, two different inputs of the same kind and the same
/// length with one digest: a collision of the hash. A row that has the bytes of two digests gains nothing, for no path
/// of this shape reads it as a node. (Poseidon2's sponge pads nothing and relies on the fixed length, too.)
public struct MerkleShape: Hashable, Sendable {
  public struct Matrix: Hashable, Sendable {
    /// Rows; a power of two.
    public let height: Int
    /// Columns.
    public let width: Int

    public init(height: Int, width: Int) {
      precondition(height > 0 && height.nonzeroBitCount == 1, "a matrix's height must be a power of two")
      precondition(width >= 0, "a matrix has no negative width")
      self.height = height
      self.width = width
    }

    var logHeight: Int { height.trailingZeroBitCount }
  }

  public let matrices: [Matrix]
  public let capHeight: Int

  /// - Parameters:
  ///   - matrices: at least one, in commit order, of any powers of two as heights.
  ///   - capHeight: the cap has `2^capHeight` digests; no matrix is shorter than that, or no digest would bind it.
  public init(matrices: [Matrix], capHeight: Int = 0) {
    precondition(!matrices.isEmpty, "a tree commits to at least one matrix")
    precondition(
      capHeight >= 0 && matrices.allSatisfy { $0.logHeight >= capHeight }, "a matrix is shorter than the cap")
    self.matrices = matrices
    self.capHeight = capHeight
  }

  /// The height of the tallest matrix: the number of leaves is `2^logHeight`.
  public var logHeight: Int { matrices.lazy.map(\.logHeight).max()! }
  public var leaves: Int { 1 << logHeight }
  /// Words opened at one index: one row of each matrix.
  public var width: Int { matrices.lazy.map(\.width).reduce(0, +) }

  /// The row of a matrix that is opened with a leaf.
  func row(of matrix: Matrix, at leaf: Int) -> Int { leaf >> (logHeight - matrix.logHeight) }
}
