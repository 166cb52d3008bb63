// Openings that lie, each refused for its own reason.

import ApusField
import ApusMerkle
import ApusTestSupport
import Testing

/// All that a verifier is given, to be spoiled.
struct Opening<Element: TestElement> {
  var rows: [[Element]]
  var indices: [Int]
  var siblings: [MerkleDigest]
  var cap: [MerkleDigest]
  var shape: MerkleShape
  var hash: MerkleHash

  func verify() throws(MerkleError) {
    try MerkleVerifier.verify(rows: rows, at: indices, siblings: siblings, cap: cap, shape: shape, hash: hash)
  }

  /// Of three matrices of 32, 8 and 32 rows, with a cap of four digests of eight leaves each. Leaves 4 and 6 share
  /// row 1 of the second matrix, 13 and 14 share row 3; 31 is alone. Nine siblings: five beside the leaves, one beside
  /// 31's parent, three below the cap.
  static func honest(_ hash: MerkleHash) -> Opening<Element> {
    var generator = SeededGenerator(seed: 77)
    let matrices = [(32, 3), (8, 2), (32, 4)].map { TestMatrix<Element>(height: $0.0, width: $0.1, using: &generator) }
    let tree = matrices.tree(hash, capHeight: 2)
    let indices = [4, 6, 13, 14, 31]
    return Opening(
      rows: matrices.openedRows(at: indices), indices: indices, siblings: tree.opening(at: indices), cap: tree.cap,
      shape: tree.shape, hash: hash)
  }
}

struct Forgery<Element: TestElement>: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let reason: MerkleError
  let apply: @Sendable (inout Opening<Element>) -> Void

  init(_ name: String, _ reason: MerkleError, _ apply: @escaping @Sendable (inout Opening<Element>) -> Void) {
    testDescription = name
    self.reason = reason
    self.apply = apply
  }

  static var all: [Forgery] {
    [
      Forgery("a word of a leaf is changed", .rootMismatch(cap: 1)) { $0.rows[2][1] += .one },
      Forgery("an injected word is changed", .rootMismatch(cap: 3)) { $0.rows[4][3] += .one },
      Forgery("the last word is changed", .rootMismatch(cap: 0)) { $0.rows[0][8] += .one },
      Forgery("a shared injected word is changed for one of its leaves", .rowsDisagree(matrix: 1, row: 1)) {
        $0.rows[1][4] += .one
      },
      Forgery("a shared injected word is changed for both", .rootMismatch(cap: 0)) {
        $0.rows[0][4] += .one
        $0.rows[1][4] += .one
      },
      Forgery("the first sibling is changed", .rootMismatch(cap: 0)) { $0.siblings[0] = $0.cap[3] },
      Forgery("the last sibling is changed", .rootMismatch(cap: 3)) { $0.siblings[$0.siblings.count - 1] = $0.cap[0] },
      Forgery("two siblings are swapped", .rootMismatch(cap: 0)) { $0.siblings.swapAt(0, 1) },
      Forgery("a sibling is missing", .siblingCount(expected: 9, found: 8)) { $0.siblings.removeLast() },
      Forgery("a sibling too many", .siblingCount(expected: 9, found: 10)) { $0.siblings.append($0.siblings[0]) },
      Forgery("two rows are swapped", .rootMismatch(cap: 1)) { $0.rows.swapAt(2, 3) },
      Forgery("matrices are swapped within a row", .rootMismatch(cap: 3)) {
        $0.rows[4] = Array($0.rows[4][3...] + $0.rows[4][..<3])
      },
      Forgery("a row is missing", .rowCount(expected: 5, found: 4)) { $0.rows.removeLast() },
      Forgery("a row too many", .rowCount(expected: 5, found: 6)) { $0.rows.append($0.rows[0]) },
      Forgery("a row is said to be its sibling", .rootMismatch(cap: 3)) { $0.indices[4] = 30 },
      Forgery("a row is said to be in another tree of the cap", .rootMismatch(cap: 2)) { $0.indices[4] = 23 },
      Forgery("an index that needs other siblings", .siblingCount(expected: 8, found: 9)) { $0.indices[1] = 5 },
      Forgery("a word is missing in a row", .rowWidth(index: 13, expected: 9, found: 8)) { $0.rows[2].removeLast() },
      Forgery("a word too many in a row", .rowWidth(index: 31, expected: 9, found: 10)) { $0.rows[4].append(.zero) },
      Forgery("a word is moved to the next row", .rowWidth(index: 4, expected: 9, found: 8)) {
        $0.rows[1].insert($0.rows[0].removeLast(), at: 0)
      },
      Forgery("nothing is opened", .noIndices) {
        $0.rows = []
        $0.indices = []
        $0.siblings = []
      },
      Forgery("indices descend", .indicesNotAscending(position: 3)) { $0.indices.swapAt(2, 3) },
      Forgery("an index is repeated", .indicesNotAscending(position: 1)) { $0.indices[1] = 4 },
      Forgery("an index is past the last leaf", .indexOutOfRange(index: 32, leaves: 32)) { $0.indices[4] = 32 },
      Forgery("an index is negative", .indexOutOfRange(index: -4, leaves: 32)) { $0.indices[0] = -4 },
      Forgery("a digest of the cap is changed", .rootMismatch(cap: 1)) { $0.cap[1] = $0.cap[2] },
      Forgery("digests of the cap are swapped", .rootMismatch(cap: 0)) { $0.cap.swapAt(0, 3) },
      Forgery("the cap is cut", .capSize(expected: 4, found: 3)) { $0.cap.removeLast() },
      Forgery("the cap is empty", .capSize(expected: 4, found: 0)) { $0.cap = [] },
      Forgery("the cap is too long", .capSize(expected: 4, found: 5)) { $0.cap.append($0.cap[0]) },
      Forgery("the widths of two matrices are exchanged", .rootMismatch(cap: 0)) {
        let sizes = $0.shape.matrices
        $0.shape = MerkleShape(
          matrices: [
            .init(height: sizes[0].height, width: sizes[1].width),
            .init(height: sizes[1].height, width: sizes[0].width),
            sizes[2],
          ], capHeight: 2)
        // Shared rows of the now wider second matrix would disagree before anything is hashed.
        $0.rows[1][2...4] = $0.rows[0][2...4]
        $0.rows[3][2...4] = $0.rows[2][2...4]
      },
      Forgery("an injected matrix is said to be at the leaves", .rootMismatch(cap: 0)) {
        $0.shape = MerkleShape(matrices: $0.shape.matrices.map { .init(height: 32, width: $0.width) }, capHeight: 2)
      },
    ]
  }
}

@Suite struct MerkleForgeryTests {
  @Test(arguments: MerkleHash.allCases)
  func honestOpeningVerifies(hash: MerkleHash) throws {
    try Opening<BabyBear>.honest(hash).verify()
  }

  @Test(arguments: MerkleHash.allCases)
  func honestOpeningVerifiesOverGoldilocks(hash: MerkleHash) throws {
    try Opening<Goldilocks>.honest(hash).verify()
  }

  @Test(arguments: MerkleHash.allCases, Forgery<BabyBear>.all)
  func forgeryIsRefused(hash: MerkleHash, forgery: Forgery<BabyBear>) {
    refuse(forgery, hash)
  }

  @Test(arguments: MerkleHash.allCases, Forgery<Goldilocks>.all)
  func forgeryIsRefusedOverGoldilocks(hash: MerkleHash, forgery: Forgery<Goldilocks>) {
    refuse(forgery, hash)
  }

  private func refuse<Element: TestElement>(_ forgery: Forgery<Element>, _ hash: MerkleHash) {
    var opening = Opening<Element>.honest(hash)
    forgery.apply(&opening)
    #expect(throws: forgery.reason) { try opening.verify() }
  }

  @Test func anotherHashIsRefused() {
    var opening = Opening<BabyBear>.honest(.blake3)
    opening.hash = .sha256
    #expect(throws: MerkleError.rootMismatch(cap: 0)) { try opening.verify() }
  }

  /// A word and the same plus the modulus are one field element; only one of the two encodings is a digest.
  @Test func wordsNotBelowTheModulusAreRefused() {
    let honest = Opening<BabyBear>.honest(.poseidon2)
    for position in honest.siblings.indices {
      for word in 0..<8 {
        var bytes = honest.siblings[position].bytes
        let value = bytes[4 * word..<4 * word + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let other = value + BabyBear.modulus
        for i in 0..<4 { bytes[4 * word + i] = UInt8(truncatingIfNeeded: other >> (8 * i)) }
        var opening = honest
        opening.siblings[position] = MerkleDigest(bytes: bytes)!
        #expect(throws: MerkleError.siblingNotCanonical(position: position)) { try opening.verify() }
      }
    }
  }

  @Test func goldilocksWordsNotBelowTheModulusAreRefused() {
    let honest = Opening<Goldilocks>.honest(.poseidon2)
    let p = Goldilocks.modulus
    var canonical = honest
    canonical.siblings[0] = replaced(3, of: canonical.siblings[0], by: p - 1)
    #expect(throws: MerkleError.rootMismatch(cap: 0)) { try canonical.verify() }
    for position in honest.siblings.indices {
      for word in 0..<4 {
        for value in [p, .max] {
          var opening = honest
          opening.siblings[position] = replaced(word, of: opening.siblings[position], by: value)
          #expect(throws: MerkleError.siblingNotCanonical(position: position)) { try opening.verify() }
        }
      }
    }
  }

  /// Rows without elements have digests of zeros. The kernels take p for zero, so that nothing but the check of the
  /// words refuses the other encoding.
  @Test func otherEncodingOfAGoldilocksSiblingIsRefused() throws {
    var generator = SeededGenerator(seed: 6)
    let tree = [TestMatrix<Goldilocks>(height: 2, width: 0, using: &generator)].tree(.poseidon2)
    let zero = MerkleDigest(bytes: [UInt8](repeating: 0, count: 32))!
    let other = replaced(2, of: zero, by: Goldilocks.modulus)
    func verify(_ sibling: MerkleDigest) throws {
      let rows: [[Goldilocks]] = [[]]
      try MerkleVerifier.verify(
        rows: rows, at: [0], siblings: [sibling], cap: tree.cap, shape: tree.shape, hash: .poseidon2)
    }
    try verify(zero)
    #expect(throws: MerkleError.siblingNotCanonical(position: 0)) { try verify(other) }
  }

  private func replaced(_ word: Int, of digest: MerkleDigest, by value: UInt64) -> MerkleDigest {
    var bytes = digest.bytes
    for i in 0..<8 { bytes[8 * word + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
    return MerkleDigest(bytes: bytes)!
  }

  /// Every word and every byte of the siblings counts.
  @Test func everyWordAndSiblingByteCounts() {
    let honest = Opening<BabyBear>.honest(.blake3)
    for k in honest.rows.indices {
      for word in honest.rows[k].indices {
        var opening = honest
        opening.rows[k][word] += .one
        #expect(throws: MerkleError.self) { try opening.verify() }
      }
    }
    for position in honest.siblings.indices {
      for byte in 0..<MerkleDigest.byteCount {
        var bytes = honest.siblings[position].bytes
        bytes[byte] ^= 1 << (byte % 8)
        var opening = honest
        opening.siblings[position] = MerkleDigest(bytes: bytes)!
        #expect(throws: MerkleError.self) { try opening.verify() }
      }
    }
  }

  /// A tree of one row that has the bytes of two digests has the root of the tree over those digests; the shape tells
  /// them apart.
  @Test func rowThatLooksLikeANodeIsRefused() throws {
    var generator = SeededGenerator(seed: 9)
    var tree = [TestMatrix<BabyBear>(height: 2, width: 1, using: &generator)].tree(.blake3)
    var row: [BabyBear]?
    while row == nil {
      tree = [TestMatrix<BabyBear>(height: 2, width: 1, using: &generator)].tree(.blake3)
      row = elements(tree.opening(at: [1])[0].bytes + tree.opening(at: [0])[0].bytes)
    }
    let oneRow = MerkleShape(matrices: [.init(height: 1, width: 16)])
    try MerkleVerifier.verify(rows: [row!], at: [0], siblings: [], cap: tree.cap, shape: oneRow, hash: .blake3)
    #expect(throws: MerkleError.rowWidth(index: 0, expected: 1, found: 16)) {
      try MerkleVerifier.verify(
        rows: [row!], at: [0], siblings: [], cap: tree.cap, shape: tree.shape, hash: .blake3)
    }
  }

  /// The bytes as field elements, if all words are canonical.
  private func elements(_ bytes: [UInt8]) -> [BabyBear]? {
    let words = stride(from: 0, to: bytes.count, by: 4).compactMap { BabyBear(canonical: bytes[$0..<$0 + 4]) }
    return words.count == bytes.count / 4 ? words : nil
  }
}
