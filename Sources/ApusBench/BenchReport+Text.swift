// The report for people: the machine and its limits, then a table for each group.

extension BenchReport {
  /// Whole lines.
  public var text: String { machine.text + limits.text + groups.map(text(of:)).joined() }

  private func text(of group: GroupResult) -> String {
    let unit = TimeUnit(for: group.cases.map(\.nanoseconds.median).min() ?? 0)
    var table = TextTable([
      ("kernel", .left), ("field", .left), ("set", .left), ("rows", .right), ("columns", .right), ("threads", .right),
      ("\(unit.name)", .right), ("min", .right), ("±", .right), ("ns/element", .right), ("ns/butterfly", .right),
      ("cycles", .right), ("GB/s", .right), ("of limit", .right), ("", .left),
    ])
    for one in group.cases {
      let bound = limits.bound(of: one.work, threads: one.label.threads)
      table.append([
        one.label.kernel, one.label.field, one.label.engine, rowCount(one.label.rows), grouped(one.label.columns),
        "\(one.label.threads)", unit.text(one.nanoseconds.median), unit.text(one.nanoseconds.minimum),
        percent(one.nanoseconds.spread), one.perElement.map(significant) ?? "",
        one.perButterfly.map(significant) ?? "", one.cyclesPerUnit.map(significant) ?? "",
        one.gigabytesPerSecond.map(significant) ?? "",
        bound.map { percent($0.nanoseconds / max(one.nanoseconds.median, 1e-3)) } ?? "", bound?.cause ?? "",
      ])
    }
    return "\n\(group.name)\n" + table.text
  }
}

extension BenchMachine {
  fileprivate var text: String {
    let source =
      switch cycleSource {
      case .counter: "counted by the processor"
      case .timeStamp: "time stamp counter times the measured ratio of the clocks"
      }
    return """
      \(cpu), \(threads) \(threads == 1 ? "thread" : "threads"), \(fixed(gigahertz, 2)) GHz
        times    median of interleaved rounds; ± is the median deviation, scaled to a standard deviation
        cycles   per butterfly, or else per element, of one thread; \(source)
        of limit share of the best time that the limits below allow, and which of them binds

      """
  }
}

extension MachineLimits {
  fileprivate var text: String {
    var bandwidth = TextTable([("one core", .left), ("size", .right), ("read GB/s", .right), ("copy GB/s", .right)])
    for level in bandwidths {
      let size = level.capacity > 0 ? "\(grouped(level.capacity >> 10)) KiB" : ""
      bandwidth.append([level.level, size, significant(level.read), significant(level.copy)])
    }
    let rates = products.map { "\(significant($0.rate)) in \(8 * $0.vectorBytes)-bit vectors" }
    return "\nlimits\n" + bandwidth.text + "  products (vpmuludq) per ns: \(rates.joined(separator: ", "))\n"
  }
}

extension CaseResult {
  public var perElement: Double? { per(work.elements, nanoseconds.median) }
  public var perButterfly: Double? { per(work.butterflies, nanoseconds.median) }
  /// Of one thread: where there are several, the others' cycles are unknown.
  public var cyclesPerUnit: Double? {
    guard label.threads == 1 else { return nil }
    return per(work.butterflies > 0 ? work.butterflies : work.elements, cycles)
  }
  public var gigabytesPerSecond: Double? {
    work.bytes > 0 && nanoseconds.median > 0 ? Double(work.bytes) / nanoseconds.median : nil
  }

  private func per(_ count: Int, _ value: Double) -> Double? { count > 0 ? value / Double(count) : nil }
}

/// The unit that a group's times are given in: the shortest of them is at least one, or about that.
private struct TimeUnit {
  let name: String
  private let nanoseconds: Double

  init(for shortest: Double) {
    switch shortest {
    case ..<500: (name, nanoseconds) = ("ns", 1)
    case ..<500_000: (name, nanoseconds) = ("µs", 1e3)
    default: (name, nanoseconds) = ("ms", 1e6)
    }
  }

  func text(_ value: Double) -> String { significant(value / nanoseconds) }
}
