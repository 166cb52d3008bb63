// Plonky3's permutations, sponges and compressions, read from the reference data.

import ApusField
import ApusPoseidon2
import ApusTestSupport
import Testing

private struct PermutationFile: Decodable {
  struct Permutation: Decodable {
    struct Case: Decodable {
      let `in`, out: [UInt64]
    }
    let alpha, width, partial_rounds: Int
    let external_initial, external_final: [[UInt64]]
    let `internal`, internal_diag_minus_one: [UInt64]
    let permutations: [Case]
  }
  let babybear_16, babybear_24, goldilocks_8, goldilocks_12: Permutation
}

private struct SpongeFile: Decodable {
  struct Hash: Decodable {
    let `in`, out: [UInt64]
  }
  struct Compression: Decodable {
    let left, right, out: [UInt64]
  }
  let babybear_sponge_w16_r8_o8, babybear_sponge_w24_r16_o8: [Hash]
  let goldilocks_sponge_w8_r4_o4, goldilocks_sponge_w12_r8_o4: [Hash]
  let babybear_compress_2x8_w16, goldilocks_compress_2x4_w8: [Compression]
}

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct VectorTests {
  @Test func permutationsAgree() throws {
    let file = try ReferenceData.decode(PermutationFile.self, from: "vectors/field/poseidon2.json")
    check(file.babybear_16, Poseidon2BabyBear16.self)
    check(file.babybear_24, Poseidon2BabyBear24.self)
    check(file.goldilocks_8, Poseidon2Goldilocks8.self)
    check(file.goldilocks_12, Poseidon2Goldilocks12.self)
  }

  private func check<P: TestedPermutation>(_ vectors: PermutationFile.Permutation, _: P.Type) {
    #expect(vectors.width == P.width && vectors.alpha == 7)
    #expect(vectors.external_initial + vectors.external_final == P.reference.externalConstants)
    #expect(vectors.internal == P.reference.internalConstants)
    #expect(
      vectors.internal_diag_minus_one.map { ($0 + 1) % P.Element.modulus64 }
        == (0..<P.width).map { P.reference.internalMatrix[$0][$0] })
    #expect(!vectors.permutations.isEmpty)
    for vector in vectors.permutations { #expect(P.permuted(vector.in) == vector.out) }
  }

  @Test func spongesAgree() throws {
    let file = try ReferenceData.decode(SpongeFile.self, from: "vectors/field/sponge.json")
    check(file.babybear_sponge_w16_r8_o8, Poseidon2BabyBear16.self)
    check(file.babybear_sponge_w24_r16_o8, Poseidon2BabyBear24.self)
    check(file.goldilocks_sponge_w8_r4_o4, Poseidon2Goldilocks8.self)
    check(file.goldilocks_sponge_w12_r8_o4, Poseidon2Goldilocks12.self)
  }

  private func check<P: TestedPermutation>(_ vectors: [SpongeFile.Hash], _: P.Type) {
    #expect(!vectors.isEmpty)
    for vector in vectors { #expect(P.hash(vector.in) == vector.out, "length \(vector.in.count)") }
  }

  @Test func compressionsAgree() throws {
    let file = try ReferenceData.decode(SpongeFile.self, from: "vectors/field/sponge.json")
    check(file.babybear_compress_2x8_w16, Poseidon2BabyBear16.self)
    check(file.goldilocks_compress_2x4_w8, Poseidon2Goldilocks8.self)
  }

  private func check<P: TestedPermutation & Poseidon2Compression>(_ vectors: [SpongeFile.Compression], _: P.Type) {
    #expect(!vectors.isEmpty)
    for vector in vectors { #expect(P.compressed(vector.left, vector.right) == vector.out) }
  }
}
