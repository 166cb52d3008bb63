// Arithmetic on columns of extensions through an engine, against the same done element by element.

import ApusField
import ApusTestSupport
import Testing

@Suite struct ExtensionColumnTests {
  /// Rows below, at and above what goes to a thread at a time; columns none, few and many.
  private static let shapes = [(0, 2), (1, 0), (1, 1), (7, 30), (4096, 2), (4097, 9), (9000, 1)]

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func columnsAreCombinedElementByElement(isa: InstructionSet, name: ExtensionName) throws {
    try columnsAreCombinedElementByElement(name.type, isa)
  }

  private func columnsAreCombinedElementByElement<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 3)
    for (rows, count) in Self.shapes {
      let shape = "\(rows) rows, \(count) columns on \(isa)"
      let a: Columns<E.Base> = columns(rows, E.degree * count, seed: 1, engine)
      let b: Columns<E.Base> = columns(rows, E.degree * count, seed: 2, engine)
      let product = engine.product(a, b, over: E.self)
      guard agree([product.rows, product.count], [rows, E.degree * count], "the shape of a product, \(shape)") else {
        return
      }
      for (row, column) in (0..<rows).flatMap({ row in (0..<count).map { (row, $0) } }) {
        let expected: E = element(a, row, column) * element(b, row, column)
        guard agree(element(product, row, column), expected, "row \(row) of a product, \(shape)") else { return }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func combinationsAndInnerProductsAreSumsOfProducts(isa: InstructionSet, name: ExtensionName) throws {
    try combinationsAndInnerProductsAreSumsOfProducts(name.type, isa)
  }

  private func combinationsAndInnerProductsAreSumsOfProducts<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet)
    throws
  {
    let engine = try Engine(instructionSet: isa, threads: 3)
    for (rows, count) in Self.shapes {
      let shape = "\(rows) rows, \(count) columns on \(isa)"
      let base: Columns<E.Base> = columns(rows, count, seed: 3, engine)
      var generator = SeededGenerator(seed: 4)
      let coefficients = (0..<count).map { _ in
        E { _ in E.Base(UInt64.random(in: 0..<E.Base.order, using: &generator)) }
      }
      let combination = engine.combination(of: base, coefficients: coefficients)
      guard agree([combination.rows, combination.count], [rows, E.degree], "the shape of a combination, \(shape)")
      else { return }
      for row in 0..<rows {
        let expected = (0..<count).reduce(E.zero) { $0 + coefficients[$1] * base[row, $1] }
        guard agree(element(combination, row, 0), expected, "row \(row) of a combination, \(shape)") else { return }
      }

      let weights: Columns<E.Base> = columns(rows, E.degree, seed: 5, engine)
      let products = engine.innerProducts(of: base, weights: weights, over: E.self)
      let expected = (0..<count).map { column in
        (0..<rows).reduce(E.zero) { $0 + element(weights, $1, 0) * base[$1, column] }
      }
      guard agree(products, expected, "inner products, \(shape)") else { return }
    }
  }

  /// What processes exit with when five columns do not go into the columns that there are.
  @Test func columnsOfNoExtensionDoNotMultiply() async {
    await #expect(processExitsWith: .failure) {
      let a = Columns<BabyBear>(rows: 8, count: 4, on: .default)
      _ = Engine.default.product(a, a, over: BabyBear5.self)
    }
  }

  private func element<E: TestedExtension>(
    _ columns: borrowing Columns<E.Base>, _ row: Int, _ column: Int
  ) -> E {
    var coefficients: [E.Base] = []
    for limb in 0..<E.degree { coefficients.append(columns[row, E.degree * column + limb]) }
    return E(coefficients: coefficients)
  }

  private func columns<F: ColumnField>(_ rows: Int, _ count: Int, seed: UInt64, _ engine: Engine) -> Columns<F> {
    var generator = SeededGenerator(seed: seed)
    var result = Columns<F>(rows: rows, count: count, on: engine)
    for column in 0..<count {
      for row in 0..<rows where (row + column) % 7 != 0 {
        result[row, column] = F(UInt64.random(in: 0..<F.order, using: &generator))
      }
    }
    return result
  }
}
