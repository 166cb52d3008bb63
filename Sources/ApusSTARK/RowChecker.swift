// Which constraint a trace breaks, and where: for whoever writes a statement, and for a prover that was handed a trace
// that cannot be proven.

public import ApusField

/// Evaluates a statement's constraints row by row over the trace itself.
public struct RowChecker<Element: ProvingField> {
  private let evaluator: RowEvaluator<Element>
  private let constraintNodes: [Int]

  /// - Precondition: the statement's rows are a power of two.
  public init<S: Statement>(_ statement: S) where S.Element == Element { self.init(CapturedStatement(statement)) }

  /// - Precondition: the statement's rows are a power of two.
  package init(_ statement: CapturedStatement<Element>) { self.init(RowEvaluator(statement)) }

  init(_ evaluator: RowEvaluator<Element>) {
    self.evaluator = evaluator
    constraintNodes = evaluator.graph.constraints.map(\.node)
  }

  // Copies for single elements' arithmetic, as in `Prover`.

  /// The constraints that fail on one row.
  ///
  /// - Precondition: the trace has the statement's rows and columns.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func violations(row: Int, in trace: borrowing Columns<Element>) -> [Violation] {
    precondition((0..<evaluator.rows).contains(row), "no such row")
    var values: [Element] = []
    evaluator.evaluate(row: row, of: evaluator.cells(of: trace), into: &values)
    return constraintNodes.indices.filter { values[constraintNodes[$0]] != .zero }
      .map { violation(of: $0, row: row, values) }
  }

  /// The first violation of the whole trace, or `nil` if it satisfies every constraint.
  ///
  /// - Precondition: the trace has the statement's rows and columns.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func firstViolation(in trace: borrowing Columns<Element>) -> Violation? {
    let cells = evaluator.cells(of: trace)
    var values: [Element] = []
    for row in 0..<evaluator.rows {
      evaluator.evaluate(row: row, of: cells, into: &values)
      if let broken = constraintNodes.firstIndex(where: { values[$0] != .zero }) {
        return violation(of: broken, row: row, values)
      }
    }
    return nil
  }

  /// How often each constraint fails over the whole trace.
  ///
  /// - Precondition: the trace has the statement's rows and columns.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func violationCounts(in trace: borrowing Columns<Element>) -> [String: Int] {
    let cells = evaluator.cells(of: trace)
    var values: [Element] = []
    var counts: [String: Int] = [:]
    for row in 0..<evaluator.rows {
      evaluator.evaluate(row: row, of: cells, into: &values)
      for (constraint, node) in constraintNodes.enumerated() where values[node] != .zero {
        counts[evaluator.graph.constraints[constraint].name, default: 0] += 1
      }
    }
    return counts
  }

  private func violation(of constraint: Int, row: Int, _ values: [Element]) -> Violation {
    let graph = evaluator.graph
    let broken = graph.constraints[constraint]
    let (left, right) = graph.sides(of: broken)
    return Violation(
      constraint: broken.name, row: row, left: values[left].canonical, right: right.map { values[$0].canonical } ?? 0,
      cells: graph.readings(of: broken).map {
        Violation.Cell(graph.columnNames[$0.column], rotation: $0.rotation, values[$0.node].canonical)
      })
  }
}
