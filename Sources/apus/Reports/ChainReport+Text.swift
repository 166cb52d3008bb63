// A chain of headers in plain words.

import ApusStatements

extension ChainReport {
  var text: String {
    var rows = Rows()
    rows.title(
      """
      valid: \(headerCount(count)), each linked to the one before and with proof of work, proven with \(provenBits) bits
      """)
    rows.row("after block", previous)
    rows.row("to block", last)
    rows.row("heights", heights)
    rows.row("time", time)
    rows.row("times before", timesBeforeText)
    rows.row("last times", lastTimes.map(String.init).joined(separator: ","))
    rows.row("work", verdict.chain.work.hashes)
    describeGrounds(in: &rows)
    rows.title("not checked here:")
    for gap in notChecked { rows.title("  - \(gap)") }
    return rows.text
  }

  /// What the chain rests on: difficulty, proofs, a known block.
  func describeGrounds(in rows: inout Rows) {
    rows.row("difficulty", difficulty)
    for proof in proofs { proof.describe(in: &rows) }
    rows.row("anchor", anchorText)
    if let missedAnchor { rows.row("", "no proof begins or ends at the block given, \(missedAnchor)") }
  }

  private var heights: String {
    guard let startHeight, let heightIs else { return "unknown" }
    return "\(heightRange(startHeight, count)) (\(heightIs))"
  }

  private var time: String {
    let span = formatted(span: Int64(lastTime) - Int64(firstTime))
    return "\(formatted(time: firstTime)) … \(formatted(time: lastTime)) (\(span))"
  }

  /// In the form that `apus prove headers --times-before` reads.
  private var timesBeforeText: String {
    if verdict.startsWithGenesis { return "none: this is the first block" }
    if verdict.chain.timesBefore == .unknown { return "not given" }
    return "\(timesBefore.map(String.init).joined(separator: ",")) (claimed)"
  }

  /// Equal nBits are named once.
  private var difficulty: String {
    var distinct: [String] = []
    for bits in bits where bits != distinct.last { distinct.append(bits) }
    let shown = distinct.count > 4 ? distinct.prefix(2) + ["…"] + distinct.suffix(1) : distinct
    return "nBits \(shown.joined(separator: ", ")); \(verdict.chain.retarget)"
  }

  private var anchorText: String {
    guard let anchor else { return "UNANCHORED: anyone can mine this at the stated difficulty" }
    let place =
      switch anchor.headersBefore {
      case 0: "starts after"
      case count: "ends with"
      default: "passes through"
      }
    let block = anchor.height.map { "block \($0.grouped)" } ?? "the block"
    let source = anchor.source == "given" ? "given" : "a checkpoint of this program"
    return "\(place) \(block), \(source): \(anchor.hash)"
  }
}
