// Plonky3's trees. It hashes bytes of Montgomery words, so elements are committed here whose canonical words are
// those; the tree above the leaves is then the same. Heights that are not powers of two are skipped and counted.

import ApusField
import ApusMerkle
import ApusTestSupport
import CApusKernels
import Testing

private struct BytesFile: Decodable {
  let blake3, sha256: [Case<UInt32, UInt8>]
}

private struct Poseidon2File: Decodable {
  let w16, w24: [Case<UInt32, UInt32>]
}

private struct GoldilocksFile: Decodable {
  let w8, w12: [Case<UInt64, UInt64>]
}

/// `Integer` is what an element is written as, `Word` what a digest is made of.
private struct Case<Integer: Decodable, Word: Decodable>: Decodable {
  struct Matrix: Decodable {
    let height, width: Int
    let rows: [[Integer]]
  }
  struct Opening: Decodable {
    let index: Int
    let opened_rows: [[Integer]]
    let siblings: [[Word]]
  }
  let cap_height: Int
  let commitment: [[Word]]
  let matrices: [Matrix]
  let openings: [Opening]

  var hasPowersOfTwo: Bool { matrices.allSatisfy { $0.height.nonzeroBitCount == 1 } }
  /// A matrix shorter than the cap is injected above it, so that no digest of the cap binds it. Our shapes refuse it.
  var hasUnboundMatrix: Bool { matrices.contains { $0.height < 1 << cap_height } }

  /// The matrices, each element converted.
  func elements<Element>(_ convert: (Integer) -> Element) -> [[[Element]]] {
    matrices.map { $0.rows.map { $0.map(convert) } }
  }
}

/// The element whose canonical word is the Montgomery word of `x`.
private func montgomeryWord(_ x: UInt32) -> BabyBear { BabyBear(BabyBear(x).montgomery) }

/// Canonical words as a digest.
private func digest<Word: FixedWidthInteger>(_ words: [Word]) -> MerkleDigest {
  MerkleDigest(bytes: words.flatMap { word in withUnsafeBytes(of: word.littleEndian, Array.init) })!
}

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct MerkleVectorTests {
  private static let bytes = "vectors/field/merkle_babybear_bytes.json"

  @Test func blake3Trees() throws {
    let cases = try ReferenceData.decode(BytesFile.self, from: Self.bytes).blake3
    for vector in cases where vector.hasPowersOfTwo {
      let matrices = vector.elements(montgomeryWord).map { TestMatrix($0) }
      let tree = matrices.tree(.blake3, capHeight: vector.cap_height)
      #expect(tree.cap.map(\.bytes) == vector.commitment)
      for opening in vector.openings {
        #expect(tree.opening(at: [opening.index]).map(\.bytes) == opening.siblings)
        try MerkleVerifier.verify(
          rows: [opening.opened_rows.flatMap { $0.map(montgomeryWord) }], at: [opening.index],
          siblings: opening.siblings.map { MerkleDigest(bytes: $0)! }, cap: tree.cap, shape: tree.shape, hash: .blake3)
      }
    }
    #expect(cases.count { !$0.hasPowersOfTwo } == 2, "skipped: heights that are not powers of two")
    #expect(cases.count == 5)
  }

  /// Plonky3's nodes are bare compressions where ours are whole hashes, so the vectors hold for the oracle with that
  /// compression; ``MerkleTreeTests`` compares our trees with the oracle.
  @Test func sha256Trees() throws {
    let cases = try ReferenceData.decode(BytesFile.self, from: Self.bytes).sha256
    for vector in cases where vector.hasPowersOfTwo {
      let naive = NaiveTree(
        vector.elements(montgomeryWord), hashRow: MerkleHash.sha256.naiveRow,
        compress: { sha256Compression($0 + $1) })
      #expect(naive.cap(height: vector.cap_height) == vector.commitment)
      for opening in vector.openings {
        #expect(naive.path(from: opening.index, capHeight: vector.cap_height) == opening.siblings)
      }
    }
    #expect(cases.count { !$0.hasPowersOfTwo } == 2, "skipped: heights that are not powers of two")
    #expect(cases.count == 5)
  }

  @Test(arguments: InstructionSet.allCases.filter(\.isSupported))
  func poseidon2Trees(isa: InstructionSet) throws {
    let file = try ReferenceData.decode(Poseidon2File.self, from: "vectors/field/merkle_babybear_poseidon2.json")
    try check(file.w24, kernels: BabyBear.merkleKernels(.poseidon2, on: isa)) { BabyBear($0) }
    let narrow = apus_poseidon2_babybear_hash_kernels_for(isa.code)
    try check(file.w16, kernels: MerkleKernels(narrow, hasFieldDigests: true)) { BabyBear($0) }
    #expect(file.w24.count { !$0.hasPowersOfTwo } == 2, "skipped: heights that are not powers of two")
    #expect(file.w16.count { !$0.hasPowersOfTwo } == 8, "skipped: heights that are not powers of two")
    #expect(file.w16.count { $0.hasUnboundMatrix } == 2, "skipped: a matrix shorter than the cap")
    #expect(file.w24.count == 5 && file.w16.count == 33)
  }

  @Test(arguments: InstructionSet.allCases.filter(\.isSupported))
  func goldilocksTrees(isa: InstructionSet) throws {
    let file = try ReferenceData.decode(GoldilocksFile.self, from: "vectors/field/merkle_goldilocks_poseidon2.json")
    try check(file.w12, kernels: Goldilocks.merkleKernels(.poseidon2, on: isa)) { Goldilocks($0) }
    let narrow = apus_poseidon2_goldilocks_hash_kernels_for(isa.code)
    try check(file.w8, kernels: MerkleKernels(narrow)) { Goldilocks($0) }
    #expect(file.w12.count { !$0.hasPowersOfTwo } == 2, "skipped: heights that are not powers of two")
    #expect(file.w8.count { !$0.hasPowersOfTwo } == 8, "skipped: heights that are not powers of two")
    #expect(file.w8.count { $0.hasUnboundMatrix } == 2, "skipped: a matrix shorter than the cap")
    #expect(file.w12.count == 5 && file.w8.count == 33)
  }

  private func check<Integer, Word: FixedWidthInteger, Element: TestElement>(
    _ cases: [Case<Integer, Word>], kernels: MerkleKernels<Element>, element: (Integer) -> Element
  ) throws {
    for vector in cases where vector.hasPowersOfTwo && !vector.hasUnboundMatrix {
      let matrices = vector.elements(element).map { TestMatrix($0) }
      let tree = withExtendedLifetime(matrices) {
        MerkleTree(
          committing: matrices.map(\.matrix), hash: .poseidon2, capHeight: vector.cap_height, kernels: kernels,
          on: .default)
      }
      #expect(tree.cap == vector.commitment.map(digest))
      for opening in vector.openings {
        let siblings = opening.siblings.map(digest)
        #expect(tree.opening(at: [opening.index]) == siblings)
        try MerkleVerifier.verify(
          rows: [opening.opened_rows.flatMap { $0.map(element) }], at: [opening.index], siblings: siblings,
          cap: tree.cap, shape: tree.shape, kernels: kernels)
      }
    }
  }
}
