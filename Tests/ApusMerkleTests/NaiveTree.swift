// The tree by its definition, one hash at a time: the oracle. Works on rows of elements and on byte strings only.

import ApusField
import ApusMerkle
import CApusKernels

struct NaiveTree {
  typealias Bytes = [UInt8]

  /// Leaves first, root last.
  private(set) var levels: [[Bytes]]

  /// - Parameter matrices: `matrices[m][r][c]`, heights powers of two.
  init(_ matrices: [[[BabyBear]]], hashRow: ([BabyBear]) -> Bytes, compress: (Bytes, Bytes) -> Bytes) {
    func rowDigests(height: Int) -> [Bytes]? {
      let ofThisHeight = matrices.filter { $0.count == height }
      if ofThisHeight.isEmpty { return nil }
      return (0..<height).map { row in hashRow(ofThisHeight.flatMap { $0[row] }) }
    }
    var level = rowDigests(height: matrices.map(\.count).max()!)!
    levels = [level]
    while level.count > 1 {
      level = (0..<level.count / 2).map { compress(level[2 * $0], level[2 * $0 + 1]) }
      if let injected = rowDigests(height: level.count) { level = zip(level, injected).map(compress) }
      levels.append(level)
    }
  }

  init(_ matrices: [[[BabyBear]]], hash: MerkleHash) {
    self.init(matrices, hashRow: hash.naiveRow, compress: hash.naiveCompress)
  }

  func cap(height: Int = 0) -> [Bytes] { levels[levels.count - 1 - height] }

  /// The siblings of one leaf's path.
  func path(from leaf: Int, capHeight: Int = 0) -> [Bytes] {
    (0..<levels.count - 1 - capHeight).map { levels[$0][(leaf >> $0) ^ 1] }
  }

  /// A pruned opening by its definition: of each level the siblings of ancestors that are no ancestors themselves.
  func opening(at leaves: [Int], capHeight: Int = 0) -> [Bytes] {
    (0..<levels.count - 1 - capHeight).flatMap { height in
      let ancestors = Set(leaves.map { $0 >> height })
      return Set(ancestors.map { $0 ^ 1 }).subtracting(ancestors).sorted().map { levels[height][$0] }
    }
  }
}

/// Poseidon2's padding-free sponge, with a digest of eight words.
func naiveSponge(_ row: [BabyBear], width: Int, rate: Int) -> [UInt8] {
  var state = [UInt32](repeating: 0, count: width)
  for first in stride(from: 0, to: row.count, by: rate) {
    for (lane, element) in row[first..<min(first + rate, row.count)].enumerated() { state[lane] = element.montgomery }
    if width == 16 { apus_poseidon2_babybear16(&state) } else { apus_poseidon2_babybear24(&state) }
  }
  return state[..<8].flatMap { encoded(BabyBear(montgomery: $0)) }
}

func encoded(_ element: BabyBear) -> [UInt8] {
  var bytes: [UInt8] = []
  element.encode(into: &bytes)
  return bytes
}

extension MerkleHash {
  func naiveRow(_ row: [BabyBear]) -> [UInt8] {
    if self == .poseidon2 { return naiveSponge(row, width: 24, rate: 16) }
    return naiveBytes(row.flatMap(encoded))
  }

  func naiveCompress(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    if self != .poseidon2 { return naiveBytes(left + right) }
    let words = stride(from: 0, to: 64, by: 4).map { BabyBear(canonical: (left + right)[$0..<$0 + 4])! }
    // One block that fills the state: the permutation.
    return naiveSponge(words, width: 16, rate: 16)
  }

  private func naiveBytes(_ message: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    switch self {
    case .blake3: apus_blake3(&digest, message, message.count)
    case .sha256: apus_sha256(&digest, message, message.count)
    case .poseidon2: fatalError("not a hash of bytes")
    }
    return digest
  }
}
