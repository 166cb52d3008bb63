// What `apus heavier` reports: which of two chains has more work, since when, and what both rest on.

import ApusStatements

struct HeavierReport: Report {
  struct Common: Encodable {
    let hash: String
    /// None if it is not known, or if the next header is claimed to be the first of all.
    let height: Int?
    /// `anchored`, or `claimed`: what a prover says, as headers hold no heights.
    let heightIs: String?
  }
  /// A chain, and what it has after the common block.
  struct Branch: Encodable {
    let count: Int
    /// Decimal digits: more than a JSON number holds.
    let work: String
    let chain: ChainReport
  }

  let valid = true
  /// `first`, `second` or `neither`.
  let heavier: String
  /// The difference in work, in decimal digits.
  let lead: String
  let common: Common
  let first, second: Branch
  /// The least of all proofs.
  let provenBits: Double
  let notChecked: [String]

  private let comparison: ChainComparison

  init(_ comparison: ChainComparison, first: ChainReport, second: ChainReport) {
    self.comparison = comparison
    heavier = comparison.heavier?.rawValue ?? "neither"
    lead = comparison.lead.description
    common = Common(
      hash: comparison.common.display, height: comparison.height.flatMap { $0.value < 0 ? nil : $0.value },
      heightIs: comparison.height.map { $0.isAnchored ? "anchored" : "claimed" })
    self.first = Branch(
      count: comparison.first.count, work: comparison.first.work.description, chain: first)
    self.second = Branch(
      count: comparison.second.count, work: comparison.second.work.description, chain: second)
    provenBits = min(first.provenBits, second.provenBits)
    notChecked =
      ["whether the chains part later: headers inside of proofs are not visible; common ones count on both sides"]
      + [("first", first), ("second", second)].compactMap { name, chain in
        ChainReport.gapBeforeFirst(chain.verdict).map { "of the \(name) chain: \($0)" }
      } + ChainReport.notCheckedOfHeaders + ["that one of the two is the heaviest chain"]
  }

  private enum CodingKeys: CodingKey { case valid, heavier, lead, common, first, second, provenBits, notChecked }

  var text: String {
    var rows = Rows()
    rows.title("\(verdict), proven with \(provenBits) bits")
    rows.row("common block", common.hash)
    rows.row("height", commonHeight)
    for (name, branch, work) in [
      ("first", first, comparison.first.work), ("second", second, comparison.second.work),
    ] {
      rows.title("the \(name) chain, \(headerCount(branch.count)) after that block:")
      rows.row("their work", work.hashes)
      rows.row("to block", branch.chain.last)
      branch.chain.describeGrounds(in: &rows)
    }
    rows.title("not checked here:")
    for gap in notChecked { rows.title("  - \(gap)") }
    return rows.text
  }

  private var commonHeight: String {
    guard let heightIs = common.heightIs else { return "unknown" }
    return common.height.map { "\($0.grouped) (\(heightIs))" } ?? "none: the next header is at height 0 (\(heightIs))"
  }

  private var verdict: String {
    guard let side = comparison.heavier else {
      return first.chain.last == second.chain.last
        ? "tie: both chains end with the same block" : "tie: both chains have the same work after their common block"
    }
    let lighter = side == .first ? comparison.second : comparison.first
    let continues = lighter.count == 0 ? ", which continues the \(side == .first ? "second" : "first")" : ""
    return "heavier: the \(side.rawValue) chain\(continues), by \(comparison.lead.hashes)"
  }
}
