// Pruned openings: they verify, are exactly as long as predicted, and hold nothing that a verifier could compute.

import ApusField
import ApusMerkle
import ApusTestSupport
import Testing

@Suite struct MerkleOpeningTests {
  @Test(arguments: MerkleHash.allCases, 0..<6)
  func randomOpeningsVerify(hash: MerkleHash, seed: UInt64) throws {
    try verifyRandomOpenings(BabyBear.self, hash, seed)
  }

  @Test(arguments: MerkleHash.allCases, 0..<6)
  func randomOpeningsVerifyOverGoldilocks(hash: MerkleHash, seed: UInt64) throws {
    try verifyRandomOpenings(Goldilocks.self, hash, seed)
  }

  private func verifyRandomOpenings<Element: TestElement>(
    _: Element.Type, _ hash: MerkleHash, _ seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: 100 + seed)
    let logHeight = Int.random(in: 2...9, using: &generator)
    let capHeight = Int.random(in: 0...2, using: &generator)
    var matrices = [TestMatrix<Element>(height: 1 << logHeight, width: 3, using: &generator)]
    for _ in 0..<Int(seed % 4) {
      let height = 1 << Int.random(in: capHeight...logHeight, using: &generator)
      matrices.append(TestMatrix(height: height, width: Int.random(in: 0...20, using: &generator), using: &generator))
    }
    let tree = matrices.tree(hash, capHeight: capHeight)
    for count in Set([1, 2, 3, tree.shape.leaves / 2, tree.shape.leaves]) where count <= tree.shape.leaves {
      let leaves = randomLeaves(count, below: tree.shape.leaves, using: &generator)
      let siblings = tree.opening(at: leaves)
      #expect(
        MerkleVerifier.siblingCount(logHeight: logHeight, capHeight: capHeight, indices: leaves) == siblings.count)
      for engine in Engine.allInstructionSets {
        try MerkleVerifier.verify(
          rows: matrices.openedRows(at: leaves), at: leaves, siblings: siblings, cap: tree.cap, shape: tree.shape,
          kernels: Element.merkleKernels(hash, on: engine.instructionSet))
      }
    }
  }

  /// Siblings are distinct nodes on no opened path, and none is idle: changing any one changes the root.
  @Test func openingsHoldNothingIdle() {
    var generator = SeededGenerator(seed: 5)
    let matrices = [TestMatrix<BabyBear>(height: 64, width: 2, using: &generator)]
    let tree = matrices.tree(.blake3)
    let naive = matrices.naiveTree(.blake3)
    for count in [1, 2, 5, 20, 40, 63] {
      let leaves = randomLeaves(count, below: 64, using: &generator)
      let siblings = tree.opening(at: leaves)
      let computable = Set(
        naive.levels.enumerated().flatMap { height, level in leaves.map { level[$0 >> height] } })
      #expect(Set(siblings.map(\.bytes)).isDisjoint(with: computable))
      #expect(Set(siblings).count == siblings.count)
      let rows = matrices.openedRows(at: leaves)
      for position in siblings.indices {
        var without = siblings
        without.remove(at: position)
        #expect(throws: MerkleError.siblingCount(expected: siblings.count, found: siblings.count - 1)) {
          try MerkleVerifier.verify(
            rows: rows, at: leaves, siblings: without, cap: tree.cap, shape: tree.shape, hash: .blake3)
        }
        var changed = siblings
        changed[position] = tree.cap[0]
        #expect(throws: MerkleError.rootMismatch(cap: 0)) {
          try MerkleVerifier.verify(
            rows: rows, at: leaves, siblings: changed, cap: tree.cap, shape: tree.shape, hash: .blake3)
        }
      }
    }
    #expect(tree.opening(at: Array(0..<64)).isEmpty)
  }

  @Test func siblingCountsByHand() {
    func count(_ indices: [Int], cap: Int = 0) -> Int {
      MerkleVerifier.siblingCount(logHeight: 3, capHeight: cap, indices: indices)
    }
    #expect(count([5]) == 3)
    #expect(count([5], cap: 2) == 1)
    #expect(count([5], cap: 3) == 0)
    #expect(count([0, 1]) == 2)
    #expect(count([0, 2]) == 3)
    #expect(count([1, 2]) == 3)
    #expect(count([0, 7]) == 4)
    #expect(count([0, 7], cap: 1) == 4)
    #expect(count([0, 1, 2, 3, 4, 5, 6, 7]) == 0)
  }
}
