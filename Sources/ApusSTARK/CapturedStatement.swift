// A statement as data: what prover and verifier work on, whoever wrote it down and how. A Swift `Statement` is captured
// into it; a graph assembled at run time fills it by hand.

internal import ApusField

/// A statement's constraints and public part.
package struct CapturedStatement<Element: ProvingField>: Sendable {
  package let name: String
  package let graph: ConstraintGraph
  /// Height of the trace.
  package let rows: Int
  package let publicValues: [Element]
  package let publicRows: [Int]
  package let label: [UInt8]

  package init<S: Statement>(_ statement: S) where S.Element == Element {
    name = S.name
    graph = ConstraintGraph(of: statement)
    rows = statement.rows
    publicValues = statement.publicValues
    publicRows = statement.publicRows
    label = statement.label
  }

  /// - Throws: ``StatementError/publicValueCount(expected:found:)``, ``StatementError/publicRowCount(expected:found:)``.
  package init(
    name: String, graph: ConstraintGraph, rows: Int, publicValues: [Element], publicRows: [Int] = [],
    label: [UInt8] = []
  ) throws(StatementError) {
    guard publicValues.count == graph.publicValueCount else {
      throw .publicValueCount(expected: graph.publicValueCount, found: publicValues.count)
    }
    guard publicRows.count == graph.publicRowCount else {
      throw .publicRowCount(expected: graph.publicRowCount, found: publicRows.count)
    }
    self.name = name
    self.graph = graph
    self.rows = rows
    self.publicValues = publicValues
    self.publicRows = publicRows
    self.label = label
  }
}
