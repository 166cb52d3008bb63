// Two runs against each other: what changed by more than both runs' noise.

/// What became of one case.
public enum Verdict: String, Sendable {
  case faster, slower, same
}

/// One case in two runs.
public struct Change: Hashable, Sendable {
  public let group: String
  public let label: CaseLabel
  public let before: Summary
  public let after: Summary

  /// The new median over the old one: below one is faster.
  public var ratio: Double { after.median / before.median }

  /// A change is real if the medians differ by more than three times the deviation of their difference, and by more
  /// than what a machine's own day-to-day wander is taken to be, and the minima moved the same way: a minimum is what
  /// a disturbance of one of the runs does not move.
  public var verdict: Verdict {
    let difference = after.median - before.median
    let deviation = (before.deviation * before.deviation + after.deviation * after.deviation).squareRoot()
    let isBeyondNoise = abs(difference) > 3 * deviation && abs(difference) > Comparison.wander * before.median
    let minimaAgree = difference * (after.minimum - before.minimum) > 0
    guard isBeyondNoise, minimaAgree else { return .same }
    return difference < 0 ? .faster : .slower
  }
}

public struct Comparison: Hashable, Sendable {
  /// The share by which the same code on the same machine may differ from run to run.
  static let wander = 0.02

  /// Cases of both runs, in the order of the second.
  public let changes: [Change]
  /// Names of cases of one run only.
  public let onlyBefore: [String]
  public let onlyAfter: [String]
  /// Why the figures may not be comparable at all.
  public let warning: String?

  public init(before: BenchReport, after: BenchReport) {
    struct Key: Hashable {
      let group: String
      let label: CaseLabel
      var name: String { "\(group): \(label.name)" }
    }
    func cases(_ report: BenchReport) -> [(key: Key, times: Summary)] {
      report.groups.flatMap { group in
        group.cases.map { (Key(group: group.name, label: $0.label), $0.nanoseconds) }
      }
    }
    let (old, new) = (cases(before), cases(after))
    let known = Dictionary(old.map { ($0.key, $0.times) }) { first, _ in first }
    let kept = Set(new.map(\.key))
    changes = new.compactMap { key, times in
      known[key].map { Change(group: key.group, label: key.label, before: $0, after: times) }
    }
    onlyBefore = old.map(\.key).filter { !kept.contains($0) }.map(\.name)
    onlyAfter = new.map(\.key).filter { known[$0] == nil }.map(\.name)
    warning =
      before.machine.cpu == after.machine.cpu
      ? nil : "the runs are of different processors: \(before.machine.cpu) and \(after.machine.cpu)"
  }
}
