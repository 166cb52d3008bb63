// The tree by its definition, one hash at a time: the oracle. Works on rows of elements and on byte strings only.

import ApusField
import ApusMerkle
import CApusKernels

struct NaiveTree {
  typealias Bytes = [UInt8]

  /// Leaves first, root last.
  private(set) var levels: [[Bytes]]

  /// - Parameter matrices: `matrices[m][r][c]`, heights powers of two.
  init<Element>(_ matrices: [[[Element]]], hashRow: ([Element]) -> Bytes, compress: (Bytes, Bytes) -> Bytes) {
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

  init<Element: TestElement>(_ matrices: [[[Element]]], hash: MerkleHash) {
    self.init(
      matrices, hashRow: hash.naiveRow, compress: { hash.naiveCompress($0, $1, digestsOf: Element.self) })
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

/// Poseidon2's padding-free sponge.
func naiveSponge<Element: TestElement>(_ row: [Element], width: Int, rate: Int) -> [UInt8] {
  var state = [Element](repeating: .zero, count: width)
  for first in stride(from: 0, to: row.count, by: rate) {
    for (lane, element) in row[first..<min(first + rate, row.count)].enumerated() { state[lane] = element }
    Element.permute(&state)
  }
  return state[..<Element.elementsPerDigest].flatMap(encoded)
}

func encoded(_ element: some Field) -> [UInt8] {
  var bytes: [UInt8] = []
  element.encode(into: &bytes)
  return bytes
}

extension MerkleHash {
  func naiveRow<Element: TestElement>(_ row: [Element]) -> [UInt8] {
    let width = Element.spongeWidth
    if self == .poseidon2 { return naiveSponge(row, width: width, rate: width - Element.elementsPerDigest) }
    return naiveBytes(row.flatMap(encoded))
  }

  func naiveCompress<Element: TestElement>(
    _ left: [UInt8], _ right: [UInt8], digestsOf _: Element.Type
  ) -> [UInt8] {
    if self != .poseidon2 { return naiveBytes(left + right) }
    let pair = stride(from: 0, to: 64, by: Element.byteCount).map {
      Element(canonical: (left + right)[$0..<$0 + Element.byteCount])!
    }
    // One block that fills the state: the permutation.
    return naiveSponge(pair, width: pair.count, rate: pair.count)
  }

  private func naiveBytes(_ message: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    switch self {
    case .blake3: apus_blake3(&digest, message, message.count)
    case .sha256: apus_sha256(&digest, message, message.count)
    case .keccak256: apus_keccak256(&digest, message, message.count)
    case .poseidon2: fatalError("not a hash of bytes")
    }
    return digest
  }
}
