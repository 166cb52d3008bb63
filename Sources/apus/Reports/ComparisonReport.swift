// What `apus bench compare` reports.

import ApusBench

struct ComparisonReport: Report {
  struct Case: Encodable {
    let name: String
    let nanosecondsBefore, nanosecondsAfter, ratio: Double
    let verdict: String
  }

  let cases: [Case]
  let onlyBefore: [String]
  let onlyAfter: [String]
  let warning: String?
  let text: String

  init(_ comparison: Comparison) {
    cases = comparison.changes.map {
      Case(
        name: "\($0.group): \($0.label.name)", nanosecondsBefore: $0.before.median, nanosecondsAfter: $0.after.median,
        ratio: $0.ratio, verdict: $0.verdict.rawValue)
    }
    onlyBefore = comparison.onlyBefore
    onlyAfter = comparison.onlyAfter
    warning = comparison.warning
    text = comparison.text
  }

  private enum CodingKeys: CodingKey { case cases, onlyBefore, onlyAfter, warning }
}
