// Which constraint a trace breaks, and where: for whoever writes a statement, and for a prover that was handed a trace
// that cannot be proven.

public import ApusField

/// A constraint that does not hold on a row of a trace.
public struct Violation: Error, Hashable, CustomStringConvertible, Sendable {
  public let constraint: String
  public let row: Int

  package init(constraint: String, row: Int) {
    self.constraint = constraint
    self.row = row
  }

  public var description: String { "constraint \"\(constraint)\" does not hold on row \(row)" }
}

/// Evaluates a statement's constraints row by row over the trace itself.
public struct RowChecker<Element: ProvingField> {
  private let graph: ConstraintGraph
  private let rows: Int
  private let publicValues: [Element]
  private let publicRows: [Int]
  private let points: [Element]

  /// - Precondition: the statement's rows are a power of two.
  public init<S: Statement>(_ statement: S) where S.Element == Element { self.init(CapturedStatement(statement)) }

  /// - Precondition: the statement's rows are a power of two.
  package init(_ statement: CapturedStatement<Element>) {
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

  // Copies for single elements' arithmetic, as in `Prover`.

  /// The constraints that fail on one row.
  ///
  /// - Precondition: the trace has the statement's rows and columns.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func violations(row: Int, in trace: borrowing Columns<Element>) -> [Violation] {
    precondition(trace.rows == rows && trace.count == graph.columnCount, "the trace is not of the statement's size")
    precondition((0..<rows).contains(row), "no such row")
    let cells = TraceCells(trace)
    let values: [Element] = graph.constraintValues { node in
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
    return zip(graph.constraints, values).filter { $0.1 != .zero }
      .map { Violation(constraint: $0.0.name, row: row) }
  }

  /// The first violation of the whole trace, or `nil` if it satisfies every constraint.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func firstViolation(in trace: borrowing Columns<Element>) -> Violation? {
    for row in 0..<rows {
      if let found = violations(row: row, in: trace).first { return found }
    }
    return nil
  }

  /// How often each constraint fails over the whole trace.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func violationCounts(in trace: borrowing Columns<Element>) -> [String: Int] {
    var counts: [String: Int] = [:]
    for row in 0..<rows {
      for violation in violations(row: row, in: trace) { counts[violation.constraint, default: 0] += 1 }
    }
    return counts
  }
}

/// Read access to a trace that a closure may capture.
private struct TraceCells<Element: ProvingField> {
  let columns: [UnsafePointer<Element>]

  init(_ trace: borrowing Columns<Element>) {
    var columns: [UnsafePointer<Element>] = []
    for column in 0..<trace.count { columns.append(UnsafePointer(trace.pointer(column))) }
    self.columns = columns
  }

  func value(_ row: Int, _ column: Int) -> Element { columns[column][row] }
}
