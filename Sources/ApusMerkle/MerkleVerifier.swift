// Checking opened rows against a commitment.

internal import ApusField

public enum MerkleVerifier {
  /// The number of digests in a pruned opening of these leaves, so that a proof need not say it.
  ///
  /// - Parameter indices: ascending, distinct, below `2^logHeight`.
  public static func siblingCount(logHeight: Int, capHeight: Int, indices: [Int]) -> Int {
    var frontier = PathFrontier(leaves: indices)
    var count = 0
    for _ in 0..<max(0, logHeight - capHeight) {
      count += frontier.missing.count
      frontier.climb()
    }
    return count
  }

  /// Checks that the commitment `cap` to matrices of this shape holds these rows.
  ///
  /// - Parameters:
  ///   - rows: `rows[k]` is what is opened at `indices[k]`: of each matrix, in commit order, the row that belongs to
  ///     the leaf (of a matrix `2^s` times shorter than the tallest, row `indices[k] >> s`), one after the other.
  ///   - indices: leaf numbers, ascending and distinct, at least one.
  ///   - siblings: as ``MerkleTree/opening(at:)`` gives them; every one is used, and there are no others.
  ///   - shape: derived by the verifier; see there why this matters.
  ///   - hash: one that the field has: see ``MerkleHash``. A hash that a proof names is checked before.
  public static func verify<Element: MerkleElement>(
    rows: [[Element]], at indices: [Int], siblings: [MerkleDigest], cap: [MerkleDigest], shape: MerkleShape,
    hash: MerkleHash
  ) throws(MerkleError) {
    try verify(
      rows: rows, at: indices, siblings: siblings, cap: cap, shape: shape,
      kernels: Element.merkleKernels(hash, on: .best))
  }

  // For callers in other modules the generic body would move every opened element through its type's witnesses, which
  // takes several times as long as the hashing.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  package static func verify<Element: MerkleElement>(
    rows: [[Element]], at indices: [Int], siblings: [MerkleDigest], cap: [MerkleDigest], shape: MerkleShape,
    kernels: MerkleKernels<Element>
  ) throws(MerkleError) {
    try checkIndices(indices, leaves: shape.leaves)
    try checkCounts(rows: rows, at: indices, siblings: siblings, cap: cap, shape: shape)
    if let position = siblings.firstIndex(where: { !kernels.isCanonical($0) }) {
      throw .siblingNotCanonical(position: position)
    }

    let opened = OpenedRows(rows: rows, indices: indices, shape: shape)
    var frontier = PathFrontier(leaves: indices)
    var known = try opened.digests(of: frontier.nodes, logHeight: shape.logHeight, kernels: kernels)!
    var used = 0
    for logHeight in stride(from: shape.logHeight - 1, through: shape.capHeight, by: -1) {
      known = climb(&frontier, from: known, siblings: siblings, used: &used, kernels: kernels)
      if let injected = try opened.digests(of: frontier.nodes, logHeight: logHeight, kernels: kernels) {
        known = hashPairs(zip(known, injected).flatMap { [$0, $1] }, kernels: kernels)
      }
    }
    for (node, computed) in zip(frontier.nodes, known) {
      guard cap[node] == computed else { throw .rootMismatch(cap: node) }
    }
  }

  private static func checkIndices(_ indices: [Int], leaves: Int) throws(MerkleError) {
    guard !indices.isEmpty else { throw .noIndices }
    for (position, index) in indices.enumerated() {
      guard (0..<leaves).contains(index) else { throw .indexOutOfRange(index: index, leaves: leaves) }
      if position > 0, index <= indices[position - 1] { throw .indicesNotAscending(position: position) }
    }
  }

  private static func checkCounts<Element>(
    rows: [[Element]], at indices: [Int], siblings: [MerkleDigest], cap: [MerkleDigest], shape: MerkleShape
  ) throws(MerkleError) {
    guard rows.count == indices.count else { throw .rowCount(expected: indices.count, found: rows.count) }
    for (index, row) in zip(indices, rows) where row.count != shape.width {
      throw .rowWidth(index: index, expected: shape.width, found: row.count)
    }
    let capSize = 1 << shape.capHeight
    guard cap.count == capSize else { throw .capSize(expected: capSize, found: cap.count) }
    let expected = siblingCount(logHeight: shape.logHeight, capHeight: shape.capHeight, indices: indices)
    guard siblings.count == expected else { throw .siblingCount(expected: expected, found: siblings.count) }
  }

  /// Hashes the frontier's nodes, completed by the siblings they lack, to their parents.
  private static func climb<Element>(
    _ frontier: inout PathFrontier, from known: [MerkleDigest], siblings: [MerkleDigest], used: inout Int,
    kernels: MerkleKernels<Element>
  ) -> [MerkleDigest] {
    var pairs: [MerkleDigest] = []
    pairs.reserveCapacity(2 * known.count)
    var position = 0
    while position < known.count {
      if frontier.isPair(at: position) {
        pairs += known[position...position + 1]
        position += 2
      } else {
        let isLeft = frontier.nodes[position] & 1 == 0
        pairs += isLeft ? [known[position], siblings[used]] : [siblings[used], known[position]]
        used += 1
        position += 1
      }
    }
    frontier.climb()
    return hashPairs(pairs, kernels: kernels)
  }

  private static func hashPairs<Element>(
    _ pairs: [MerkleDigest], kernels: MerkleKernels<Element>
  ) -> [MerkleDigest] {
    let count = pairs.count / 2
    return pairs.withUnsafeBufferPointer { pairs in
      [MerkleDigest](unsafeUninitializedCapacity: count) { nodes, initialized in
        kernels.hashPairs(pairs.baseAddress!, count, nodes.baseAddress!)
        initialized = count
      }
    }
  }
}
