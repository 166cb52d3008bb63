// A statement's constraints as data: a hash-consed graph of expressions, captured once. Everything that needs the
// constraints (degrees, rotations, digest, bytecode, verifier, row checker) reads this one graph.

internal import ApusDigest
internal import ApusField

/// One node of a constraint graph. Operands are numbers of earlier nodes.
package enum ConstraintNode: Hashable, Sendable {
  /// A constant, as a canonical integer.
  case constant(UInt64)
  /// A trace column, `rotation` rows ahead (cyclic).
  case column(Int, rotation: Int)
  /// A public value of the statement.
  case publicValue(Int)
  /// A periodic column.
  case periodic(Int)
  /// The polynomial that is 1 on the first row and 0 on the others; likewise the last row and a public row.
  case firstRow
  case lastRow
  case publicRow(Int)
  /// `x - 1` and `x - g^(rows - 1)`: zero on the first and last row only.
  case notFirstRow
  case notLastRow
  case add(Int, Int)
  case subtract(Int, Int)
  case multiply(Int, Int)

  package var operands: (Int, Int)? {
    switch self {
    case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b): (a, b)
    default: nil
    }
  }
}

/// A node that must be zero on every row, and what it is called.
package struct NamedConstraint: Sendable {
  package let node: Int
  /// What was required to be zero before its rows were selected: for messages, and in no digest.
  package let expression: Int
  package let name: String
}

/// A column that repeats with a period that is a power of two.
package struct PeriodicColumn: Sendable {
  package let name: String
  /// Canonical integers.
  package let values: [UInt64]
}

/// The captured constraints of one kind of statement.
public struct ConstraintGraph: Sendable {
  /// Of the field that the constraints are over.
  package let modulus: Modulus
  package let nodes: [ConstraintNode]
  package let constraints: [NamedConstraint]
  package let periodic: [PeriodicColumn]
  package let columnNames: [String]
  package let publicValueCount: Int
  package let publicRowCount: Int
  /// The constraints' fingerprint: 32 bytes that change with any node, constraint or periodic value.
  public private(set) var digest: [UInt8] = []

  /// Number of trace columns.
  public var columnCount: Int { columnNames.count }
  /// Number of polynomial constraints.
  public var constraintCount: Int { constraints.count }

  /// Captures what the statement's `constrain` requires.
  public init<S: Statement>(of statement: S) {
    let builder = ConstraintBuilder(modulus: Modulus(S.Element.order))
    var constraints = Constraints<S.Column>(builder: builder)
    statement.constrain(&constraints)
    self.init(
      builder: builder, columnNames: S.Column.names, publicValueCount: statement.publicValues.count,
      publicRowCount: statement.publicRows.count)
  }

  /// Keeps the nodes that a constraint reaches, in their order, renumbered.
  package init(builder: ConstraintBuilder, columnNames: [String], publicValueCount: Int, publicRowCount: Int) {
    var reached = [Bool](repeating: false, count: builder.nodes.count)
    for constraint in builder.constraints { reached[constraint.node] = true }
    for (i, node) in builder.nodes.enumerated().reversed() where reached[i] {
      if let (a, b) = node.operands {
        reached[a] = true
        reached[b] = true
      }
    }
    var number = [Int](repeating: -1, count: builder.nodes.count)
    var kept: [ConstraintNode] = []
    for (i, node) in builder.nodes.enumerated() where reached[i] {
      number[i] = kept.count
      switch node {
      case .add(let a, let b): kept.append(.add(number[a], number[b]))
      case .subtract(let a, let b): kept.append(.subtract(number[a], number[b]))
      case .multiply(let a, let b): kept.append(.multiply(number[a], number[b]))
      case .column(let c, _):
        precondition(columnNames.indices.contains(c), "the statement has no column \(c)")
        kept.append(node)
      case .publicValue(let i):
        precondition(i < publicValueCount, "the statement has no public value \(i)")
        kept.append(node)
      case .publicRow(let i):
        precondition(i < publicRowCount, "the statement has no public row \(i)")
        kept.append(node)
      default: kept.append(node)
      }
    }
    modulus = builder.modulus
    nodes = kept
    constraints = builder.constraints.map {
      // A product with the constant one is its other factor, and the constant then is no node.
      let expression = reached[$0.expression] ? $0.expression : $0.node
      return NamedConstraint(node: number[$0.node], expression: number[expression], name: $0.name)
    }
    periodic = builder.periodic
    self.columnNames = columnNames
    self.publicValueCount = publicValueCount
    self.publicRowCount = publicRowCount
    precondition(!constraints.isEmpty, "a statement requires something")
    digest = BLAKE3.hash(encoded)
  }
}

/// Collects nodes, each expression once.
package final class ConstraintBuilder {
  private var list = NodeList()
  package private(set) var constraints: [NamedConstraint] = []
  package private(set) var periodic: [PeriodicColumn] = []
  package let modulus: Modulus

  package init(modulus: Modulus) { self.modulus = modulus }

  package var nodes: [ConstraintNode] { list.nodes }
  func number(of node: ConstraintNode) -> Int { list.number(of: node) }

  private func constant(_ node: Int) -> UInt64? {
    if case .constant(let value) = nodes[node] { value } else { nil }
  }
  /// An element of the graph's field, as a canonical integer.
  func canonical<F: TwoAdicField>(_ element: F) -> UInt64 {
    precondition(F.order == modulus.value, "a constant is of the statement's field, modulo \(modulus.value)")
    return element.canonical
  }
  func number(of element: some TwoAdicField) -> Int { number(of: .constant(canonical(element))) }
  func number(ofInteger value: Int) -> Int { number(of: .constant(modulus.residue(of: value))) }

  func add(_ a: Int, _ b: Int) -> Int {
    switch (constant(a), constant(b)) {
    case (let x?, let y?): number(of: .constant(modulus.sum(x, y)))
    case (0?, nil): b
    case (nil, 0?): a
    default: number(of: .add(min(a, b), max(a, b)))
    }
  }

  func subtract(_ a: Int, _ b: Int) -> Int {
    if a == b { return number(of: .constant(0)) }
    return switch (constant(a), constant(b)) {
    case (let x?, let y?): number(of: .constant(modulus.difference(x, y)))
    case (nil, 0?): a
    default: number(of: .subtract(a, b))
    }
  }

  func multiply(_ a: Int, _ b: Int) -> Int {
    switch (constant(a), constant(b)) {
    case (let x?, let y?): number(of: .constant(modulus.product(x, y)))
    case (0?, nil), (nil, 0?): number(of: .constant(0))
    case (1?, nil): b
    case (nil, 1?): a
    default: number(of: .multiply(min(a, b), max(a, b)))
    }
  }

  /// Requires the expression to be zero where the selector, if there is one, is not.
  func require(_ expression: Int, where selector: Int?, _ name: String) {
    let node = selector.map { multiply($0, expression) } ?? expression
    if let value = constant(node) {
      precondition(value == 0, "constraint \(name) can never hold")
      return
    }
    constraints.append(NamedConstraint(node: node, expression: expression, name: name))
  }

  func addPeriodic(_ column: PeriodicColumn) -> Int {
    periodic.append(column)
    return number(of: .periodic(periodic.count - 1))
  }
}
