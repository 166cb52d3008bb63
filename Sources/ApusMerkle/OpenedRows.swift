// The rows of an opening, as the many-lane kernels take them: the matrices of one height, transposed.

internal import ApusField

struct OpenedRows {
  private let rows: [[BabyBear]]
  private let indices: [Int]
  private let shape: MerkleShape

  /// `rows[k]` has `shape.width` words, opened at `indices[k]`; the indices ascend.
  init(rows: [[BabyBear]], indices: [Int], shape: MerkleShape) {
    self.rows = rows
    self.indices = indices
    self.shape = shape
  }

  /// The digests of these rows of the matrices of one height, or `nil` if there is no such matrix.
  ///
  /// - Parameter nodes: the rows that belong to the indices: ascending, distinct.
  func digests(of nodes: [Int], logHeight: Int, kernels: MerkleKernels) throws(MerkleError) -> [MerkleDigest]? {
    var columns: [BabyBear] = []
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

  /// - Parameter columns: one after the other, `rows` words each.
  private func hash(_ columns: [BabyBear], rows: Int, kernels: MerkleKernels) -> [MerkleDigest] {
    let words = columns.map(\.montgomery)
    return words.withUnsafeBufferPointer { words in
      let starts = stride(from: 0, to: words.count, by: rows).map { Optional(words.baseAddress! + $0) }
      return starts.withUnsafeBufferPointer { starts in
        [MerkleDigest](unsafeUninitializedCapacity: rows) { nodes, initialized in
          kernels.hashRows(starts, 0..<rows, into: nodes.baseAddress!)
          initialized = rows
        }
      }
    }
  }
}
