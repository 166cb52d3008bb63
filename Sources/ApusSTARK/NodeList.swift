// Nodes, each once: every expression that a statement writes down is looked up, which is much of a verifier's time, so the
// table is as simple as its keys allow. Statements are no adversaries of their own verifier: a hash whose collisions
// nobody can choose would buy nothing.

struct NodeList {
  private(set) var nodes: [ConstraintNode] = []
  /// An open table of the nodes' numbers, at most half of it in use; -1 in slots that are not.
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  /// The node's number, a new one if it is not there yet.
  mutating func number(of node: ConstraintNode) -> Int {
    var slot = firstSlot(of: node)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if nodes[number] == node { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    nodes.append(node)
    slots[slot] = Int32(nodes.count - 1)
    if 2 * nodes.count > slots.count { grow() }
    return nodes.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for (number, node) in nodes.enumerated() {
      var slot = firstSlot(of: node)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// By Fibonacci hashing: the highest bits of a product with 2^64 / golden ratio.
  private func firstSlot(of node: ConstraintNode) -> Int {
    let (kind, a, b): (UInt64, Int, Int) =
      switch node {
      case .constant(let value): (0, Int(truncatingIfNeeded: value), Int(truncatingIfNeeded: value >> 32))
      case .column(let column, let rotation): (1, column, rotation)
      case .publicValue(let index): (2, index, 0)
      case .periodic(let index): (3, index, 0)
      case .firstRow: (4, 0, 0)
      case .lastRow: (5, 0, 0)
      case .publicRow(let index): (6, index, 0)
      case .notFirstRow: (7, 0, 0)
      case .notLastRow: (8, 0, 0)
      case .add(let a, let b): (9, a, b)
      case .subtract(let a, let b): (10, a, b)
      case .multiply(let a, let b): (11, a, b)
      }
    let key = kind &<< 60 ^ UInt64(truncatingIfNeeded: a) &<< 30 ^ UInt64(truncatingIfNeeded: b)
    return Int((key &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - slots.count.trailingZeroBitCount))
  }
}
