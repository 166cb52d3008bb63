// Where a report would read differently: other numbers of rows at which queries or the regime change.

extension SecurityReport {
  /// The same statement at another number of rows.
  package struct Change: Equatable, Sendable {
    package let logRows: Int
    /// `nil` where the level is out of reach.
    package let queries: Int?
    package let regime: DecodingRegime?
  }

  /// The nearest numbers of rows with more queries and with fewer, then the first above at which unique decoding takes
  /// over, then the first at which the level is out of reach.
  package var changes: [Change] {
    // Shorter codewords have their places below this trace's rows.
    let below = (input.rollIns.map(\.logRows).max() ?? 4) + 1
    let fewer = stride(from: input.logRows - 1, through: below, by: -1).lazy.map(change)
      .first { ($0.queries ?? queries) < queries }
    let above = (input.logRows + 1..<Self.logRowsLimit + 1).map(change)
    let more = above.first { ($0.queries ?? queries) > queries }
    let unique = regime == .unique ? nil : above.first { $0.regime == .unique }
    let end = above.first { $0.queries == nil }
    return [fewer, more, unique == more ? nil : unique, end].compactMap { $0 }
  }

  private static var logRowsLimit: Int { ProofShape.maximumRows.trailingZeroBitCount }

  private func change(logRows: Int) -> Change {
    var other = input
    other.logRows = logRows
    let report = try? SecurityReport(preset: preset, input: other, hash: hash)
    return Change(logRows: logRows, queries: report?.queries, regime: report?.regime)
  }
}
