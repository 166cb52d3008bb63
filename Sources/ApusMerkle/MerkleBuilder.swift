// How a tree is filled: in subtrees that stay in a core's cache, so that a node is read where it was written.

internal import ApusField

struct MerkleBuilder<Element: MerkleElement>: Sendable {
  /// A subtree, which one call builds, ends at a level of this many nodes, the most that a kernel needs to fill its lanes. The levels above
  /// are subtrees again, over those nodes.
  private static var lanesLog: Int { 6 }

  /// For each level the rows that enter it, if any: at level 0 the leaves' rows, above it injected ones.
  private let groups: [RowGroup<Element>?]
  private let levels: MerkleLevels
  private let kernels: MerkleKernels<Element>

  init(matrices: [MerkleMatrix<Element>], levels: MerkleLevels, kernels: MerkleKernels<Element>) {
    groups = (0..<levels.count).map { level in
      let ofThisHeight = matrices.filter { $0.height == levels.size(of: level) }
      return ofThisHeight.isEmpty ? nil : RowGroup(ofThisHeight)
    }
    self.levels = levels
    self.kernels = kernels
  }

  func run(on engine: Engine) {
    let subtreeLog = engine.tuning.subtreeLeaves.trailingZeroBitCount
    var bottom = 0
    var isHashed = false
    repeat {
      let size = levels.size(of: bottom)
      let subtree = min(size, 1 << subtreeLog)
      // The last subtree goes to the cap; the others stop while they fill the lanes.
      let climb = size == subtree ? levels.count - 1 - bottom : subtreeLog - Self.lanesLog
      let top = min(bottom + climb, levels.count - 1)
      engine.forEachRange(size / subtree) { [bottom, isHashed] pieces, _ in
        for piece in pieces {
          var nodes = piece * subtree..<(piece + 1) * subtree
          if !isHashed { hashLeaves(nodes) }
          for level in bottom..<top {
            nodes = nodes.lowerBound / 2..<nodes.upperBound / 2
            hashChildren(of: nodes, at: level + 1)
          }
        }
      }
      isHashed = true
      bottom = top
    } while bottom < levels.count - 1
  }

  private func hashLeaves(_ leaves: Range<Int>) {
    groups[0]!.hash(rows: leaves, with: kernels, into: levels.base(of: 0) + leaves.lowerBound)
  }

  private func hashChildren(of nodes: Range<Int>, at level: Int) {
    let destination = levels.base(of: level) + nodes.lowerBound
    kernels.hashPairs(levels.base(of: level - 1) + 2 * nodes.lowerBound, nodes.count, destination)
    guard let group = groups[level] else { return }
    // Injection: each node is paired with its row's digest and hashed again.
    withUnsafeTemporaryAllocation(of: MerkleDigest.self, capacity: 3 * nodes.count) { scratch in
      let rows = scratch.baseAddress!
      let pairs = rows + nodes.count
      group.hash(rows: nodes, with: kernels, into: rows)
      for i in 0..<nodes.count {
        pairs[2 * i] = destination[i]
        pairs[2 * i + 1] = rows[i]
      }
      kernels.hashPairs(pairs, nodes.count, destination)
    }
  }
}
