// Rows beside the rows a rotation before them, cyclically, for columns over a subgroup that serve every rotation.

/// `count` rows from `row` on, and as many from `from` on: row `i` goes with row `i - rotation` modulo the column.
struct RotatedRows {
  let row: Int
  let from: Int
  let count: Int

  /// A range of the column's rows, a power of two in all, in at most two straight pieces.
  static func pieces(of range: Range<Int>, rotation: Int, rows: Int) -> [RotatedRows] {
    var pieces: [RotatedRows] = []
    var row = range.lowerBound
    while row < range.upperBound {
      let from = (row - rotation) & (rows - 1)
      let count = min(range.upperBound - row, rows - from)
      pieces.append(RotatedRows(row: row, from: from, count: count))
      row += count
    }
    return pieces
  }
}
