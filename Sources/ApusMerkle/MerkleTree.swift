// A commitment to matrices of mixed heights under one root.

package import ApusField

/// A Merkle tree over the rows of matrices.
///
/// A leaf is the hash of one row of every matrix of the tallest height, one after the other in commit order. Going up,
/// a node is the hash of its two children; where matrices have as many rows as a level has nodes, the hash `d` of
/// their row `i` is injected: node `i` becomes `compress(node, d)`. All heights are powers of two. What is hashed
/// exactly is in ``MerkleHash``; why leaves and nodes cannot be confused, in ``MerkleShape``.
///
/// The tree keeps all its levels, 64 bytes for each leaf, and does not keep the matrices.
public final class MerkleTree: Sendable {
  public let hash: MerkleHash
  public let shape: MerkleShape
  let levels: MerkleLevels

  /// Hashes the matrices on all threads of the engine.
  ///
  /// - Parameters:
  ///   - matrices: at least one, in commit order, of one field; their columns must live until this returns.
  ///   - capHeight: the levels cut off at the top; at most the logarithm of the shortest matrix's height.
  package convenience init<Element: MerkleElement>(
    committing matrices: [MerkleMatrix<Element>], hash: MerkleHash, capHeight: Int = 0, on engine: Engine
  ) {
    self.init(
      committing: matrices, hash: hash, capHeight: capHeight,
      kernels: Element.merkleKernels(
        hash, on: engine.instructionSet(for: hash.kernelFamily, rows: matrices.map { $0.height }.max() ?? 0)),
      on: engine)
  }

  // Copies for the same reason as in `MerkleVerifier`: there it is opened elements, here the columns of each block.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  package init<Element: MerkleElement>(
    committing matrices: [MerkleMatrix<Element>], hash: MerkleHash, capHeight: Int, kernels: MerkleKernels<Element>,
    on engine: Engine
  ) {
    self.hash = hash
    shape = MerkleShape(matrices: matrices.map { $0.shape }, capHeight: capHeight)
    levels = MerkleLevels(logHeight: shape.logHeight, capHeight: capHeight, on: engine)
    MerkleBuilder.fill(levels, with: matrices, kernels: kernels, on: engine)
  }

  /// `2^capHeight` digests, which are the commitment; for a cap of height 0, the root.
  public var cap: [MerkleDigest] {
    Array(levels.nodes(at: levels.count - 1))
  }

  /// The digests that a verifier of these leaves' rows cannot compute itself: level by level from the leaves to below
  /// the cap, in ascending order within a level.
  ///
  /// - Parameter indices: leaf numbers, ascending and distinct, at least one.
  public func opening(at indices: [Int]) -> [MerkleDigest] {
    precondition(!indices.isEmpty && indices[0] >= 0 && indices.last! < shape.leaves, "no such leaf")
    precondition(zip(indices, indices.dropFirst()).allSatisfy(<), "indices ascend")
    var siblings: [MerkleDigest] = []
    var frontier = PathFrontier(leaves: indices)
    for level in 0..<levels.count - 1 {
      let nodes = levels.nodes(at: level)
      siblings += frontier.missing.map { nodes[$0] }
      frontier.climb()
    }
    return siblings
  }
}
