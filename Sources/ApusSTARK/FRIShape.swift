// What both sides of FRI know before they begin: heights, folds, queries. All of it follows from a security report, so
// what is folded and rolled in is what the report counts.

package import ApusMerkle

/// The form of one run of FRI over codewords of one rate: the tallest, and shorter ones that join it on its way down.
package struct FRIShape: Sendable {
  package let security: SecurityReport
  /// log2 of each fold's arity, in order.
  package let foldLogs: [Int]
  /// log2 of the shorter codewords' coefficients, descending.
  package let rollIns: [Int]

  package init(_ security: SecurityReport) {
    self.security = security
    foldLogs = security.input.foldLogs(security.preset)
    rollIns = security.input.rollIns.map(\.logRows).sorted(by: >)
  }

  /// log2 of the tallest codeword's coefficients.
  package var logRows: Int { security.input.logRows }
  package var logBlowup: Int { security.preset.logBlowup }
  package var queries: Int { security.queries }
  package var hash: MerkleHash { security.hash }

  /// log2 of the coefficients that so many folds leave.
  package func logRows(afterFolds folds: Int) -> Int { logRows - foldLogs.prefix(folds).reduce(0, +) }
  /// Coefficients of the final polynomial.
  package var finalCount: Int { 1 << logRows(afterFolds: foldLogs.count) }

  /// Which of the shorter codewords joins what this fold makes, if any.
  package func rollIn(atFold fold: Int) -> Int? { rollIns.firstIndex(of: logRows(afterFolds: fold + 1)) }

  /// Where these positions of the tallest codeword come to in one of `2^logRows` coefficients.
  ///
  /// - Parameter positions: ascending, distinct; so is the result.
  package func positions(_ positions: [Int], foldedTo logRows: Int) -> [Int] {
    let arityLog = self.logRows - logRows
    return Set(positions.map { FoldQueries.leaf(of: $0, rows: 1 << self.logRows, arityLog: arityLog) }).sorted()
  }
}

extension SoundnessInput {
  /// log2 of each fold's arity, in order.
  package func foldLogs(_ preset: SecurityPreset) -> [Int] {
    preset.foldLogs(logRows: logRows, stoppingAt: rollIns.map(\.logRows))
  }
}
