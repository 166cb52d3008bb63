// The kernels over columns of the quintic extension, on every instruction set, against single elements.

import ApusField
import ApusTestSupport
import CApusKernels
import Testing

@Suite struct QuinticKernelTests {
  private static let counts = Array(0...70) + [1000, 1003]

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func combinationsAgree(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let offset = n % 5
      let count = [0, 1, 2, 17, 100][n % 5]
      let columns = (0..<count).map { _ in baseColumn(offset + n, &generator) }
      let coefficients = (0..<count).map { _ in element(&generator) }
      let guarded = columns.map { GuardedColumn(words($0)) }
      let out = QuinticColumn(unwritten: n)
      let inputs = guarded.map { UnsafePointer($0.start) as UnsafePointer<UInt32>? }
      table.quintic_combine(out.outputs, inputs, words(coefficients), count, offset, n)
      withExtendedLifetime(guarded) {}
      let expected = (0..<n).map { i in
        zip(columns, coefficients).reduce(BabyBear5.zero) { $0 + $1.1 * $1.0[offset + i] }
      }
      guard agree(out.elements, expected, "the combination of \(count) columns, \(n) rows on \(isa)") else { return }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func productsAgree(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let (a, b) = (column(n, &generator), column(n, &generator))
      let (x, y, out) = (QuinticColumn(a), QuinticColumn(b), QuinticColumn(unwritten: n))
      table.quintic_mul(out.outputs, x.inputs, y.inputs, n)
      table.quintic_mul(x.outputs, x.inputs, y.inputs, n)
      withExtendedLifetime(y) {}
      let expected = zip(a, b).map { $0 * $1 }
      for (product, place) in [(out, "apart"), (x, "in place")] {
        for (i, (actual, expected)) in zip(product.elements, expected).enumerated() {
          guard agree(actual, expected, "\(a[i]) * \(b[i]), \(place), row \(i) of \(n) on \(isa)") else { return }
        }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func innerProductsAgree(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let offset = n % 5
      let count = [3, 0, 1, 2, 7][n % 5]
      let weights = column(n, &generator)
      let columns = (0..<count).map { _ in baseColumn(offset + n, &generator) }
      let (a, guarded) = (QuinticColumn(weights), columns.map { GuardedColumn(words($0)) })
      let inputs = guarded.map { UnsafePointer($0.start) as UnsafePointer<UInt32>? }
      let sums = GuardedColumn(unwritten: 5 * count, like: UInt32.max)
      table.quintic_dot(sums.start, a.inputs, inputs, count, offset, n)
      withExtendedLifetime((a, guarded)) {}
      let actual = sums.elements("quintic_dot").map(BabyBear.init(montgomery:))
      for (c, column) in columns.enumerated() {
        let expected = zip(weights, column.dropFirst(offset)).reduce(BabyBear5.zero) { $0 + $1.0 * $1.1 }
        guard
          agree(
            BabyBear5(coefficients: Array(actual[5 * c..<5 * c + 5])), expected,
            "the inner product of \(n) rows with column \(c) of \(count) on \(isa)")
        else { return }
      }
    }
  }

  /// Words whose products are largest, of either sign, where words are taken as signed: sums come to their bounds.
  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func sumsOfLargestProductsAgree(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    let half = BabyBear.modulus / 2
    let largest = [0, half, half + 1, BabyBear.modulus - 1].map(BabyBear.init(montgomery:))
    let (n, count) = (600, 17)
    for (x, y) in largest.flatMap({ x in largest.map { (x, $0) } }) {
      let (a, b) = (BabyBear5(x, x, x, x, x), BabyBear5(y, y, y, y, y))
      let call = "words \(x.montgomery) and \(y.montgomery) on \(isa)"
      let factors = QuinticColumn(Array(repeating: a, count: n))
      let others = QuinticColumn(Array(repeating: b, count: n))
      let base = GuardedColumn(Array(repeating: x.montgomery, count: n))
      let columns = Array(repeating: UnsafePointer(base.start) as UnsafePointer<UInt32>?, count: count)
      let out = QuinticColumn(unwritten: n)

      table.quintic_mul(out.outputs, factors.inputs, others.inputs, n)
      guard agree(Set(out.elements), [a * b], "products of \(call)") else { return }
      table.quintic_combine(out.outputs, columns, words(Array(repeating: b, count: count)), count, 0, n)
      guard agree(Set(out.elements), [b * x * BabyBear(count)], "combinations of \(call)") else { return }
      let terms = (0..<count).flatMap { _ in factors.inputs }
      table.quintic_deep(
        out.outputs, others.inputs, terms, words(Array(repeating: b, count: count)), count, words([a]), 0, n)
      let share = (a + a * b * BabyBear(count)) * b
      guard agree(Set(out.elements), [b * x * BabyBear(count) + share], "DEEP shares of \(call)") else { return }
      var sums = [UInt32](repeating: .max, count: 5 * count)
      table.quintic_dot(&sums, others.inputs, columns, count, 0, n)
      let expected = Array(repeating: b * x * BabyBear(n), count: count)
      guard agree(sums, words(expected), "inner products of \(call)") else { return }
      withExtendedLifetime(base) {}
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func inversesOfDifferencesAgree(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let x = baseColumn(n, &generator)
      var z = element(&generator)
      // A point outside the base field; now and then one that has a single coefficient beside the constant.
      if z.isBase || n % 3 == 0 { z = BabyBear5(z.c0, .zero, .zero, .one, .zero) }
      let (points, out) = (GuardedColumn(words(x)), QuinticColumn(unwritten: n))
      let scratch = GuardedColumn(unwritten: 2 * n, like: UInt32.max)
      table.quintic_inverse_of_difference(
        out.outputs, points.start, words([z]), words(z.minimalPolynomial), scratch.start, n)
      withExtendedLifetime(points) {}
      _ = scratch.elements("quintic_inverse_of_difference's scratch")
      for (i, actual) in out.elements.enumerated() {
        let difference = BabyBear5(x[i]) - z
        guard agree(actual * difference, .one, "\(difference) times its inverse, \(n) rows on \(isa)")
        else { return }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func deepSharesAgree(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let offset = n % 4
      let count = n % 6
      let before = column(n, &generator)
      let inverse = column(n, &generator)
      let terms = (0..<count).map { _ in column(offset + n, &generator) }
      let coefficients = (0..<count).map { _ in element(&generator) }
      let constant = element(&generator)
      let (out, weights) = (QuinticColumn(before), QuinticColumn(inverse))
      let guarded = terms.map { QuinticColumn($0) }
      table.quintic_deep(
        out.outputs, weights.inputs, guarded.flatMap(\.inputs), words(coefficients), count, words([constant]), offset,
        n)
      withExtendedLifetime((guarded, weights)) {}
      for (i, actual) in out.elements.enumerated() {
        let sum = zip(terms, coefficients).reduce(constant) { $0 + $1.1 * $1.0[offset + i] }
        guard agree(actual, before[i] + inverse[i] * sum, "row \(i) of \(n), \(count) terms on \(isa)") else { return }
      }
    }
  }

  /// A fold is the value at beta of the polynomial through the fibre's points, by Lagrange's formula.
  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func foldsInterpolateFibres(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    for arityLog in 0...Int(APUS_BABYBEAR_MAX_ARITY_LOG) {
      for rowsLog in [0, 1, 3, 4, 6] {
        let rows = 1 << rowsLog
        for (begin, end) in [(0, rows), (0, rows - 1), (rows / 2, rows), (1, rows / 2)] where begin <= end {
          guard checkFold(table, isa, arityLog: arityLog, rows: rows, begin: begin, end: end) else { return }
        }
      }
    }
  }

  private func checkFold(
    _ table: apus_babybear_kernels, _ isa: InstructionSet, arityLog: Int, rows: Int, begin: Int, end: Int
  ) -> Bool {
    let arity = 1 << arityLog
    var generator = SeededGenerator(seed: UInt64(arityLog << 16 | rows))
    let values = column(arity * rows, &generator)
    let beta = element(&generator)
    let g = BabyBear.rootOfUnity(log: (arity * rows).trailingZeroBitCount)
    let shift = BabyBear.generator
    let inverseX = (0..<rows).map { (shift * g.power($0)).inverse ?? .zero }
    let betas = (0..<arityLog).map { beta.power(1 << $0) }
    let roots = (0..<arityLog).flatMap { t in
      let step = g.power(rows << t).inverse ?? .zero
      return (0..<arity >> (t + 1)).map { step.power($0) }
    }
    let (input, out) = (QuinticColumn(values), QuinticColumn(Array(repeating: beta, count: rows)))
    let points = GuardedColumn(words(inverseX))
    table.quintic_fold(
      out.outputs, input.inputs, points.start, words(betas), words(roots), UInt32(arityLog), rows, begin, end)
    withExtendedLifetime((input, points)) {}

    for (i, actual) in out.elements.enumerated() {
      let call = "row \(i) of \(begin)..<\(end), \(arity) to 1, on \(isa)"
      guard (begin..<end).contains(i) else {
        guard agree(actual, beta, "a row outside the range: \(call)") else { return false }
        continue
      }
      let xs = (0..<arity).map { shift * g.power(i + $0 * rows) }
      var expected = BabyBear5.zero
      for j in 0..<arity {
        var term = values[i + j * rows]
        for k in 0..<arity where k != j {
          guard let inverse = (xs[j] - xs[k]).inverse else { return agree(xs[j], .zero, "two equal points: \(call)") }
          term *= (beta - BabyBear5(xs[k])) * inverse
        }
        expected += term
      }
      guard agree(actual, expected, call) else { return false }
    }
    return true
  }

  private func element(_ generator: inout SeededGenerator) -> BabyBear5 { .random(using: &generator) }
  /// Random elements among which are zero, one and those with coefficients at the modulus's end.
  private func column(_ count: Int, _ generator: inout SeededGenerator) -> [BabyBear5] {
    let last = BabyBear(Int(-1))
    let edges: [BabyBear5] = [.zero, .one, BabyBear5(last, last, last, last, last)]
    return (0..<count).map { i in i % 4 == 3 ? edges.randomElement(using: &generator) ?? .zero : element(&generator) }
  }
  private func baseColumn(_ count: Int, _ generator: inout SeededGenerator) -> [BabyBear] {
    column(count, &generator).map(\.c0)
  }
}

private func words(_ elements: [BabyBear]) -> [UInt32] { elements.map(\.montgomery) }
private func words(_ elements: [BabyBear5]) -> [UInt32] { elements.flatMap { words($0.coefficients) } }

/// Five guarded columns of words as the kernels take them.
private final class QuinticColumn {
  private let limbs: [GuardedColumn<UInt32>]
  private let count: Int

  init(_ elements: [BabyBear5]) {
    count = elements.count
    limbs = (0..<5).map { l in GuardedColumn(elements.map { $0.coefficients[l].montgomery }) }
  }
  convenience init(unwritten count: Int) { self.init(Array(repeating: -BabyBear5.one, count: count)) }

  var inputs: [UnsafePointer<UInt32>?] { limbs.map { UnsafePointer($0.start) } }
  var outputs: [UnsafeMutablePointer<UInt32>?] { limbs.map { $0.start } }
  var elements: [BabyBear5] {
    let read = limbs.map { $0.elements("a quintic kernel") }
    return (0..<count).map { i in BabyBear5(coefficients: read.map { BabyBear(montgomery: $0[i]) }) }
  }
}
