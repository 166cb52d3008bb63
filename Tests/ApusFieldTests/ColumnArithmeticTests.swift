// Arithmetic on columns through an engine, against the same done element by element.

import ApusField
import ApusTestSupport
import Testing

@Suite struct ColumnArithmeticTests {
  /// Rows below, at and above one piece of work; columns few and many.
  private static let shapes = [
    (0, 3), (1, 0), (1, 5), (7, 700), (1000, 5), (4095, 1), (4096, 2), (4097, 2), (9000, 1),
  ]

  @Test(arguments: BaseName.allCases, Engine.allInstructionSets.map(\.instructionSet))
  func columnsAreCombinedElementByElement(field: BaseName, isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 3)
    for (rows, count) in Self.shapes { check(field.type, engine, rows: rows, count: count) }
  }

  @Test(arguments: BaseName.allCases, Tuning.absurd.indices)
  func tuningsChangeNothing(field: BaseName, tuning: Int) throws {
    let engine = try Engine(threads: 3, tuning: Tuning.absurd[tuning])
    for (rows, count) in Self.shapes { check(field.type, engine, rows: rows, count: count) }
  }

  private func check<F: TestedBase>(_: F.Type, _ engine: Engine, rows: Int, count: Int) {
    let shape = "\(F.self), \(rows) rows, \(count) columns on \(engine.instructionSet)"
    let a = columns(F.self, rows, count, seed: 1, engine)
    let b = columns(F.self, rows, count, seed: 2, engine)
    let s = F.generator
    func expect(_ actual: borrowing Columns<F>, _ operation: String, _ expected: (F, F) -> F) {
      guard agree([actual.rows, actual.count], [rows, count], "\(operation), \(shape): the shape") else { return }
      for column in 0..<count {
        for row in 0..<rows {
          let (x, y) = (a[row, column], b[row, column])
          guard
            agree(
              actual[row, column], expected(x, y),
              "\(operation) of \(x) and \(y), row \(row) of column \(column), \(shape)")
          else { return }
        }
      }
    }

    expect(engine.sum(a, b), "sum") { $0 + $1 }
    expect(engine.difference(a, b), "difference") { $0 - $1 }
    expect(engine.product(a, b), "product") { $0 * $1 }
    expect(engine.scaled(a, by: s), "scaled") { x, _ in x * s }
    expectInverses(engine.inverses(of: a), of: a, "inverses, \(shape)")

    var c = engine.scaled(a, by: .one)
    engine.add(b, to: &c)
    expect(c, "add") { $0 + $1 }
    engine.multiply(&c, by: b)
    expect(c, "multiply") { ($0 + $1) * $1 }
    engine.subtract(a, from: &c)
    expect(c, "subtract") { ($0 + $1) * $1 - $0 }
    engine.scale(&c, by: s)
    expect(c, "scale") { (($0 + $1) * $1 - $0) * s }
    engine.addProduct(of: a, and: b, to: &c)
    expect(c, "addProduct") { (($0 + $1) * $1 - $0) * s + $0 * $1 }
    var d = engine.scaled(c, by: .one)
    engine.invert(&d)
    expectInverses(d, of: c, "invert, \(shape)")
  }

  private func expectInverses<F: TestedBase>(
    _ inverses: borrowing Columns<F>, of columns: borrowing Columns<F>, _ call: String
  ) {
    for column in 0..<columns.count {
      for row in 0..<columns.rows {
        let (x, inverse) = (columns[row, column], inverses[row, column])
        let expected = x == .zero ? F.zero : .one
        guard
          agree(x * inverse, expected, "\(x) * \(inverse), row \(row) of column \(column), \(call),"),
          x != .zero || agree(inverse, .zero, "the inverse of zero, row \(row) of column \(column), \(call),")
        else { return }
      }
    }
  }

  /// Random elements, every seventh of them zero.
  private func columns<F: TestedBase>(
    _: F.Type, _ rows: Int, _ count: Int, seed: UInt64, _ engine: Engine
  ) -> Columns<F> {
    var generator = SeededGenerator(seed: seed)
    var result = Columns<F>(rows: rows, count: count, on: engine)
    for column in 0..<count {
      for row in 0..<rows where (row + column) % 7 != 0 { result[row, column] = F.random(using: &generator) }
    }
    return result
  }

  @Test(arguments: BaseName.allCases, Engine.allInstructionSets.map(\.instructionSet))
  func powersAreRunningProducts(field: BaseName, isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 3)
    checkPowers(field.type, engine)
  }

  private func checkPowers<F: TestedBase>(_: F.Type, _ engine: Engine) {
    let ratio = F.rootOfUnity(log: 20)
    for rows in [0, 1, 4096, 4097, 20_000] {
      let powers = engine.powers(of: ratio, from: F.generator, rows: rows)
      #expect(powers.rows == rows && powers.count == 1)
      var expected = F.generator
      for row in 0..<rows {
        guard agree(powers[row, 0], expected, "\(F.self): power \(row) of \(rows) on \(engine.instructionSet)")
        else { return }
        expected = expected * ratio
      }
    }
  }

  /// What processes exit with when columns of different shapes are combined.
  @Test func columnsOfDifferentShapesDoNotCombine() async {
    await #expect(processExitsWith: .failure) {
      let a = Columns<Goldilocks>(rows: 8, count: 2, on: .default)
      let b = Columns<Goldilocks>(rows: 8, count: 3, on: .default)
      _ = Engine.default.sum(a, b)
    }
  }
}
