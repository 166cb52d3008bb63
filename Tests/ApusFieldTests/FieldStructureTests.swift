// Roots of unity, and why each extension is a field.

import ApusField
import ApusTestSupport
import Testing

@Suite struct FieldStructureTests {
  @Test(arguments: BaseName.allCases)
  func rootsOfUnityHaveTheirOrder(field: BaseName) { checkRoots(field.type) }

  private func checkRoots<F: TestedBase>(_: F.Type) {
    let p = F.oracle.modulus
    #expect((p - 1).trailingZeroBitCount == F.twoAdicity)
    for log in 0...F.twoAdicity {
      let root = F.rootOfUnity(log: log)
      #expect(root.words == F.oracle.power(F.generator.words, (p - 1) >> UInt64(log)), "order 2^\(log)")
      if log > 0 {
        #expect(root * root == F.rootOfUnity(log: log - 1), "the square of the root of order 2^\(log)")
        #expect(F.oracle.power(root.words, 1 << UInt64(log - 1)) == [p - 1], "the root of order 2^\(log)")
      }
    }
  }

  /// The generator's powers (p - 1) / q are not one, for each prime q that divides p - 1.
  @Test(arguments: [
    (BaseName.babyBear, [UInt64(2), 3, 5]), (BaseName.goldilocks, [2, 3, 5, 17, 257, 65537]),
  ])
  func generatorsGenerate(field: BaseName, primes: [UInt64]) {
    let oracle = field.type.oracle
    var rest = oracle.modulus - 1
    for prime in primes {
      while rest % prime == 0 { rest /= prime }
      let power = oracle.power(generator(field.type), (oracle.modulus - 1) / prime)
      #expect(power != [1], "the generator of \(field) is a power of \(prime)")
    }
    #expect(rest == 1, "p - 1 has a prime factor that is not in \(primes)")
  }

  private func generator<F: TestedBase>(_: F.Type) -> [UInt64] { F.generator.words }

  @Test(arguments: FieldName.extensions)
  func extensionsAreFields(field: FieldName) {
    #expect(isIrreducible(field.type.oracle), "X^\(field.type.oracle.degree) - \(field.type.oracle.constant)")
  }

  @Test(arguments: FieldName.extensions)
  func extensionsUseTheConstantThatWasShown(field: FieldName) {
    let oracle = field.type.oracle
    #expect(binomial(field.type).map { [UInt64($0.degree), $0.constant] } == [UInt64(oracle.degree), oracle.constant])
  }

  private func binomial(_ type: any TestedField.Type) -> (degree: Int, constant: UInt64)? {
    switch type {
    case is BabyBear4.Type: (BabyBear4.degree, BabyBear4.binomialConstant.word)
    case is BabyBear5.Type: (BabyBear5.degree, BabyBear5.binomialConstant.word)
    case is Goldilocks2.Type: (Goldilocks2.degree, Goldilocks2.binomialConstant.word)
    case is Goldilocks3.Type: (Goldilocks3.degree, Goldilocks3.binomialConstant.word)
    default: nil
    }
  }

  /// The same test refuses binomials that have a root or split into quadratics.
  @Test(arguments: [
    (BaseName.babyBear, 5, UInt64(32)), (.babyBear, 5, 1), (.babyBear, 4, 4), (.babyBear, 4, 121), (.babyBear, 4, 16),
    (.goldilocks, 2, 49), (.goldilocks, 2, 2), (.goldilocks, 3, 8), (.goldilocks, 3, 343),
  ])
  func reducibleBinomialsAreSeen(field: BaseName, degree: Int, constant: UInt64) {
    let oracle = FieldOracle(modulus: field.type.oracle.modulus, degree: degree, constant: constant)
    #expect(!isIrreducible(oracle), "X^\(degree) - \(constant) passes as irreducible over \(field)")
  }

  /// Rabin's test for f = X^d - w: X^(p^d) = X modulo f, and X^(p^(d/q)) - X has no factor in common with f for each
  /// prime q that divides d. For a binomial whose degree divides p - 1 that power is s X with s in the base field, so
  /// the difference is (s - 1) X, which has none exactly if s is not one.
  private func isIrreducible(_ oracle: FieldOracle) -> Bool {
    let d = oracle.degree
    guard (oracle.modulus - 1) % UInt64(d) == 0 else { return false }
    var x = [UInt64](repeating: 0, count: d)
    x[1] = 1
    var power = x
    for k in 1...d {
      power = oracle.power(power, oracle.modulus)
      if k < d && [2, 3, 5].contains(d / k) && d % k == 0 {
        guard power.enumerated().allSatisfy({ $0.offset == 1 || $0.element == 0 }) && power != x else { return false }
      }
    }
    return power == x
  }
}
