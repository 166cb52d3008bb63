// What single constraints read and compare, and what single cells reach: for messages and for tests of statements.

/// A column at a rotation, and the node that stands for it.
struct ColumnReading {
  let column: Int
  let rotation: Int
  let node: Int
}

extension ConstraintGraph {
  /// The columns at the rotations at which the constraint reads them, each ascending.
  func readings(of constraint: NamedConstraint) -> [ColumnReading] {
    var reached = [Bool](repeating: false, count: constraint.node + 1)
    reached[constraint.node] = true
    var readings: [ColumnReading] = []
    for i in reached.indices.reversed() where reached[i] {
      if let (a, b) = nodes[i].operands {
        reached[a] = true
        reached[b] = true
      } else if case .column(let column, let rotation) = nodes[i] {
        readings.append(ColumnReading(column: column, rotation: rotation, node: i))
      }
    }
    return readings.sorted { ($0.column, $0.rotation) < ($1.column, $1.rotation) }
  }

  /// The nodes that a constraint wants equal: a difference's operands, or an expression and zero (`nil`).
  func sides(of constraint: NamedConstraint) -> (left: Int, right: Int?) {
    guard case .subtract(let a, let b) = nodes[constraint.expression] else { return (constraint.expression, nil) }
    return (a, b)
  }

  /// The leaves and all nodes that depend on one of them, each after its operands.
  func dependents(on leaves: [Int]) -> [Int] {
    var depends = [Bool](repeating: false, count: nodes.count)
    for leaf in leaves { depends[leaf] = true }
    for (i, node) in nodes.enumerated() {
      if let (a, b) = node.operands, depends[a] || depends[b] { depends[i] = true }
    }
    return nodes.indices.filter { depends[$0] }
  }
}
