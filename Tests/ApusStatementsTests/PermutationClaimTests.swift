// The bytes of a claim about permutations, and the claims that cannot be.

import ApusField
import ApusPoseidon2
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

@Suite struct PermutationClaimTests {
  private func claim<P: Poseidon2>(
    _ permutation: P.Type, logCount: Int = 8
  ) throws -> PermutationClaim<P> where P.Element: ProvingField {
    let input = PermutationStatement<P>.input(0, seed: 5)
    var output = input
    P.permute(&output)
    return try PermutationClaim(logCount: logCount, input: input, output: output)
  }

  @Test func bytesAreFixed() throws {
    func check<P: Poseidon2>(_ permutation: P.Type, byteCount: Int) throws where P.Element: ProvingField {
      #expect(PermutationClaim<P>.byteCount == byteCount)
      for logCount in [8, 27] {
        let claim = try claim(P.self, logCount: logCount)
        #expect(claim.bytes.count == byteCount && Int(claim.bytes[0]) == logCount)
        let words = stride(from: 1, to: byteCount, by: P.Element.byteCount).map { start in
          claim.bytes[start..<start + P.Element.byteCount].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        #expect(words == (claim.input + claim.output).map(\.canonical))
        #expect(try PermutationClaim<P>(bytes: claim.bytes.span) == claim)
        #expect(claim.statement.rows == 1 << (logCount - 3))
      }
    }
    try check(Poseidon2BabyBear16.self, byteCount: 129)
    try check(Poseidon2Goldilocks8.self, byteCount: 129)
  }

  @Test(arguments: [0, 1, 7, 28, 63, 64, 255])
  func countsFitATrace(logCount: Int) throws {
    func check<P: Poseidon2>(_ permutation: P.Type) throws where P.Element: ProvingField {
      var bytes = try claim(P.self).bytes
      bytes[0] = UInt8(logCount)
      #expect(throws: PermutationClaimError.logCount(logCount)) { try PermutationClaim<P>(bytes: bytes.span) }
      #expect(throws: PermutationClaimError.logCount(logCount)) { try claim(P.self, logCount: logCount) }
    }
    try check(Poseidon2BabyBear16.self)
    try check(Poseidon2Goldilocks8.self)
  }

  @Test func countsOutsideAByteAreRefusedToo() {
    for logCount in [-1, 256, .min, .max] {
      #expect(throws: PermutationClaimError.logCount(logCount)) {
        try claim(Poseidon2BabyBear16.self, logCount: logCount)
      }
    }
  }

  /// Each word of both states, at the modulus and at the largest.
  @Test func wordsAreCanonical() throws {
    func check<P: Poseidon2>(_ permutation: P.Type) throws where P.Element: ProvingField {
      let honest = try claim(P.self).bytes
      let size = P.Element.byteCount
      let largest = size == 8 ? UInt64.max : UInt64(UInt32.max)
      for word in 0..<2 * P.width {
        for value in [P.Element.order, P.Element.order + 1, largest] {
          var bytes = honest
          for i in 0..<size { bytes[1 + size * word + i] = UInt8(truncatingIfNeeded: value >> UInt64(8 * i)) }
          #expect(throws: PermutationClaimError.notCanonical(value, modulus: P.Element.order)) {
            try PermutationClaim<P>(bytes: bytes.span)
          }
        }
      }
    }
    try check(Poseidon2BabyBear16.self)
    try check(Poseidon2Goldilocks8.self)
  }

  @Test func everyOtherLengthIsRefused() throws {
    let bytes = try claim(Poseidon2Goldilocks8.self).bytes
    for length in 0..<bytes.count {
      #expect(throws: PermutationClaimError.length(length, expected: 129)) {
        try PermutationClaim<Poseidon2Goldilocks8>(bytes: Array(bytes[..<length]).span)
      }
    }
    #expect(throws: PermutationClaimError.length(130, expected: 129)) {
      try PermutationClaim<Poseidon2Goldilocks8>(bytes: (bytes + [0]).span)
    }
  }

  /// What is read has this one encoding; both fields' claims have one length, and no claim is read as the other's but by
  /// its words.
  @Test func randomBytesHaveOneEncoding() throws {
    func check<P: Poseidon2>(_ permutation: P.Type) throws where P.Element: ProvingField {
      let honest = try claim(P.self).bytes
      var random = SeededGenerator(seed: 9)
      var read = 0
      for _ in 0..<10_000 {
        var bytes = honest
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        guard let claim = try? PermutationClaim<P>(bytes: bytes.span) else { continue }
        read += 1
        if claim.bytes != bytes { Issue.record("two encodings of one claim") }
      }
      #expect(read > 100)
    }
    try check(Poseidon2BabyBear16.self)
    try check(Poseidon2Goldilocks8.self)
  }
}
