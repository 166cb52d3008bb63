// A constraint graph put together at run time, from input that is not trusted: every call is checked, every size is
// bounded. A Swift `Statement` is checked by the compiler and goes through `Constraints` instead; both write into one
// `ConstraintBuilder`.

internal import ApusField

/// The rows on which a constraint holds.
package enum ConstrainedRows: Int, CaseIterable, Sendable {
  case every
  case first
  case last
  /// All but the last: where rotation 1 is the next row.
  case eachStep
  /// All but the first: where rotation -1 is the row before.
  case eachAfterFirst

  fileprivate var selector: ConstraintNode? {
    switch self {
    case .every: nil
    case .first: .firstRow
    case .last: .lastRow
    case .eachStep: .notLastRow
    case .eachAfterFirst: .notFirstRow
    }
  }
}

/// Assembles one graph, call by call.
package struct GraphAssembly: ~Copyable {
  /// Bounds on what a caller can make this process hold.
  package enum Limit {
    package static let columns = 1 << 16
    package static let publicValues = 1 << 20
    package static let publicRows = 1 << 16
    package static let nodes = 1 << 22
    package static let constraints = 1 << 20
    package static let periodicValues = ProofShape.maximumRows
  }

  /// An expression: a number that only the assembly that gave it understands.
  package struct Node: Hashable, Sendable {
    package let number: Int
    package init(number: Int) { self.number = number }
  }

  private let builder: ConstraintBuilder
  private let columnCount: Int
  private let publicValueCount: Int
  private let publicRowCount: Int
  private var periodicValues = 0

  package init<F: ProvingField>(
    columns: Int, publicValues: Int, publicRows: Int, over field: F.Type
  ) throws(GraphError) {
    builder = ConstraintBuilder(modulus: Modulus(F.order))
    guard (1...Limit.columns).contains(columns) else { throw .count("columns", columns, 1...Limit.columns) }
    guard (0...Limit.publicValues).contains(publicValues) else {
      throw .count("public values", publicValues, 0...Limit.publicValues)
    }
    guard (0...Limit.publicRows).contains(publicRows) else {
      throw .count("public rows", publicRows, 0...Limit.publicRows)
    }
    columnCount = columns
    publicValueCount = publicValues
    publicRowCount = publicRows
  }

  // MARK: Leaves

  /// The column's value `rotation` rows ahead (backwards if negative), cyclic.
  package mutating func column(_ index: Int, rotation: Int) throws(GraphError) -> Node {
    guard (0..<columnCount).contains(index) else { throw .index("column", index, count: columnCount) }
    guard rotation.magnitude < ProofShape.maximumRows else { throw .rotation(rotation) }
    return try node(.column(index, rotation: rotation))
  }

  package mutating func constant(_ value: UInt64) throws(GraphError) -> Node {
    try check(canonical: value)
    return try node(.constant(value))
  }

  package mutating func publicValue(_ index: Int) throws(GraphError) -> Node {
    guard (0..<publicValueCount).contains(index) else { throw .index("public value", index, count: publicValueCount) }
    return try node(.publicValue(index))
  }

  /// One on the row that the statement names under that index, zero on the others.
  package mutating func publicRow(_ index: Int) throws(GraphError) -> Node {
    guard (0..<publicRowCount).contains(index) else { throw .index("public row", index, count: publicRowCount) }
    return try node(.publicRow(index))
  }

  /// A column that repeats `values`, whose number is a power of two from 2 on.
  package mutating func periodic(_ name: String, _ values: [UInt64]) throws(GraphError) -> Node {
    guard values.count >= 2, values.count.nonzeroBitCount == 1 else { throw .period(values.count) }
    let left = Limit.periodicValues - periodicValues
    guard values.count <= left else { throw .count("values of periodic columns", values.count, 0...left) }
    for value in values { try check(canonical: value) }
    try checkRoom()
    periodicValues += values.count
    return Node(number: builder.addPeriodic(PeriodicColumn(name: name, values: values)))
  }

  // MARK: Arithmetic

  package mutating func add(_ a: Node, _ b: Node) throws(GraphError) -> Node {
    try combine(a, b) { builder.add($0, $1) }
  }
  package mutating func subtract(_ a: Node, _ b: Node) throws(GraphError) -> Node {
    try combine(a, b) { builder.subtract($0, $1) }
  }
  package mutating func multiply(_ a: Node, _ b: Node) throws(GraphError) -> Node {
    try combine(a, b) { builder.multiply($0, $1) }
  }

  // MARK: Constraints

  /// Requires the expression to be zero on these rows.
  package mutating func requireZero(
    _ expression: Node, on rows: ConstrainedRows, _ name: String
  ) throws(GraphError) {
    try check(expression)
    try checkRoom()
    guard builder.constraints.count < Limit.constraints else { throw .tooLarge("constraints", Limit.constraints) }
    if case .constant(let value) = builder.nodes[expression.number] {
      guard value == 0 else { throw .neverHolds(name) }
      throw .alwaysHolds(name)
    }
    builder.require(expression.number, where: rows.selector.map { builder.number(of: $0) }, name)
  }

  /// The finished graph.
  package func graph() throws(GraphError) -> ConstraintGraph {
    guard !builder.constraints.isEmpty else { throw .noConstraints }
    return ConstraintGraph(
      builder: builder, columnNames: (0..<columnCount).map { "column \($0)" }, publicValueCount: publicValueCount,
      publicRowCount: publicRowCount)
  }

  // MARK: Checks

  private func check(canonical value: UInt64) throws(GraphError) {
    guard value < builder.modulus.value else { throw .notCanonical(value, modulus: builder.modulus.value) }
  }
  private func check(_ node: Node) throws(GraphError) {
    guard builder.nodes.indices.contains(node.number) else {
      throw .index("expression", node.number, count: builder.nodes.count)
    }
  }
  /// A call adds at most two nodes.
  private func checkRoom() throws(GraphError) {
    guard builder.nodes.count + 2 <= Limit.nodes else { throw .tooLarge("expressions", Limit.nodes) }
  }
  private func node(_ node: ConstraintNode) throws(GraphError) -> Node {
    try checkRoom()
    return Node(number: builder.number(of: node))
  }
  private func combine(_ a: Node, _ b: Node, _ body: (Int, Int) -> Int) throws(GraphError) -> Node {
    try check(a)
    try check(b)
    try checkRoom()
    return Node(number: body(a.number, b.number))
  }
}

// The builder, a class, is reachable through its one assembly only.
extension GraphAssembly: @unchecked Sendable {}

/// Why a call cannot become part of a graph.
package enum GraphError: Error, Equatable, CustomStringConvertible {
  case count(String, Int, ClosedRange<Int>)
  case index(String, Int, count: Int)
  case rotation(Int)
  case notCanonical(UInt64, modulus: UInt64)
  case period(Int)
  case tooLarge(String, Int)
  case neverHolds(String)
  case alwaysHolds(String)
  case noConstraints

  package var description: String {
    switch self {
    case .count(let what, let found, let allowed):
      "the number of \(what) must be from \(allowed.lowerBound) to \(allowed.upperBound), not \(found)"
    case .index(let what, let found, 0): "there is no \(what) \(found): the graph has none"
    case .index(let what, let found, let count): "there is no \(what) \(found): they go from 0 to \(count - 1)"
    case .rotation(let rotation):
      "rotation \(rotation) is out of range: a trace has at most \(ProofShape.maximumRows) rows"
    case .notCanonical(let value, let modulus): "\(value) is not below the field's modulus, \(modulus)"
    case .period(let count): "a period is a power of two from 2 on, not \(count)"
    case .tooLarge(let what, let limit): "a graph holds at most \(limit) \(what)"
    case .neverHolds(let name): "constraint \"\(name)\" can never hold: its expression is a constant that is not zero"
    case .alwaysHolds(let name): "constraint \"\(name)\" requires nothing: its expression is the constant zero"
    case .noConstraints: "a statement requires something: the graph has no constraint"
    }
  }
}
