// Arithmetic on columns of the quintic extension through an engine, against the same done element by element.

import ApusField
import ApusTestSupport
import Testing

@Suite struct QuinticColumnTests {
  /// Rows below, at and above what goes to a thread at a time; columns none, few and many.
  private static let shapes = [(0, 2), (1, 0), (1, 1), (7, 30), (4096, 2), (4097, 9), (9000, 1)]

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func columnsAreCombinedElementByElement(isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 3)
    for (rows, count) in Self.shapes {
      let shape = "\(rows) rows, \(count) columns on \(isa)"
      let a = columns(rows, 5 * count, seed: 1, engine)
      let b = columns(rows, 5 * count, seed: 2, engine)
      let product = engine.quinticProduct(a, b)
      guard agree([product.rows, product.count], [rows, 5 * count], "the shape of a product, \(shape)") else { return }
      for (row, column) in (0..<rows).flatMap({ row in (0..<count).map { (row, $0) } }) {
        let expected = element(a, row, column) * element(b, row, column)
        guard agree(element(product, row, column), expected, "row \(row) of a product, \(shape)") else { return }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func combinationsAndInnerProductsAreSumsOfProducts(isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 3)
    for (rows, count) in Self.shapes {
      let shape = "\(rows) rows, \(count) columns on \(isa)"
      let base = columns(rows, count, seed: 3, engine)
      var generator = SeededGenerator(seed: 4)
      let coefficients = (0..<count).map { _ in BabyBear5.random(using: &generator) }
      let combination = engine.combination(of: base, coefficients: coefficients)
      guard agree([combination.rows, combination.count], [rows, 5], "the shape of a combination, \(shape)")
      else { return }
      for row in 0..<rows {
        let expected = (0..<count).reduce(BabyBear5.zero) { $0 + coefficients[$1] * base[row, $1] }
        guard agree(element(combination, row, 0), expected, "row \(row) of a combination, \(shape)") else { return }
      }

      let weights = columns(rows, 5, seed: 5, engine)
      let products = engine.innerProducts(of: base, weights: weights)
      let expected = (0..<count).map { column in
        (0..<rows).reduce(BabyBear5.zero) { $0 + element(weights, $1, 0) * base[$1, column] }
      }
      guard agree(products, expected, "inner products, \(shape)") else { return }
    }
  }

  /// What processes exit with when five columns do not go into the columns that there are.
  @Test func columnsOfNoExtensionDoNotMultiply() async {
    await #expect(processExitsWith: .failure) {
      let a = Columns<BabyBear>(rows: 8, count: 4, on: .default)
      _ = Engine.default.quinticProduct(a, a)
    }
  }

  private func element(_ columns: borrowing Columns<BabyBear>, _ row: Int, _ column: Int) -> BabyBear5 {
    var coefficients: [BabyBear] = []
    for limb in 0..<5 { coefficients.append(columns[row, 5 * column + limb]) }
    return BabyBear5(coefficients: coefficients)
  }

  private func columns(_ rows: Int, _ count: Int, seed: UInt64, _ engine: Engine) -> Columns<BabyBear> {
    var generator = SeededGenerator(seed: seed)
    var result = Columns<BabyBear>(rows: rows, count: count, on: engine)
    for column in 0..<count {
      for row in 0..<rows where (row + column) % 7 != 0 { result[row, column] = .random(using: &generator) }
    }
    return result
  }
}
