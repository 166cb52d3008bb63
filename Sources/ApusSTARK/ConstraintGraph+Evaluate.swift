// The graph's values where a caller supplies its leaves: the verifier's out-of-domain point, a row of a trace.

package import ApusField

extension ConstraintGraph {
  /// Every constraint's value, given each leaf's.
  package func constraintValues<F: Field>(_ leaf: (ConstraintNode) -> F) -> [F] {
    var values: [F] = []
    evaluate(into: &values, leaf)
    return constraints.map { values[$0.node] }
  }

  /// Every node's value, in place of what `values` held.
  func evaluate<F: Field>(into values: inout [F], _ leaf: (ConstraintNode) -> F) {
    values.removeAll(keepingCapacity: true)
    values.reserveCapacity(nodes.count)
    for node in nodes {
      switch node {
      case .add(let a, let b): values.append(values[a] + values[b])
      case .subtract(let a, let b): values.append(values[a] - values[b])
      case .multiply(let a, let b): values.append(values[a] * values[b])
      default: values.append(leaf(node))
      }
    }
  }
}
