// The element-wise kernels of both fields, on every instruction set, against GMP.

import ApusField
import ApusTestSupport
import CApusKernels
import Testing

@Suite struct ColumnKernelTests {
  /// Every remainder of every vector width, columns of many vectors with and without a rest, and one of several blocks.
  private static let counts = Array(0...70) + [1000, 1003, 1024, 8229]

  @Test(arguments: BaseName.allCases, Engine.allInstructionSets.map(\.instructionSet))
  func kernelsAgreeWithGMP(field: BaseName, isa: InstructionSet) {
    for count in Self.counts { guard check(field.type, isa, count) else { return } }
  }

  private func check<F: TestedBase>(_: F.Type, _ isa: InstructionSet, _ count: Int) -> Bool {
    let kernels = F.columnKernels(for: isa)
    let (a, b, c) = (column(F.self, count, seed: 1), column(F.self, count, seed: 2), column(F.self, count, seed: 3))
    let (x, y, z) = (GuardedColumn(a), GuardedColumn(b), GuardedColumn(c))
    let s = column(F.self, 1, seed: UInt64(count))[0]
    let oracle = F.oracle
    let p = GMPInteger(oracle.modulus)
    let sums = zip(a, b).map { oracle.sum($0.words, $1.words) }
    let differences = zip(a, b).map { oracle.difference($0.words, $1.words) }
    let products = zip(a, b).map { oracle.product($0.words, $1.words) }
    let inverses = a.map { [GMPInteger($0.word).inverse(modulo: p)?.uint64 ?? 0] }

    let cases: [(name: String, expected: [[UInt64]], run: (GuardedColumn<F>, GuardedColumn<F>) -> Void)] = [
      ("add", sums, { kernels.add($0.start, $1.start, y.start, count) }),
      ("subtract", differences, { kernels.subtract($0.start, $1.start, y.start, count) }),
      ("multiply", products, { kernels.multiply($0.start, $1.start, y.start, count) }),
      ("scale by \(s)", a.map { oracle.product($0.words, s.words) }, { kernels.scale($0.start, $1.start, s, count) }),
      (
        "multiplyAdd", zip(products, c).map { oracle.sum($0, $1.words) },
        { kernels.multiplyAdd($0.start, $1.start, y.start, z.start, count) }
      ),
      (
        "invert", inverses,
        {
          let scratch = GuardedColumn(unwritten: count, like: s)
          kernels.invert($0.start, $1.start, scratch.start, count)
          _ = scratch.elements("invert's scratch")
        }
      ),
    ]
    for (name, expected, run) in cases {
      let apart = GuardedColumn(unwritten: count, like: s)
      run(apart, x)
      let inPlace = GuardedColumn(a)
      run(inPlace, inPlace)
      for (out, place) in [(apart, "apart"), (inPlace, "in place")] {
        let call = "\(F.self) \(name), \(place), \(count) elements on \(isa)"
        for (i, (actual, expected)) in zip(out.elements(call), expected).enumerated() {
          guard agree(actual.words, expected, "\(call): element \(i) of \(a[i]), \(b[i]), \(c[i])")
          else { return false }
        }
      }
    }
    withExtendedLifetime(z) {}
    return agree(x.elements("a kernel"), a, "\(F.self), \(count) elements on \(isa): the first input afterwards")
      && agree(y.elements("a kernel"), b, "\(F.self), \(count) elements on \(isa): the second input afterwards")
  }

  /// Edge words in an order that depends on the seed, then random ones; short columns get some of each.
  private func column<F: TestedBase>(_: F.Type, _ count: Int, seed: UInt64) -> [F] {
    var generator = SeededGenerator(seed: seed << 16 | UInt64(count))
    let edges = edgeWords(modulus: F.oracle.modulus)
    return (0..<count).map { _ in
      Bool.random(using: &generator) ? F(edges.randomElement(using: &generator) ?? 0) : F.random(using: &generator)
    }
  }

  @Test(arguments: BaseName.allCases, Engine.allInstructionSets.map(\.instructionSet))
  func edgeWordsAgreeWithSingleElements(field: BaseName, isa: InstructionSet) { checkEdges(field.type, isa) }

  /// Every edge word with every other, against single elements, which ``FieldArithmeticTests`` compare with GMP.
  private func checkEdges<F: TestedBase>(_: F.Type, _ isa: InstructionSet) {
    let edges = edgeWords(modulus: F.oracle.modulus).map { F($0) }
    let count = edges.count
    let kernels = F.columnKernels(for: isa)
    let (sums, differences, products) = (GuardedColumn(edges), GuardedColumn(edges), GuardedColumn(edges))
    let b = GuardedColumn(edges)
    for a in edges {
      let repeated = GuardedColumn(Array(repeating: a, count: count))
      kernels.add(sums.start, repeated.start, b.start, count)
      kernels.subtract(differences.start, repeated.start, b.start, count)
      kernels.scale(products.start, b.start, a, count)
      withExtendedLifetime((repeated, b)) {}
      let (sum, difference) = (sums.elements("add"), differences.elements("subtract"))
      let product = products.elements("scale")
      for (i, b) in edges.enumerated() {
        guard
          agree(sum[i].words, (a + b).words, "\(F.self): \(a) + \(b) on \(isa)"),
          agree(difference[i].words, (a - b).words, "\(F.self): \(a) - \(b) on \(isa)"),
          agree(product[i].words, (a * b).words, "\(F.self): \(a) * \(b) on \(isa)")
        else { return }
      }
    }
  }

  @Test(arguments: BaseName.allCases, Engine.allInstructionSets.map(\.instructionSet))
  func powersAgreeWithGMP(field: BaseName, isa: InstructionSet) { checkPowers(field.type, isa) }

  private func checkPowers<F: TestedBase>(_: F.Type, _ isa: InstructionSet) {
    let kernels = F.columnKernels(for: isa)
    var generator = SeededGenerator(seed: 4)
    let ratios = [F.zero, .one, -.one, F.generator, F.random(using: &generator)]
    for count in Self.counts {
      let first = F.random(using: &generator)
      let ratio = ratios[count % ratios.count]
      let out = GuardedColumn(unwritten: count, like: first)
      kernels.powers(out.start, first, ratio, count)
      for (i, actual) in out.elements("powers").enumerated() {
        let expected = F.oracle.product(first.words, F.oracle.power(ratio.words, UInt64(i)))
        guard agree(actual.words, expected, "\(F.self): \(first) * \(ratio)^\(i) of \(count) on \(isa)") else { return }
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func goldilocksReducesAnyWord(isa: InstructionSet) throws {
    let table = try #require(apus_goldilocks_kernels_for(isa.code)).pointee
    let p = GMPInteger(Goldilocks.modulus)
    for count in Self.counts {
      var generator = SeededGenerator(seed: UInt64(count))
      let near = (0..<count).map { _ in Goldilocks.modulus &+ .random(in: 0..<8, using: &generator) &- 4 }
      let words = near.map { [$0, generator.next(), .max].randomElement(using: &generator) ?? 0 }
      let column = GuardedColumn(words)
      let out = GuardedColumn(unwritten: count, like: UInt64.max)
      table.reduce(out.start, column.start, count)
      table.reduce(column.start, column.start, count)
      let expected = words.map { (GMPInteger($0) % p).uint64 }
      guard agree(out.elements("reduce"), expected, "\(words) reduced on \(isa)") else { return }
      guard agree(column.elements("reduce"), expected, "\(words) reduced in place on \(isa)") else { return }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func babyBearChangesToMontgomeryFormAndBack(isa: InstructionSet) throws {
    let table = try #require(apus_babybear_kernels_for(isa.code)).pointee
    let p = GMPInteger(UInt64(BabyBear.modulus))
    for count in Self.counts {
      var generator = SeededGenerator(seed: UInt64(count))
      let words = (0..<count).map { _ in
        [.random(in: 0...UInt32.max, using: &generator), 0, BabyBear.modulus, BabyBear.modulus - 1, .max]
          .randomElement(using: &generator) ?? 0
      }
      let column = GuardedColumn(words)
      let out = GuardedColumn(unwritten: count, like: UInt32.max)
      table.to_montgomery(out.start, column.start, count)
      let montgomery = words.map { (GMPInteger(UInt64($0)) * .powerOfTwo(32) % p).uint64 }
      guard agree(out.elements("to_montgomery").map(UInt64.init), montgomery, "\(words) on \(isa)") else { return }
      table.from_montgomery(column.start, out.start, count)
      let canonical = words.map { UInt64($0) % UInt64(BabyBear.modulus) }
      guard agree(column.elements("from_montgomery").map(UInt64.init), canonical, "\(words) back on \(isa)")
      else { return }
    }
  }
}
