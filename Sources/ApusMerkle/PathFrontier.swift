// The paths of several leaves to the cap, level by level: which nodes they pass, and which siblings they lack.
// Prover and verifier both walk this, so the order of a pruned opening's digests has one definition.

/// The nodes of one level that lie on the path of an opened leaf.
struct PathFrontier {
  /// Ascending, distinct.
  private(set) var nodes: [Int]

  /// - Parameter leaves: ascending, distinct.
  init(leaves: [Int]) { nodes = leaves }

  /// Whether the node at this position and the next one have the same parent.
  func isPair(at position: Int) -> Bool {
    nodes[position] & 1 == 0 && position + 1 < nodes.count && nodes[position + 1] == nodes[position] + 1
  }

  /// Siblings of nodes on a path that are on none themselves, ascending: what a verifier cannot compute.
  var missing: [Int] {
    var siblings: [Int] = []
    var position = 0
    while position < nodes.count {
      if isPair(at: position) {
        position += 2
      } else {
        siblings.append(nodes[position] ^ 1)
        position += 1
      }
    }
    return siblings
  }

  /// Goes to the parents.
  mutating func climb() {
    var parents: [Int] = []
    parents.reserveCapacity(nodes.count)
    for node in nodes where parents.last != node >> 1 { parents.append(node >> 1) }
    nodes = parents
  }
}
