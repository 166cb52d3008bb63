// Trees against the naive oracle and against fixed roots; independence of instruction set, threads and block cuts.

import ApusField
import ApusMerkle
import ApusTestSupport
import Testing

/// Heights and widths of matrices under one root, in commit order.
private let shapes: [[(height: Int, width: Int)]] = [
  [(1, 1)], [(1, 0)], [(2, 5)], [(64, 1)], [(128, 16)], [(32, 17), (32, 3)],
  [(4, 3), (16, 17), (4, 2), (16, 1), (1, 5)],
  [(1, 2), (2, 2), (4, 2), (8, 2), (16, 2), (32, 2)],
  // More than one subtree, injections inside subtrees, between them and at the top.
  [(4096, 3), (2048, 5), (64, 9), (32, 1), (2, 40)], [(1 << 14, 2), (512, 3)],
]

@Suite struct MerkleTreeTests {
  /// Roots computed outside this package, in Python, by hashlib, the blake3 module and Keccak's definition:
  /// cell (m, r, c) is (m + 1) * 1000003 * (131 * r + c + 7) mod p.
  @Test(arguments: [
    (MerkleHash.blake3, 0, "1eeaadfd7d5449a1caabdd77a77197649640da792a0a6a70371d080843f28d6f"),
    (.sha256, 0, "9f47f59175bf3e7375aefd869d5e17da39f2d840a0b1461ecb660f6cf6c317e3"),
    (.keccak256, 0, "49b72245b4bdc344707318d5591398fc5e40d820b54316aa4bc9032443e42e9a"),
    (.blake3, 1, "6fce186e688ffd4ae5de68c5f3ca7188fdbd2ab85ed728ba4eea58199e382c92"),
    (.sha256, 1, "36a95b6e3af515f1dc3f4be7cc09a5742d754bdf594432687df222080aca9471"),
    (.keccak256, 1, "5bb3a3feda9f9debcc09c0d9562d6722cd4a118f63b4a79f6a4200baedb68a05"),
    (.blake3, 2, "a05c560bc183bca5346fd1afa6b9dc7befcd2e8432ca9ef6f9146920a748968a"),
    (.sha256, 2, "6b9a54a4d68b741800da08f9f2835361bf4af78db4bc1fbbbb5000fa4a985ef2"),
    (.keccak256, 2, "d0867b9830dd67280692a9253d106c24b0ff49d2a2f1f1219b778fa0b7445e2c"),
  ])
  func fixedRoots(hash: MerkleHash, shape: Int, root: String) {
    let shapes = [[(1, 1)], [(8, 3)], [(4, 3), (16, 17), (4, 2), (16, 1), (1, 5)]]
    let matrices = shapes[shape].enumerated().map { m, size in
      TestMatrix(
        (0..<size.0).map { r in (0..<size.1).map { c in BabyBear((m + 1) * 1_000_003 * (131 * r + c + 7)) } })
    }
    #expect(matrices.tree(hash).cap.map(\.description) == [root])
  }

  @Test(arguments: MerkleHash.allCases, shapes.indices)
  func agreesWithTheDefinition(hash: MerkleHash, shape: Int) {
    compareWithTheDefinition(BabyBear.self, hash, shape)
  }

  @Test(arguments: MerkleHash.allCases, shapes.indices)
  func agreesWithTheDefinitionOverGoldilocks(hash: MerkleHash, shape: Int) {
    compareWithTheDefinition(Goldilocks.self, hash, shape)
  }

  private func compareWithTheDefinition<Element: TestElement>(_: Element.Type, _ hash: MerkleHash, _ shape: Int) {
    var generator = SeededGenerator(seed: UInt64(shape))
    let matrices = shapes[shape].map { TestMatrix<Element>(height: $0.height, width: $0.width, using: &generator) }
    let naive = matrices.naiveTree(hash)
    let shortest = shapes[shape].map(\.height).min()!
    for engine in Engine.allInstructionSets {
      for capHeight in Set([0, shortest.trailingZeroBitCount]) {
        let tree = matrices.tree(hash, capHeight: capHeight, on: engine)
        #expect(tree.cap.map(\.bytes) == naive.cap(height: capHeight), "on \(engine.instructionSet)")
        let leaves = randomLeaves(min(5, tree.shape.leaves), below: tree.shape.leaves, using: &generator)
        #expect(
          tree.opening(at: leaves).map(\.bytes) == naive.opening(at: leaves, capHeight: capHeight),
          "on \(engine.instructionSet), leaves \(leaves)")
      }
    }
  }

  @Test(arguments: MerkleHash.allCases)
  func threadsChangeNothing(hash: MerkleHash) throws {
    var generator = SeededGenerator(seed: 21)
    let matrices = [
      TestMatrix<BabyBear>(height: 1 << 13, width: 11, blocks: 4, using: &generator),
      TestMatrix<BabyBear>(height: 1 << 11, width: 2, using: &generator),
    ]
    let leaves = randomLeaves(20, below: 1 << 13, using: &generator)
    let naive = matrices.naiveTree(hash)
    for threads in [1, 2, 3, 7] {
      let tree = matrices.tree(hash, capHeight: 3, on: try Engine(threads: threads))
      #expect(tree.cap.map(\.bytes) == naive.cap(height: 3), "\(threads) threads")
      #expect(tree.opening(at: leaves).map(\.bytes) == naive.opening(at: leaves, capHeight: 3), "\(threads) threads")
    }
  }

  /// Matrices side by side whose blocks differ give the rows, not the blocks.
  @Test(arguments: [[1, 1], [1, 4], [16, 2], [256, 1], [256, 256]])
  func blocksAreOnlyLayout(blocks: [Int]) {
    var generator = SeededGenerator(seed: 3)
    let whole = [6, 3].map { TestMatrix<BabyBear>(height: 256, width: $0, using: &generator) }
    let cut = zip(whole, blocks).map { TestMatrix($0.rows, blocks: $1) }
    #expect(cut.tree(.blake3).cap.map(\.bytes) == whole.naiveTree(.blake3).cap())
  }

  @Test func columnsAndCosetsAreMatrices() {
    commitColumnsAndCosets(BabyBear.self, .blake3)
    commitColumnsAndCosets(Goldilocks.self, .poseidon2)
    commitColumnsAndCosets(Goldilocks.self, .blake3)
  }

  private func commitColumnsAndCosets<Element: TestElement>(_: Element.Type, _ hash: MerkleHash) {
    var generator = SeededGenerator(seed: 4)
    let test = TestMatrix<Element>(height: 64, width: 3, using: &generator)
    var columns = Columns<Element>(rows: 64, count: 3, on: .default)
    let cosets = CosetColumns<Element>(uninitialized: 16, count: 3, cosets: 4, on: .default)
    for row in 0..<64 {
      for column in 0..<3 {
        columns[row, column] = test.rows[row][column]
        cosets.pointer(column, coset: row / 16)[row % 16] = test.rows[row][column]
      }
    }
    let root = [test].naiveTree(hash).cap()
    let ofColumns = MerkleTree(committing: [MerkleMatrix(columns)], hash: hash, on: .default)
    let ofCosets = MerkleTree(committing: [MerkleMatrix(cosets)], hash: hash, on: .default)
    #expect(ofColumns.cap.map(\.bytes) == root)
    #expect(ofCosets.cap.map(\.bytes) == root)
  }

  @Test func digestsKeepTheirBytes() {
    let bytes = (0..<32).map { UInt8($0 * 7 + 1) }
    let digest = MerkleDigest(bytes: bytes)
    #expect(digest?.bytes == bytes)
    #expect(digest?.description.hasPrefix("01080f16") == true)
    #expect(MerkleDigest(bytes: bytes.dropLast()) == nil)
    #expect(MerkleDigest(bytes: bytes + [0]) == nil)
    var other = bytes
    other[31] ^= 1
    #expect(MerkleDigest(bytes: other) != digest)
    #expect(Set([digest, digest, MerkleDigest(bytes: other)]).count == 2)
  }
}
