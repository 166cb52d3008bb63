// Matrix products, on every instruction set, against sums of products of single elements, which other tests hold
// against GMP.

import ApusField
import ApusTestSupport
import Testing

@Suite struct MatrixTests {
  /// Rows, terms and columns: none, one, parts of tiles and vectors, and more than a block of each.
  private static let shapes = [
    (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (5, 7, 3), (16, 8, 4), (17, 9, 5), (33, 15, 16), (64, 16, 31),
    (70, 257, 6), (9, 520, 11), (1100, 3, 5), (65, 4, 257),
  ]

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func productsAreSumsOfProducts(isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 3)
    for (rows, terms, count) in Self.shapes {
      let a = matrix(rows, terms, seed: 1, engine)
      let b = matrix(terms, count, seed: 2, engine)
      let product = engine.matrixProduct(a, b)
      let shape = "\(rows) x \(terms) times \(terms) x \(count) on \(isa)"
      guard agree([product.rows, product.count], [rows, count], "the shape of \(shape)") else { return }
      for column in 0..<count {
        for row in 0..<rows {
          let expected = (0..<terms).reduce(BabyBear.zero) { $0 + a[row, $1] * b[$1, column] }
          guard agree(product[row, column], expected, "entry (\(row), \(column)) of \(shape)") else { return }
        }
      }
    }
  }

  /// Words that are largest, of either sign, where they are taken as signed: sums come to their bounds.
  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func sumsOfLargestProductsAgree(isa: InstructionSet) throws {
    let engine = try Engine(instructionSet: isa, threads: 1)
    let half = BabyBear.modulus / 2
    let words = [0, half, half + 1, BabyBear.modulus - 1].map(BabyBear.init(montgomery:))
    for (x, y) in words.flatMap({ x in words.map { (x, $0) } }) {
      var a = Columns<BabyBear>(rows: 5, count: 300, on: engine)
      var b = Columns<BabyBear>(rows: 300, count: 3, on: engine)
      for term in 0..<300 {
        for row in 0..<5 { a[row, term] = x }
        for column in 0..<3 { b[term, column] = y }
      }
      let product = engine.matrixProduct(a, b)
      for (row, column) in (0..<5).flatMap({ row in (0..<3).map { (row, $0) } }) {
        let call = "300 products of words \(x.montgomery) and \(y.montgomery) on \(isa)"
        guard agree(product[row, column], x * y * BabyBear(300), call) else { return }
      }
    }
  }

  /// What processes exit with when the factors' sizes do not meet.
  @Test func factorsOfOtherSizesDoNotMultiply() async {
    await #expect(processExitsWith: .failure) {
      let a = Columns<BabyBear>(rows: 4, count: 3, on: .default)
      let b = Columns<BabyBear>(rows: 4, count: 3, on: .default)
      _ = Engine.default.matrixProduct(a, b)
    }
  }

  /// Random elements, among them zeros and ends of the range.
  private func matrix(_ rows: Int, _ count: Int, seed: UInt64, _ engine: Engine) -> Columns<BabyBear> {
    var generator = SeededGenerator(seed: seed << 32 | UInt64(rows << 16 | count))
    let edges: [BabyBear] = [.zero, .one, -.one, BabyBear(montgomery: BabyBear.modulus / 2)]
    var result = Columns<BabyBear>(rows: rows, count: count, on: engine)
    for column in 0..<count {
      for row in 0..<rows {
        result[row, column] =
          Int.random(in: 0..<4, using: &generator) == 0
          ? edges.randomElement(using: &generator) ?? .zero : .random(using: &generator)
      }
    }
    return result
  }
}
