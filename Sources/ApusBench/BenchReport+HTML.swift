// The report as one page that needs nothing else: charts drawn here, for light and dark, and the tables behind them.

extension BenchReport {
  public var html: String {
    let charts = sizeCharts + setCharts + speedupChart + limitChart
    let body =
      element("h1", [:], "apus bench") + element("p", [:], escaped(summary)) + charts
      + element("h2", [:], "All figures") + element("pre", [:], escapedLines(text))
    let head =
      "<meta charset=\"utf-8\"/>" + "<meta name=\"viewport\" content=\"width=device-width\"/>"
      + element("title", [:], "apus bench") + element("style", [:], pageStyle)
    return "<!DOCTYPE html>\n"
      + element("html", ["lang": "en"], element("head", [:], head) + "\n" + element("body", [:], body)) + "\n"
  }

  private var summary: String {
    "\(machine.cpu), \(machine.threads) \(machine.threads == 1 ? "thread" : "threads"), "
      + "\(fixed(machine.gigahertz, 2)) GHz. Medians of interleaved rounds; longer bars and higher lines are faster."
  }

  private func section(_ title: String, _ charts: [String]) -> String {
    charts.isEmpty ? "" : element("h2", [:], escaped(title)) + charts.joined()
  }

  // MARK: Charts

  /// One for each kernel and field that were measured at several sizes on one thread.
  private var sizeCharts: String {
    let sized = cases.filter { $0.work.workingSet > 0 && $0.label.threads == 1 }
    let kernels = unique(sized.map { "\($0.label.kernel), \($0.label.field)" })
    let marks = limits.bandwidths.filter { $0.capacity > 0 }.map { ($0.level, Double($0.capacity)) }
    let charts = kernels.compactMap { kernel -> String? in
      let own = sized.filter { "\($0.label.kernel), \($0.label.field)" == kernel }
      let lines = unique(own.map(\.seriesName)).compactMap { name -> LineChart.Line? in
        let series = own.filter { $0.seriesName == name }.sorted { $0.work.workingSet < $1.work.workingSet }
        guard series.count > 1 else { return nil }
        return LineChart.Line(
          name: name, color: ChartColor(engine: series[0].label.engine),
          points: series.map { (Double($0.work.workingSet), $0.throughput) })
      }
      guard !lines.isEmpty else { return nil }
      let title = "\(kernel): \(own[0].throughputUnit) per ns, by working set"
      return LineChart(title: title, lines: lines, marks: marks).html
    }
    return section("Throughput by size", charts)
  }

  /// One for each group: its cases on one thread, side by side.
  private var setCharts: String {
    let charts = groups.compactMap { group -> String? in
      let single = group.cases.filter { $0.label.threads == 1 }
      guard let first = single.first else { return nil }
      let bars = single.map { one in
        BarChart.Bar(
          name: one.barName, value: one.throughput, caption: significant(one.throughput),
          color: ChartColor(engine: one.label.engine))
      }
      return BarChart(title: "\(group.name): \(first.throughputUnit) per ns", bars: bars).html
    }
    return section("Instruction sets and baselines", charts)
  }

  /// What several threads do in the time of one.
  private var speedupChart: String {
    let bars = groups.flatMap { group in
      group.cases.compactMap { one -> BarChart.Bar? in
        var alone = one.label
        alone.threads = 1
        guard one.label.threads > 1, let base = group.cases.first(where: { $0.label == alone }) else { return nil }
        let speedup = base.nanoseconds.median / max(one.nanoseconds.median, 1e-3)
        let share = percent(speedup / Double(one.label.threads))
        return BarChart.Bar(
          name: "\(one.barName), \(one.label.threads) threads", value: speedup,
          caption: "\(significant(speedup))×, \(share)", color: ChartColor(engine: one.label.engine))
      }
    }
    guard !bars.isEmpty else { return "" }
    let title = "times as fast as one thread, and as a share of all threads"
    return section("Speed-up by threads", [BarChart(title: title, bars: bars).html])
  }

  /// A full bar is the limit.
  private var limitChart: String {
    let bars = cases.compactMap { one -> BarChart.Bar? in
      guard let bound = limits.bound(of: one.work, threads: one.label.threads) else { return nil }
      let share = bound.nanoseconds / max(one.nanoseconds.median, 1e-3)
      return BarChart.Bar(
        name: one.barName + (one.label.threads > 1 ? ", \(one.label.threads) threads" : ""), value: share,
        caption: "\(percent(share)) \(bound.cause)", color: ChartColor(engine: one.label.engine))
    }
    guard !bars.isEmpty else { return "" }
    let title = "share of the best time that the binding limit allows"
    return section("Share of the limit", [BarChart(title: title, bars: bars, full: 1).html])
  }

  private var cases: [CaseResult] { groups.flatMap(\.cases) }
}

extension CaseResult {
  fileprivate var throughput: Double {
    let count = work.butterflies > 0 ? work.butterflies : work.elements
    return Double(count) / max(nanoseconds.median, 1e-3)
  }
  fileprivate var throughputUnit: String { work.butterflies > 0 ? "butterflies" : "elements" }
  fileprivate var seriesName: String {
    label.columns == 1 ? label.engine : "\(label.engine), \(grouped(label.columns)) columns"
  }
  fileprivate var barName: String {
    let size = label.columns == 1 ? rowCount(label.rows) : "\(rowCount(label.rows)) × \(grouped(label.columns))"
    return "\(label.kernel) \(label.field) \(size) \(label.engine)"
  }
}

/// In the order in which they come first.
private func unique(_ names: [String]) -> [String] {
  var seen: Set<String> = []
  return names.filter { seen.insert($0).inserted }
}

private func escapedLines(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "\n")
}
