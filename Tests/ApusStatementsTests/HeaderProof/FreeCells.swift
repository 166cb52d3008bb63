// Cells of a header trace that a prover may fill as it likes, because no rule of the statement reads them there.

import ApusField

/// Why a changed cell may stay unnoticed; beyond these reasons none may.
struct FreeCells: Sendable {
  let name: String
  private let columns: Range<Int>
  /// The cell's row in its header, and its number among the columns.
  private let isFree: @Sendable (_ row: Int, _ column: Int) -> Bool

  func explains(column: Int, row: Int) -> Bool { columns.contains(column) && isFree(row, column - columns.lowerBound) }

  /// The rows of SHA-256's rounds in each of the three blocks, and those of the additions after them.
  private static let rounds = [4..<68, 72..<136, 144..<208]
  private static func isRound(_ row: Int) -> Bool { rounds.contains { $0.contains(row % 256) } }
  private static func isFeedForward(_ row: Int) -> Bool {
    rounds.contains { ($0.upperBound..<$0.upperBound + 4).contains(row % 256) }
  }
  private static func isExpansion(_ row: Int) -> Bool {
    rounds.contains { ($0.lowerBound + 16..<$0.upperBound).contains(row % 256) }
  }

  static let all = [
    FreeCells(name: "carries where nothing is added", columns: TraceColumns.carryE..<TraceColumns.carryW) { row, _ in
      !isRound(row) && !isFeedForward(row)
    },
    // Two summands carry 0 or 1.
    FreeCells(name: "high carry bits after a block", columns: TraceColumns.carryE..<TraceColumns.carryW) {
      row, column in isFeedForward(row) && column % 3 != 0
    },
    FreeCells(name: "carries of no expansion", columns: TraceColumns.carryW..<TraceColumns.register) { row, _ in
      !isExpansion(row)
    },
    FreeCells(name: "borrows of no comparison", columns: TraceColumns.borrow..<TraceColumns.active) { row, _ in
      !(212...228).contains(row % 256)
    },
  ]
}
