// The top of a tree, for who keeps no more of it: from the digests of one level to the root.

internal import ApusField

package struct MerkleTop<Element: MerkleElement>: Sendable {
  /// From the given level to the root.
  private let levels: [[MerkleDigest]]

  /// - Parameter nodes: all of one level, a power of two.
  package init(over nodes: [MerkleDigest], hash: MerkleHash) {
    precondition(nodes.count.nonzeroBitCount == 1, "a level has a power of two of nodes")
    let kernels = Element.merkleKernels(hash, on: .best)
    var levels = [nodes]
    while levels[levels.count - 1].count > 1 {
      let pairs = levels[levels.count - 1]
      levels.append(
        [MerkleDigest](unsafeUninitializedCapacity: pairs.count / 2) { nodes, initialized in
          pairs.withUnsafeBufferPointer { kernels.hashPairs($0.baseAddress!, pairs.count / 2, nodes.baseAddress!) }
          initialized = pairs.count / 2
        })
    }
    self.levels = levels
  }

  package var root: MerkleDigest { levels[levels.count - 1][0] }

  /// What ``MerkleTree/opening(at:)`` gives from this level on, for nodes of this level: ascending, distinct.
  package func opening(at nodes: [Int]) -> [MerkleDigest] {
    var siblings: [MerkleDigest] = []
    var frontier = PathFrontier(leaves: nodes)
    for level in levels.dropLast() {
      siblings += frontier.missing.map { level[$0] }
      frontier.climb()
    }
    return siblings
  }
}
