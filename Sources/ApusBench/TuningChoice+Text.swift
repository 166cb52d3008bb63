// Choices for people: in a line, and with the figures behind them.

extension TuningChoice: CustomStringConvertible {
  public var description: String { names[chosen] }

  /// Why it was chosen, in a few words.
  public var why: String {
    switch reason {
    case .onlyCandidate: "nothing else to try"
    case .notMeasured: "not measured, the time was up"
    case .fastest: "the default, and fastest"
    case .withinNoise: "the default; nothing is faster beyond noise"
    case .faster(let saving): "saves \(percent(saving)) of the default's time"
    }
  }

  /// A table of all candidates, the chosen one marked.
  public var explanation: String {
    let title = "\(knob): \(names[chosen]), \(why)\n"
    guard !times.isEmpty else { return title }
    var table = TextTable([
      ("", .left), (workload, .left), ("median", .right), ("spread", .right), ("best", .right), ("samples", .right),
    ])
    for (index, (name, time)) in zip(names, times).enumerated() {
      table.append([
        index == chosen ? "→" : "", name, microseconds(time.median), percent(time.spread), microseconds(time.minimum),
        "\(time.count)",
      ])
    }
    return title + table.text
  }

  private func microseconds(_ nanoseconds: Double) -> String { significant(nanoseconds / 1000) + " µs" }
}
