// The bytecode over blocks of rows against the graph, point by point.

import ApusField
import ApusSTARK
import ApusTestSupport
import Testing

@Suite struct QuotientEvaluationTests {
  @Test(arguments: Engine.allInstructionSets, [32, 64, 128, 256, 1024])
  func bytecodeAgreesWithTheGraph(engine: Engine, rows: Int) throws {
    for exponent in [2, 3, 5] { try check(Walk(rows: rows, exponent: exponent, at: rows - 2), engine) }
    try check(Doubling(rows: rows), engine)
    try check(Carousel(rows: rows), engine)
  }

  /// On columns that are random on each coset: the evaluator does not care whether they are polynomials.
  private func check<S: Provable>(_ statement: S, _ engine: Engine) throws where S.Element == BabyBear {
    let stages = try ProverStages<BabyBear5>(statement, preset: .proven100, hash: .blake3, on: engine)
    let (shape, domain) = (stages.shape, EvaluationDomain<BabyBear>(shape: stages.shape))
    var generator = SeededGenerator(seed: UInt64(shape.rows))
    let columns = CosetColumns<BabyBear>(
      uninitialized: shape.rows, count: shape.columnCount, cosets: shape.blowup, on: engine)
    for coset in 0..<shape.blowup {
      for column in 0..<shape.columnCount {
        for row in 0..<shape.rows { columns.pointer(column, coset: coset)[row] = .random(using: &generator) }
      }
    }
    let alpha = BabyBear5.random(using: &generator)
    for coset in [0, shape.blowup - 1] {
      let values = stages.quotientValues(coset: coset, of: columns, alpha: alpha)
      for row in sample(shape.rows) {
        let x = domain.point(at: coset * shape.rows + row)
        let leaves = NaiveLeaves(
          statement: statement, periodic: stages.statement.graph.periodic.map { $0.values.map { BabyBear($0) } }, x: x)
        let constraints: [BabyBear] = stages.statement.graph.constraintValues { node in
          if case .column(let column, let rotation) = node {
            let rotated = ((row + rotation) % shape.rows + shape.rows) % shape.rows
            return columns[coset: coset, row: rotated, column: column]
          }
          return leaves.value(node)
        }
        let composed = constraints.reversed().reduce(BabyBear5.zero) { $0 * alpha + BabyBear5($1) }
        let expected = composed * (x.power(shape.rows) - .one).inverse!
        let found = BabyBear5(coefficients: (0..<5).map { values[row, $0] })
        #expect(found == expected, "\(type(of: statement)), \(engine.instructionSet), row \(row) of coset \(coset)")
      }
    }
  }

  /// The ends, where rotations wrap around, and rows at the edges of blocks.
  private func sample(_ rows: Int) -> [Int] {
    let edges = [0, 1, 2, 3, 4, 5, 31, 32, 127, 128, 129, rows / 2].filter { $0 < rows }
    return edges + (1...6).map { rows - $0 }
  }
}

/// Leaves of a graph at a point, each by its definition as a polynomial.
struct NaiveLeaves<S: Statement> where S.Element == BabyBear {
  let statement: S
  let periodic: [[BabyBear]]
  let x: BabyBear

  func value(_ node: ConstraintNode) -> BabyBear {
    let last = BabyBear.rootOfUnity(log: statement.rows.trailingZeroBitCount).power(statement.rows - 1)
    return switch node {
    case .constant(let value): BabyBear(value)
    case .publicValue(let index): statement.publicValues[index]
    case .periodic(let index): interpolated(periodic[index], at: x.power(statement.rows / periodic[index].count))
    case .firstRow: selector(0)
    case .lastRow: selector(statement.rows - 1)
    case .publicRow(let index): selector(statement.publicRows[index])
    case .notFirstRow: x - .one
    case .notLastRow: x - last
    case .column, .add, .subtract, .multiply: preconditionFailure("not a leaf that the point alone determines")
    }
  }

  private func selector(_ row: Int) -> BabyBear {
    interpolated((0..<statement.rows).map { $0 == row ? .one : .zero }, at: x)
  }

  /// Lagrange's formula over a subgroup: the i-th basis polynomial is (y^n - 1) / n · g^i / (y - g^i).
  private func interpolated(_ values: [BabyBear], at y: BabyBear) -> BabyBear {
    let g = BabyBear.rootOfUnity(log: values.count.trailingZeroBitCount)
    var sum = BabyBear.zero
    var point = BabyBear.one
    for value in values {
      if value != .zero { sum += value * point * (y - point).inverse! }
      point *= g
    }
    return sum * (y.power(values.count) - .one) * BabyBear(values.count).inverse!
  }
}
