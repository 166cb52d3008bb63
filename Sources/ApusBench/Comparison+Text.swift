// A comparison for people: what changed, the greatest change first, and how much else there is.

extension Comparison {
  /// Whole lines.
  public var text: String {
    let changed = changes.filter { $0.verdict != .same }
    var table = TextTable([
      ("kernel", .left), ("field", .left), ("set", .left), ("rows", .right), ("columns", .right), ("threads", .right),
      ("µs before", .right), ("±", .right), ("µs after", .right), ("±", .right), ("time", .right), ("", .left),
    ])
    for change in changed.sorted(by: { $0.size > $1.size }) {
      table.append([
        change.label.kernel, change.label.field, change.label.engine, rowCount(change.label.rows),
        grouped(change.label.columns), "\(change.label.threads)", significant(change.before.median / 1e3),
        percent(change.before.spread), significant(change.after.median / 1e3), percent(change.after.spread),
        (change.ratio > 1 ? "+" : "") + percent(change.ratio - 1), change.verdict.rawValue,
      ])
    }
    let slower = changed.count { $0.verdict == .slower }
    var lines = warning.map { "warning: \($0)\n" } ?? ""
    if !changed.isEmpty { lines += table.text + "\n" }
    lines += "\(changes.count) compared: \(slower) slower, \(changed.count - slower) faster, "
    lines += "\(changes.count - changed.count) the same within noise\n"
    lines += Self.list(onlyBefore, "only before") + Self.list(onlyAfter, "only after")
    return lines
  }

  private static func list(_ names: [String], _ title: String) -> String {
    guard let first = names.first else { return "" }
    return "\(names.count) \(title): \(first)\(names.count > 1 ? ", …" : "")\n"
  }
}

extension Change {
  /// Halved and doubled are changes of one size.
  fileprivate var size: Double { max(ratio, 1 / ratio) }
}
