// Matrices handed to a tree, and how those of one height become rows to hash.

package import ApusField

/// One matrix to commit: a stack of blocks of rows. Row `r` of block `b` has number `b * rowsPerBlock + r`.
///
/// A low-degree extension's blocks are its cosets. In a FRI layer a block's "columns" are pointers to the shares of a
/// fibre, so that one leaf holds one fibre.
///
/// The matrix does not own what its pointers name: the columns must live until the tree is built.
package struct MerkleMatrix<Element: MerkleElement>: @unchecked Sendable {
  let rowsPerBlock: Int
  let blocks: [[UnsafePointer<Element>]]

  /// - Parameter blocks: of each block, its columns: `rowsPerBlock` elements each. All blocks have the same
  ///   number of columns, and `rowsPerBlock * blocks.count` is a power of two.
  package init(rowsPerBlock: Int, blocks: [[UnsafePointer<Element>]]) {
    let height = rowsPerBlock * blocks.count
    precondition(height > 0 && height.nonzeroBitCount == 1, "a matrix's height must be a power of two")
    precondition(blocks.allSatisfy { $0.count == blocks[0].count }, "all blocks have the same number of columns")
    self.rowsPerBlock = rowsPerBlock
    self.blocks = blocks
  }

  package init(_ columns: borrowing Columns<Element>) {
    var pointers: [UnsafePointer<Element>] = []
    for column in 0..<columns.count { pointers.append(UnsafePointer(columns.pointer(column))) }
    self.init(rowsPerBlock: columns.rows, blocks: [pointers])
  }

  /// Leaf `k * rows + i` is row `i` of coset `k`.
  package init(_ columns: borrowing CosetColumns<Element>) {
    var blocks: [[UnsafePointer<Element>]] = []
    for coset in 0..<columns.cosets {
      var pointers: [UnsafePointer<Element>] = []
      for column in 0..<columns.count { pointers.append(UnsafePointer(columns.pointer(column, coset: coset))) }
      blocks.append(pointers)
    }
    self.init(rowsPerBlock: columns.rows, blocks: blocks)
  }

  package var height: Int { rowsPerBlock * blocks.count }
  package var width: Int { blocks[0].count }
  var shape: MerkleShape.Matrix { .init(height: height, width: width) }
}

/// The matrices of one height, side by side in commit order: the rows that are hashed into one level of the tree.
struct RowGroup<Element: MerkleElement> {
  /// Matrices may be cut into blocks differently; this is the shortest block among them, and each longer one is cut
  /// to it. All are powers of two, so the cuts meet.
  let rowsPerBlock: Int
  /// Columns of one block.
  let columnCount: Int
  /// The columns of each block, block after block.
  let columns: [UnsafePointer<Element>?]

  init(_ matrices: [MerkleMatrix<Element>]) {
    let rowsPerBlock = matrices.lazy.map { $0.rowsPerBlock }.min()!
    columns = stride(from: 0, to: matrices[0].height, by: rowsPerBlock).flatMap { first in
      matrices.flatMap { matrix in
        matrix.blocks[first / matrix.rowsPerBlock].map { $0 + first % matrix.rowsPerBlock }
      }
    }
    columnCount = matrices.lazy.map { $0.width }.reduce(0, +)
    self.rowsPerBlock = rowsPerBlock
  }
}
