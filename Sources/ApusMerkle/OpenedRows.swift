// The rows of an opening, as the many-lane kernels take them: the matrices of one height, transposed.

internal import ApusField

struct OpenedRows<Element: MerkleElement> {
  private let rows: [[Element]]
  private let indices: [Int]
  private let shape: MerkleShape

  /// `rows[k]` has `shape.width` words, opened at `indices[k]`; the indices ascend.
  init(rows: [[Element]], indices: [Int], shape: MerkleShape) {
    self.rows = rows
    self.indices = indices
    self.shape = shape
  }

  /// The digests of these rows of the matrices of one height, or `nil` if there is no such matrix.
  ///
  /// - Parameter nodes: the rows that belong to the indices: ascending, distinct.
  func digests(
    of nodes: [Int], logHeight: Int, kernels: MerkleKernels<Element>
  ) throws(MerkleError) -> [MerkleDigest]? {
    var columns: [Element] = []
    var isPresent = false
    var first = 0
    for (number, matrix) in shape.matrices.enumerated() {
      if matrix.logHeight == logHeight {
        isPresent = true
        let openings = try distinctOpenings(of: number, words: first..<first + matrix.width)
        for word in first..<first + matrix.width { columns += openings.map { rows[$0][word] } }
      }
      first += matrix.width
    }
    return isPresent ? hash(columns, rows: nodes.count, kernels: kernels) : nil
  }

  /// One opening for each row of the matrix that is opened, ascending. Where leaves share a row, all must agree on it.
  private func distinctOpenings(of number: Int, words: Range<Int>) throws(MerkleError) -> [Int] {
    let matrix = shape.matrices[number]
    var distinct: [Int] = []
    for (opening, index) in indices.enumerated() {
      let row = shape.row(of: matrix, at: index)
      if let last = distinct.last, shape.row(of: matrix, at: indices[last]) == row {
        guard rows[last][words] == rows[opening][words] else { throw .rowsDisagree(matrix: number, row: row) }
      } else {
        distinct.append(opening)
      }
    }
    return distinct
  }

  /// - Parameter columns: one after the other, `rows` elements each.
  private func hash(_ columns: [Element], rows: Int, kernels: MerkleKernels<Element>) -> [MerkleDigest] {
    columns.withUnsafeBufferPointer { elements in
      let starts = stride(from: 0, to: elements.count, by: rows).map { Optional(elements.baseAddress! + $0) }
      return starts.withUnsafeBufferPointer { starts in
        [MerkleDigest](unsafeUninitializedCapacity: rows) { nodes, initialized in
          kernels.hashRows(starts, 0..<rows, nodes.baseAddress!)
          initialized = rows
        }
      }
    }
  }
}
