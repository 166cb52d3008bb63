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
      + "\(fixed(machine.gigahertz, 2)) GHz. Medians of interleaved rounds."
  }

  private func section(_ title: String, _ charts: [String]) -> String {
    charts.isEmpty ? "" : element("h2", [:], escaped(title)) + charts.joined()
  }

  // MARK: Charts

  /// One for each kernel and field that were measured at several sizes on one thread: time by size, and dashed the time
  /// that the limits allow.
  private var sizeCharts: String {
    let sized = cases.filter { $0.work.workingSet > 0 && $0.label.threads == 1 }
    let kernels = unique(sized.map { "\($0.label.kernel), \($0.label.field)" })
    let marks = limits.bandwidths.filter { $0.capacity > 0 }.map { ($0.level, Double($0.capacity)) }
    let charts = kernels.compactMap { kernel -> String? in
      let all = sized.filter { "\($0.label.kernel), \($0.label.field)" == kernel }
      // What is ten times as slow would press all other lines to the ground.
      let vectors = all.filter { ChartColor(engine: $0.label.engine) != .portable }
      let own = vectors.isEmpty ? all : vectors
      let lines = unique(own.map(\.seriesName)).compactMap { name -> LineChart.Line? in
        let series = own.filter { $0.seriesName == name }.sorted { $0.work.workingSet < $1.work.workingSet }
        guard series.count > 1 else { return nil }
        return LineChart.Line(
          name: name, color: ChartColor(engine: series[0].label.engine),
          points: series.map { (Double($0.work.workingSet), $0.perUnit($0.nanoseconds.median)) },
          bounds: series.compactMap { one in
            one.bound.map { (Double(one.work.workingSet), one.perUnit($0.nanoseconds)) }
          })
      }
      guard !lines.isEmpty else { return nil }
      let title = "\(kernel): ns per \(own[0].unit), by working set; dashed: the bound"
      return LineChart(title: title, lines: lines, marks: marks).html
    }
    return section("Time by size", charts)
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
      return BarChart(title: "\(group.name): \(first.units) per ns; longer is faster", bars: bars).html
    }
    return section("Instruction sets and baselines", charts)
  }

  /// What several threads do in the time of one.
  private var speedupChart: String {
    let bars = groups.flatMap { group in
      group.cases.compactMap { one -> BarChart.Bar? in
        guard let speedup = group.speedup(of: one) else { return nil }
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
      guard let bound = one.bound, let share = one.shareOfLimit else { return nil }
      return BarChart.Bar(
        name: one.barName + (one.label.threads > 1 ? ", \(one.label.threads) threads" : ""), value: share,
        caption: "\(percent(share)) of \(bound.cause)", color: ChartColor(engine: one.label.engine))
    }
    guard !bars.isEmpty else { return "" }
    let title = "the best time that the limits allow as a share of the median, and the limit that binds"
    return section("Share of the limit", [BarChart(title: title, bars: bars, full: 1).html])
  }

  private var cases: [CaseResult] { groups.flatMap(\.cases) }
}

extension CaseResult {
  /// What its throughput counts.
  fileprivate var unit: String { work.butterflies > 0 ? "butterfly" : "element" }
  fileprivate var units: String { work.butterflies > 0 ? "butterflies" : "elements" }
  fileprivate var throughput: Double { 1 / max(perUnit(nanoseconds.median), 1e-9) }
  fileprivate func perUnit(_ nanoseconds: Double) -> Double {
    nanoseconds / Double(max(work.butterflies > 0 ? work.butterflies : work.elements, 1))
  }
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
