// Single-element arithmetic of every field against GMP.

import ApusField
import ApusTestSupport
import Testing

@Suite struct FieldArithmeticTests {
  @Test(arguments: FieldName.allCases)
  func sumsDifferencesAndProductsAgreeWithGMP(field: FieldName) { checkPairs(field.type) }

  private func checkPairs<F: TestedField>(_: F.Type) {
    let oracle = F.oracle
    // Every pair of samples, of which a base field has some hundreds.
    let samples = F.samples(random: 24, seed: 1)
    for a in samples {
      for b in samples {
        let (x, y) = (a.words, b.words)
        guard agree((a + b).words, oracle.sum(x, y), "\(F.self): \(a) + \(b)") else { return }
        guard agree((a - b).words, oracle.difference(x, y), "\(F.self): \(a) - \(b)") else { return }
        guard agree((a * b).words, oracle.product(x, y), "\(F.self): \(a) * \(b)") else { return }
      }
    }
  }

  @Test(arguments: FieldName.allCases)
  func negationsSquaresAndInversesAgreeWithGMP(field: FieldName) { checkSingles(field.type) }

  private func checkSingles<F: TestedField>(_: F.Type) {
    let oracle = F.oracle
    for a in F.samples(random: 100, seed: 2) {
      guard agree((-a).words, oracle.difference(F.zero.words, a.words), "\(F.self): -(\(a))") else { return }
      guard agree(a.squared.words, oracle.product(a.words, a.words), "\(F.self): (\(a))^2") else { return }
      guard let inverse = a.inverse else {
        guard agree(a, F.zero, "\(F.self): an element without inverse") else { return }
        continue
      }
      guard agree(oracle.product(a.words, inverse.words), oracle.one, "\(F.self): \(a) * \(inverse), its inverse,")
      else { return }
    }
    #expect(F.zero.inverse == nil, "zero has an inverse in \(F.self)")
  }

  @Test(arguments: BaseName.allCases)
  func inversesOfABaseFieldAreGMPs(field: BaseName) { checkBaseInverses(field.type) }

  private func checkBaseInverses<F: TestedBase>(_: F.Type) {
    let p = GMPInteger(F.oracle.modulus)
    for a in F.samples(random: 100, seed: 3) {
      guard agree(a.inverse?.word, GMPInteger(a.word).inverse(modulo: p)?.uint64, "\(F.self): 1 / \(a)") else { return }
    }
  }

  @Test(arguments: FieldName.allCases)
  func powersAgreeWithGMP(field: FieldName) { checkPowers(field.type) }

  private func checkPowers<F: TestedField>(_: F.Type) {
    var generator = SeededGenerator(seed: 4)
    let p = F.oracle.modulus
    for a in F.samples(random: 2, seed: 5).shuffled(using: &generator).prefix(20) + [.zero] {
      for exponent in [0, 1, 2, 7, p - 2, p - 1, p, UInt64.random(in: 0...UInt64.max, using: &generator)] {
        guard agree(a.power(exponent).words, F.oracle.power(a.words, exponent), "\(F.self): (\(a))^\(exponent)")
        else { return }
      }
    }
  }

  @Test(arguments: FieldName.allCases)
  func integersBecomeTheirResidues(field: FieldName) { checkIntegers(field.type) }

  private func checkIntegers<F: TestedField>(_: F.Type) {
    for value: UInt32 in [0, 1, 2, 0x7800_0000, 0x7800_0001, 0x7800_0002, 0xf000_0002, 0xffff_ffff] {
      let expected = [UInt64(value) % F.oracle.modulus] + F.zero.words.dropFirst()
      #expect(F(value).words == expected, "\(F.self)(\(value))")
    }
  }

  @Test func wideAndNegativeIntegersBecomeTheirResidues() {
    var generator = SeededGenerator(seed: 6)
    let edges = edgeWords(modulus: Goldilocks.modulus) + [Goldilocks.modulus, Goldilocks.modulus + 1, .max]
    for word in edges + (0..<1000).map({ _ in generator.next() }) {
      #expect(BabyBear(word).word == word % UInt64(BabyBear.modulus), "BabyBear(\(word))")
      #expect(Goldilocks(word).word == word % Goldilocks.modulus, "Goldilocks(\(word))")
      let signed = Int(truncatingIfNeeded: word)
      checkSigned(BabyBear(signed), signed)
      checkSigned(Goldilocks(signed), signed)
    }
  }

  private func checkSigned<F: TestedBase>(_ element: F, _ value: Int) {
    let magnitude = UInt64(value.magnitude) % F.oracle.modulus
    let expected = value < 0 ? F.oracle.difference([0], [magnitude]) : [magnitude]
    #expect(element.words == expected, "\(F.self)(\(value))")
  }

  @Test func productsWithBaseElementsAreProducts() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let b = BabyBear.random(using: &generator)
      let (b4, b5) = (BabyBear4.random(using: &generator), BabyBear5.random(using: &generator))
      #expect(b4 * b == b4 * BabyBear4(b), "\(b4) * \(b)")
      #expect(b5 * b == b5 * BabyBear5(b), "\(b5) * \(b)")
      let g = Goldilocks.random(using: &generator)
      let (g2, g3) = (Goldilocks2.random(using: &generator), Goldilocks3.random(using: &generator))
      #expect(g2 * g == g2 * Goldilocks2(g), "\(g2) * \(g)")
      #expect(g3 * g == g3 * Goldilocks3(g), "\(g3) * \(g)")
    }
  }

  @Test func conjugatesArePowersOfTheModulus() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<20 {
      let a = Goldilocks2.random(using: &generator)
      #expect(a.conjugate.words == Goldilocks2.oracle.power(a.words, Goldilocks.modulus), "\(a)")
      let b = BabyBear5.random(using: &generator)
      var image = b.words
      for times in 1...5 {
        image = BabyBear5.oracle.power(image, UInt64(BabyBear.modulus))
        #expect(b.frobenius(times).words == image, "\(b), \(times) times")
      }
    }
  }

  @Test func minimalPolynomialsVanishAtTheirElement() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<20 {
      let z = BabyBear5.random(using: &generator)
      let m = z.minimalPolynomial
      #expect(m.count == 6 && m[5] == .one, "\(z): \(m) is not monic of degree 5")
      #expect(m.reversed().reduce(BabyBear5.zero) { $0 * z + BabyBear5($1) } == .zero, "\(m) at \(z)")
    }
  }
}
