// The values of a statement's expressions on single rows of a trace.

internal import ApusField

struct RowEvaluator<Element: ProvingField>: Sendable {
  let graph: ConstraintGraph
  let rows: Int
  private let publicValues: [Element]
  private let publicRows: [Int]
  private let points: [Element]

  /// - Precondition: the statement's rows are a power of two.
  init(_ statement: CapturedStatement<Element>) {
    precondition(statement.rows.nonzeroBitCount == 1, "a trace has a power of two of rows, not \(statement.rows)")
    graph = statement.graph
    rows = statement.rows
    publicValues = statement.publicValues
    publicRows = statement.publicRows
    let g = Element.rootOfUnity(log: rows.trailingZeroBitCount)
    var points = [Element.one]
    for _ in 1..<max(1, rows) { points.append(points[points.count - 1] * g) }
    self.points = points
  }

  /// - Precondition: the trace has the statement's rows and columns.
  func cells(of trace: borrowing Columns<Element>) -> TraceCells<Element> {
    precondition(trace.rows == rows && trace.count == graph.columnCount, "the trace is not of the statement's size")
    return TraceCells(trace)
  }

  /// Every node's value on that row, in place of what `values` held.
  func evaluate(row: Int, of cells: TraceCells<Element>, into values: inout [Element]) {
    graph.evaluate(into: &values) { node in
      switch node {
      case .constant(let value): Element(value)
      case .column(let column, let rotation): cells.value((row + rotation) & (rows - 1), column)
      case .publicValue(let index): publicValues[index]
      case .periodic(let index): Element(graph.periodic[index].values[row & (graph.periodic[index].values.count - 1)])
      case .firstRow: row == 0 ? .one : .zero
      case .lastRow: row == rows - 1 ? .one : .zero
      case .publicRow(let index): row == publicRows[index] ? .one : .zero
      case .notFirstRow: points[row] - .one
      case .notLastRow: points[row] - points[rows - 1]
      case .add, .subtract, .multiply: .zero
      }
    }
  }
}

/// Read access to a trace that a closure may capture, as long as the trace is borrowed.
struct TraceCells<Element: ProvingField>: @unchecked Sendable {
  private let columns: [UnsafePointer<Element>]

  init(_ trace: borrowing Columns<Element>) {
    var columns: [UnsafePointer<Element>] = []
    for column in 0..<trace.count { columns.append(UnsafePointer(trace.pointer(column))) }
    self.columns = columns
  }

  func value(_ row: Int, _ column: Int) -> Element { columns[column][row] }
}
