// A security report for people.

extension SecurityReport: CustomStringConvertible {
  public var description: String {
    let width = terms.map(\.name.count).max() ?? 0
    var lines = ["\(preset.name): \(oneDecimal(provenBits)) bits proven (\(regime)), \(queries) queries"]
    if preset.level == 0 { lines[0] += "; no level is promised" }
    for term in terms {
      let name = term.name + String(repeating: " ", count: width - term.name.count)
      let work = term.grinding > 0 ? "  = \(oneDecimal(term.bits)) + \(term.grinding) of work" : ""
      let second = term.secondOpinion.map { "  (DKT26: \(oneDecimal($0 + Double(term.grinding))))" } ?? ""
      let note = shortfallNote(term.total).map { "  (\($0))" } ?? ""
      lines.append("  \(name)  \(oneDecimal(term.total))\(work)\(second)\(note)")
    }
    return (lines + changes.map { "  " + text($0) }).joined(separator: "\n")
  }

  /// Why these proven bits, which are rounded down, are enough although they read as less than the level.
  package func shortfallNote(_ bits: Double) -> String? {
    let missing = Double(preset.level) - bits
    guard missing > 0, missing <= Self.tolerance else { return nil }
    return "less than 10^-6 below \(preset.level), which counts as \(preset.level)"
  }

  private func text(_ change: Change) -> String {
    let rows = "2^\(change.logRows) rows"
    guard let queries = change.queries, let regime = change.regime else { return "from \(rows): out of reach" }
    let difference = queries - self.queries
    let words = "\(abs(difference)) \(difference > 0 ? "more" : "fewer")"
    let takesOver = regime == .unique && self.regime != .unique ? ", and unique decoding takes over" : ""
    return "at \(rows): \(queries) queries, \(words)\(takesOver)"
  }
}

/// One decimal, rounded down: a bound never reads higher than it is.
package func oneDecimal(_ x: Double) -> String {
  let tenths = Int((x * 10).rounded(.down))
  return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}
