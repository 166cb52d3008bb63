// Matrices for tests: rows in plain arrays for the oracle, columns in memory for the tree.

import ApusField
import ApusMerkle
import ApusTestSupport

/// Rows of elements, and the same in blocks of columns.
final class TestMatrix<Element: TestElement> {
  let rows: [[Element]]
  private let blockCount: Int
  private let memory: UnsafeMutablePointer<Element>

  /// - Parameters:
  ///   - rows: at least one; all as long as the first.
  ///   - blocks: divides the number of rows.
  init(_ rows: [[Element]], blocks: Int = 1) {
    self.rows = rows
    blockCount = blocks
    let width = rows[0].count
    let perBlock = rows.count / blocks
    memory = .allocate(capacity: max(1, rows.count * width))
    for (row, elements) in rows.enumerated() {
      for (column, element) in elements.enumerated() {
        memory[((row / perBlock) * width + column) * perBlock + row % perBlock] = element
      }
    }
  }

  deinit { memory.deallocate() }

  /// Random elements; edges of the field among them.
  convenience init(height: Int, width: Int, blocks: Int = 1, using generator: inout SeededGenerator) {
    self.init(
      (0..<height).map { _ in
        (0..<width).map { _ in
          switch generator.next() % 16 {
          case 0: Element.zero
          case 1: .zero - .one
          default: .random(using: &generator)
          }
        }
      }, blocks: blocks)
  }

  /// Must not outlive `self`.
  var matrix: MerkleMatrix<Element> {
    let width = rows[0].count
    let perBlock = rows.count / blockCount
    return MerkleMatrix(
      rowsPerBlock: perBlock,
      blocks: (0..<blockCount).map { block in
        (0..<width).map { UnsafePointer(memory + (block * width + $0) * perBlock) }
      })
  }
}

extension Array {
  func tree<E>(_ hash: MerkleHash, capHeight: Int = 0, on engine: Engine = .default) -> MerkleTree
  where Element == TestMatrix<E> {
    withExtendedLifetime(self) {
      MerkleTree(committing: map(\.matrix), hash: hash, capHeight: capHeight, on: engine)
    }
  }

  func naiveTree<E>(_ hash: MerkleHash) -> NaiveTree where Element == TestMatrix<E> {
    NaiveTree(map(\.rows), hash: hash)
  }

  /// What a prover opens at these leaves: the rows of all matrices, one after the other.
  func openedRows<E>(at leaves: [Int]) -> [[E]] where Element == TestMatrix<E> {
    let tallest = map(\.rows.count).max()!
    return leaves.map { leaf in flatMap { $0.rows[leaf / (tallest / $0.rows.count)] } }
  }
}

/// `count` distinct leaves in ascending order.
func randomLeaves(_ count: Int, below leaves: Int, using generator: inout SeededGenerator) -> [Int] {
  var chosen: Set<Int> = []
  while chosen.count < count { chosen.insert(Int.random(in: 0..<leaves, using: &generator)) }
  return chosen.sorted()
}
