// One state at a time: known answers, and agreement with the definition.

import ApusField
import ApusPoseidon2
import Testing

@Suite struct PermutationTests {
  @Test(arguments: PermutationName.allCases)
  func permutesZeroAsPublished(_ name: PermutationName) {
    func check<P: TestedPermutation>(_: P.Type) {
      let zero = [UInt64](repeating: 0, count: P.width)
      #expect(P.permutedZero.count == P.width)
      #expect(P.permuted(zero) == P.permutedZero)
      #expect(P.reference.permuted(zero) == P.permutedZero)
    }
    check(name.type)
  }

  @Test(arguments: PermutationName.allCases)
  func permutesAsDefined(_ name: PermutationName) {
    func check<P: TestedPermutation>(_: P.Type) {
      for seed in 1...100 {
        let state = values(P.width, below: P.Element.modulus64, seed: UInt64(seed))
        #expect(P.permuted(state) == P.reference.permuted(state), "seed \(seed)")
      }
    }
    check(name.type)
  }

  @Test(arguments: PermutationName.allCases)
  func spongeTakesEveryLength(_ name: PermutationName) {
    func check<P: TestedPermutation>(_: P.Type) {
      for count in 0...3 * P.rate {
        let input = values(count, below: P.Element.modulus64, seed: UInt64(count))
        #expect(P.hash(input) == P.reference.digest(of: input, rate: P.rate, count: P.digestCount), "length \(count)")
      }
      #expect(P.hash([]).allSatisfy { $0 == 0 })
    }
    check(name.type)
  }

  @Test(arguments: CompressionName.allCases)
  func compressionIsTheTruncatedPermutation(_ name: CompressionName) {
    func check<P: TestedPermutation & Poseidon2Compression>(_: P.Type) {
      #expect(2 * P.digestCount == P.width)
      for seed in 1...20 {
        let pair = values(P.width, below: P.Element.modulus64, seed: UInt64(seed))
        let (left, right) = (Array(pair[..<P.digestCount]), Array(pair[P.digestCount...]))
        #expect(P.compressed(left, right) == Array(P.reference.permuted(pair)[..<P.digestCount]), "seed \(seed)")
      }
    }
    check(name.type)
  }
}
