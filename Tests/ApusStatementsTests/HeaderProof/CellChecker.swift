// Rechecks a trace after one of its cells has changed: only rows that read the cell, and there only the expressions
// that depend on it. Quick enough for every cell of a trace.

import ApusField
import ApusSTARK
import ApusStatements

struct CellChecker {
  private let graph: ConstraintGraph
  private let rows: Int
  /// The honest trace's value of every node, row by row.
  private let honest: [BabyBear]
  /// By column: at which rotations it is read, and by which nodes then, each after its operands.
  private let readers: [[(rotation: Int, leaf: Int, dependents: [Int])]]
  private let isConstraint: [Bool]
  private var changed: [BabyBear]
  private var changedAt: [Int]
  private var stamp = 0

  init<S: Statement>(_ statement: S, trace cells: [[BabyBear]]) where S.Element == BabyBear {
    let graph = ConstraintGraph(of: statement)
    self.graph = graph
    rows = statement.rows
    honest = Self.values(of: graph, statement, cells)
    var readers = [[(rotation: Int, leaf: Int, dependents: [Int])]](repeating: [], count: cells.count)
    for case (let leaf, .column(let column, let rotation)) in graph.nodes.enumerated() {
      readers[column].append((rotation, leaf, Self.dependents(on: leaf, in: graph)))
    }
    self.readers = readers
    var isConstraint = Array(repeating: false, count: graph.nodes.count)
    for constraint in graph.constraints { isConstraint[constraint.node] = true }
    self.isConstraint = isConstraint
    changed = Array(repeating: .zero, count: graph.nodes.count)
    changedAt = Array(repeating: 0, count: graph.nodes.count)
  }

  /// Rows whose constraints read the cell.
  func readingRows(_ row: Int, _ column: Int) -> [Int] {
    readers[column].map { (row - $0.rotation + rows) % rows }
  }

  /// Whether some constraint fails once the cell holds `value`, the rest of the trace being satisfied.
  mutating func notices(_ value: BabyBear, row: Int, column: Int) -> Bool {
    for (rotation, leaf, dependents) in readers[column] {
      let base = (row - rotation + rows) % rows * graph.nodes.count
      stamp += 1
      changed[leaf] = value
      changedAt[leaf] = stamp
      for node in dependents {
        let result: BabyBear
        switch graph.nodes[node] {
        case .add(let a, let b): result = operand(a, base) + operand(b, base)
        case .subtract(let a, let b): result = operand(a, base) - operand(b, base)
        case .multiply(let a, let b): result = operand(a, base) * operand(b, base)
        default: preconditionFailure("a leaf depends on nothing")
        }
        changed[node] = result
        changedAt[node] = stamp
        if isConstraint[node], result != .zero { return true }
      }
    }
    return false
  }

  private func operand(_ node: Int, _ base: Int) -> BabyBear {
    changedAt[node] == stamp ? changed[node] : honest[base + node]
  }

  private static func dependents(on leaf: Int, in graph: ConstraintGraph) -> [Int] {
    var depends = Array(repeating: false, count: graph.nodes.count)
    depends[leaf] = true
    return graph.nodes.indices.filter { node in
      guard let (a, b) = graph.nodes[node].operands, depends[a] || depends[b] else { return false }
      depends[node] = true
      return true
    }
  }

  private static func values<S: Statement>(
    of graph: ConstraintGraph, _ statement: S, _ cells: [[BabyBear]]
  ) -> [BabyBear] where S.Element == BabyBear {
    let (rows, publicValues, publicRows) = (statement.rows, statement.publicValues, statement.publicRows)
    let generator = BabyBear.rootOfUnity(log: rows.trailingZeroBitCount)
    let last = generator.inverse!
    var values: [BabyBear] = []
    values.reserveCapacity(rows * graph.nodes.count)
    var point = BabyBear.one
    for row in 0..<rows {
      let base = values.count
      for node in graph.nodes {
        let value: BabyBear =
          switch node {
          case .constant(let value): BabyBear(value)
          case .column(let column, let rotation): cells[column][(row + rotation + rows) % rows]
          case .publicValue(let index): publicValues[index]
          case .periodic(let index): BabyBear(graph.periodic[index].values[row % graph.periodic[index].values.count])
          case .firstRow: row == 0 ? .one : .zero
          case .lastRow: row == rows - 1 ? .one : .zero
          case .publicRow(let index): row == publicRows[index] ? .one : .zero
          case .notFirstRow: point - .one
          case .notLastRow: point - last
          case .add(let a, let b): values[base + a] + values[base + b]
          case .subtract(let a, let b): values[base + a] - values[base + b]
          case .multiply(let a, let b): values[base + a] * values[base + b]
          }
        values.append(value)
      }
      point = point * generator
    }
    return values
  }
}
