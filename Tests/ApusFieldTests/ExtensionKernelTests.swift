// The kernels over columns of extensions, on every instruction set, against single elements.

import ApusField
import ApusTestSupport
import Testing

@Suite struct ExtensionKernelTests {
  private static let counts = Array(0...70) + [1000, 1003]

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func combinationsAgree(isa: InstructionSet, name: ExtensionName) { combinationsAgree(name.type, isa) }

  private func combinationsAgree<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let offset = n % 5
      let count = [0, 1, 2, 17, 100][n % 5]
      let columns = (0..<count).map { _ in baseColumn(E.self, offset + n, &generator) }
      let coefficients: [E] = (0..<count).map { _ in element(&generator) }
      let guarded = columns.map { GuardedColumn($0) }
      let out = ExtensionColumn<E>(unwritten: n)
      let inputs = guarded.map { UnsafePointer($0.start) as UnsafePointer<E.Base>? }
      kernels.combine(out.outputs, inputs, limbs(coefficients), count, offset, n)
      withExtendedLifetime(guarded) {}
      let expected = (0..<n).map { i in
        zip(columns, coefficients).reduce(E.zero) { $0 + $1.1 * $1.0[offset + i] }
      }
      guard agree(out.elements, expected, "the combination of \(count) columns, \(n) rows on \(isa)") else { return }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func productsAgree(isa: InstructionSet, name: ExtensionName) { productsAgree(name.type, isa) }

  private func productsAgree<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let (a, b): ([E], [E]) = (column(n, &generator), column(n, &generator))
      let (x, y, out) = (ExtensionColumn(a), ExtensionColumn(b), ExtensionColumn<E>(unwritten: n))
      kernels.multiply(out.outputs, x.inputs, y.inputs, n)
      kernels.multiply(x.outputs, x.inputs, y.inputs, n)
      withExtendedLifetime(y) {}
      let expected = zip(a, b).map { $0 * $1 }
      for (product, place) in [(out, "apart"), (x, "in place")] {
        for (i, (actual, expected)) in zip(product.elements, expected).enumerated() {
          guard agree(actual, expected, "\(a[i]) * \(b[i]), \(place), row \(i) of \(n) on \(isa)") else { return }
        }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func innerProductsAgree(isa: InstructionSet, name: ExtensionName) { innerProductsAgree(name.type, isa) }

  private func innerProductsAgree<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let offset = n % 5
      let count = [3, 0, 1, 2, 7][n % 5]
      let weights: [E] = column(n, &generator)
      let columns = (0..<count).map { _ in baseColumn(E.self, offset + n, &generator) }
      let (a, guarded) = (ExtensionColumn(weights), columns.map { GuardedColumn($0) })
      let inputs = guarded.map { UnsafePointer($0.start) as UnsafePointer<E.Base>? }
      let sums = GuardedColumn(unwritten: E.degree * count, like: E.Base.zero - .one)
      kernels.dot(sums.start, a.inputs, inputs, count, offset, n)
      withExtendedLifetime((a, guarded)) {}
      let actual = sums.elements("dot")
      for (c, column) in columns.enumerated() {
        let expected = zip(weights, column.dropFirst(offset)).reduce(E.zero) { $0 + $1.0 * $1.1 }
        guard
          agree(
            E(coefficients: Array(actual[E.degree * c..<E.degree * (c + 1)])), expected,
            "the inner product of \(n) rows with column \(c) of \(count) on \(isa)")
        else { return }
      }
    }
  }

  /// Words whose products are largest, of either sign, where words are taken as signed: sums come to their bounds.
  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func sumsOfLargestProductsAgree(isa: InstructionSet, name: ExtensionName) {
    sumsOfLargestProductsAgree(name.type, isa)
  }

  private func sumsOfLargestProductsAgree<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    let largest = E.largestWords
    let (n, count) = (600, 17)
    for (x, y) in largest.flatMap({ x in largest.map { (x, $0) } }) {
      let a = E(coefficients: Array(repeating: x, count: E.degree))
      let b = E(coefficients: Array(repeating: y, count: E.degree))
      let call = "words of \(x) and \(y) on \(isa)"
      let factors = ExtensionColumn(Array(repeating: a, count: n))
      let others = ExtensionColumn(Array(repeating: b, count: n))
      let base = GuardedColumn(Array(repeating: x, count: n))
      let columns = Array(repeating: UnsafePointer(base.start) as UnsafePointer<E.Base>?, count: count)
      let out = ExtensionColumn<E>(unwritten: n)

      kernels.multiply(out.outputs, factors.inputs, others.inputs, n)
      guard agree(Set(out.elements), [a * b], "products of \(call)") else { return }
      kernels.combine(out.outputs, columns, limbs(Array(repeating: b, count: count)), count, 0, n)
      guard agree(Set(out.elements), [b * x * E.Base(UInt64(count))], "combinations of \(call)") else { return }
      let terms = (0..<count).flatMap { _ in factors.inputs }
      kernels.deep(
        out.outputs, others.inputs, terms, limbs(Array(repeating: b, count: count)), count, a.coefficients, 0, n)
      let share = (a + a * b * E.Base(UInt64(count))) * b
      guard agree(Set(out.elements), [b * x * E.Base(UInt64(count)) + share], "DEEP shares of \(call)") else { return }
      var sums = [E.Base](repeating: .one, count: E.degree * count)
      kernels.dot(&sums, others.inputs, columns, count, 0, n)
      let expected = Array(repeating: b * x * E.Base(UInt64(n)), count: count)
      guard agree(sums, limbs(expected), "inner products of \(call)") else { return }
      withExtendedLifetime(base) {}
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func inversesOfDifferencesAgree(isa: InstructionSet, name: ExtensionName) {
    inversesOfDifferencesAgree(name.type, isa)
  }

  private func inversesOfDifferencesAgree<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let x = baseColumn(E.self, n, &generator)
      var z: E = element(&generator)
      // A point outside the base field; now and then one that has a single coefficient beside the constant.
      if z.isBase || n % 3 == 0 { z = z.sparse }
      let (points, out) = (GuardedColumn(x), ExtensionColumn<E>(unwritten: n))
      let scratch = GuardedColumn(unwritten: 2 * n, like: E.Base.zero - .one)
      kernels.inverseOfDifference(
        out.outputs, points.start, z.coefficients, z.minimalPolynomial, scratch.start, n)
      withExtendedLifetime(points) {}
      _ = scratch.elements("inverseOfDifference's scratch")
      for (i, actual) in out.elements.enumerated() {
        let difference = E(x[i]) - z
        guard agree(actual * difference, .one, "\(difference) times its inverse, \(n) rows on \(isa)")
        else { return }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func deepSharesAgree(isa: InstructionSet, name: ExtensionName) { deepSharesAgree(name.type, isa) }

  private func deepSharesAgree<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    for n in Self.counts {
      var generator = SeededGenerator(seed: UInt64(n))
      let offset = n % 4
      let count = n % 6
      let before: [E] = column(n, &generator)
      let inverse: [E] = column(n, &generator)
      let terms: [[E]] = (0..<count).map { _ in column(offset + n, &generator) }
      let coefficients: [E] = (0..<count).map { _ in element(&generator) }
      let constant: E = element(&generator)
      let (out, weights) = (ExtensionColumn(before), ExtensionColumn(inverse))
      let guarded = terms.map { ExtensionColumn($0) }
      kernels.deep(
        out.outputs, weights.inputs, guarded.flatMap(\.inputs), limbs(coefficients), count, constant.coefficients,
        offset,
        n)
      withExtendedLifetime((guarded, weights)) {}
      for (i, actual) in out.elements.enumerated() {
        let sum = zip(terms, coefficients).reduce(constant) { $0 + $1.1 * $1.0[offset + i] }
        guard agree(actual, before[i] + inverse[i] * sum, "row \(i) of \(n), \(count) terms on \(isa)") else { return }
      }
    }
  }

  /// A fold is the value at beta of the polynomial through the fibre's points, by Lagrange's formula.
  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), ExtensionName.allCases)
  func foldsInterpolateFibres(isa: InstructionSet, name: ExtensionName) { foldsInterpolateFibres(name.type, isa) }

  private func foldsInterpolateFibres<E: TestedExtension>(_ field: E.Type, _ isa: InstructionSet) {
    let kernels = E.extensionKernels(for: isa)
    for arityLog in 0...4 {
      for rowsLog in [0, 1, 3, 4, 6] {
        let rows = 1 << rowsLog
        for (begin, end) in [(0, rows), (0, rows - 1), (rows / 2, rows), (1, rows / 2)] where begin <= end {
          guard checkFold(kernels, isa, arityLog: arityLog, rows: rows, begin: begin, end: end) else { return }
        }
      }
    }
  }

  private func checkFold<E: TestedExtension>(
    _ kernels: ExtensionKernels<E>, _ isa: InstructionSet, arityLog: Int, rows: Int, begin: Int, end: Int
  ) -> Bool {
    let arity = 1 << arityLog
    var generator = SeededGenerator(seed: UInt64(arityLog << 16 | rows))
    let values: [E] = column(arity * rows, &generator)
    let beta: E = element(&generator)
    let g = E.Base.rootOfUnity(log: (arity * rows).trailingZeroBitCount)
    let shift = E.Base.generator
    let inverseX = (0..<rows).map { (shift * g.power($0)).inverse ?? .zero }
    let betas = (0..<arityLog).map { beta.power(1 << $0) }
    let roots = (0..<arityLog).flatMap { t in
      let step = g.power(rows << t).inverse ?? .zero
      return (0..<arity >> (t + 1)).map { step.power($0) }
    }
    let (input, out) = (ExtensionColumn(values), ExtensionColumn(Array(repeating: beta, count: rows)))
    let points = GuardedColumn(inverseX)
    kernels.fold(
      out.outputs, input.inputs, points.start, limbs(betas), roots, arityLog, rows, begin..<end)
    withExtendedLifetime((input, points)) {}

    for (i, actual) in out.elements.enumerated() {
      let call = "row \(i) of \(begin)..<\(end), \(arity) to 1, on \(isa)"
      guard (begin..<end).contains(i) else {
        guard agree(actual, beta, "a row outside the range: \(call)") else { return false }
        continue
      }
      let xs = (0..<arity).map { shift * g.power(i + $0 * rows) }
      var expected = E.zero
      for j in 0..<arity {
        var term = values[i + j * rows]
        for k in 0..<arity where k != j {
          guard let inverse = (xs[j] - xs[k]).inverse else { return agree(xs[j], .zero, "two equal points: \(call)") }
          term *= (beta - E(xs[k])) * inverse
        }
        expected += term
      }
      guard agree(actual, expected, call) else { return false }
    }
    return true
  }

  private func element<E: TestedExtension>(_ generator: inout SeededGenerator) -> E {
    E { _ in E.Base(UInt64.random(in: 0..<E.Base.order, using: &generator)) }
  }
  /// Random elements among which are zero, one and those with coefficients at the modulus's end.
  private func column<E: TestedExtension>(_ count: Int, _ generator: inout SeededGenerator) -> [E] {
    let edges: [E] = [.zero, .one, E(coefficients: Array(repeating: .zero - .one, count: E.degree))]
    return (0..<count).map { i in i % 4 == 3 ? edges.randomElement(using: &generator) ?? .zero : element(&generator) }
  }
  private func baseColumn<E: TestedExtension>(
    _ field: E.Type, _ count: Int, _ generator: inout SeededGenerator
  ) -> [E.Base] {
    let column: [E] = column(count, &generator)
    return column.map { $0.coefficients[0] }
  }
}

/// `degree` guarded columns as the kernels take them.
private final class ExtensionColumn<E: TestedExtension> {
  private let limbs: [GuardedColumn<E.Base>]
  private let count: Int

  init(_ elements: [E]) {
    count = elements.count
    limbs = (0..<E.degree).map { l in GuardedColumn(elements.map { $0.coefficients[l] }) }
  }
  convenience init(unwritten count: Int) { self.init(Array(repeating: .zero - .one, count: count)) }

  var inputs: [UnsafePointer<E.Base>?] { limbs.map { UnsafePointer($0.start) } }
  var outputs: [UnsafeMutablePointer<E.Base>?] { limbs.map { $0.start } }
  var elements: [E] {
    let read = limbs.map { $0.elements("an extension's kernel") }
    return (0..<count).map { i in E(coefficients: read.map { $0[i] }) }
  }
}
