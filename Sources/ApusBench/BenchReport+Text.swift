// The report for people: the machine and its limits, then a table for each group.

extension BenchReport {
  /// Whole lines.
  public var text: String { machine.text + limits.text(gigahertz: machine.gigahertz) + groups.map(text(of:)).joined() }

  private func text(of group: GroupResult) -> String {
    let unit = TimeUnit(for: group.cases.map(\.nanoseconds.median).min() ?? 0)
    var table = TextTable([
      ("kernel", .left), ("field", .left), ("set", .left), ("rows", .right), ("columns", .right), ("threads", .right),
      ("\(unit.name)", .right), ("min", .right), ("±", .right), ("ns/element", .right), ("ns/butterfly", .right),
      ("cycles", .right), ("GB/s", .right), ("speed-up", .right), ("bound", .right), ("of limit", .right), ("", .left),
    ])
    for one in group.cases {
      table.append([
        one.label.kernel, one.label.field, one.label.engine, rowCount(one.label.rows), grouped(one.label.columns),
        "\(one.label.threads)", unit.text(one.nanoseconds.median), unit.text(one.nanoseconds.minimum),
        percent(one.nanoseconds.spread), one.perElement.map(significant) ?? "",
        one.perButterfly.map(significant) ?? "", one.cyclesPerUnit.map(significant) ?? "",
        one.gigabytesPerSecond.map(significant) ?? "", group.speedup(of: one).map { fixed($0, 2) + "×" } ?? "",
        one.bound.map { unit.text($0.nanoseconds) } ?? "", one.shareOfLimit.map(percent) ?? "",
        one.bound?.cause ?? "",
      ])
    }
    let growth = group.showsGrowth ? group.growth.map(\.text).joined() : ""
    return "\n\(group.name)\n" + table.text + growth
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
        speed-up against one thread
        bound    the best time that the limits below allow, and in the last columns its share of the median and what
                 binds: vector instructions of the best known sequence, products among them, or a memory's bandwidth

      """
  }
}

extension MachineLimits {
  fileprivate func text(gigahertz: Double) -> String {
    var bandwidth = TextTable([("one core", .left), ("size", .right), ("read GB/s", .right), ("copy GB/s", .right)])
    for level in bandwidths {
      let size = level.capacity > 0 ? "\(grouped(level.capacity >> 10)) KiB" : ""
      bandwidth.append([level.level, size, significant(level.read), significant(level.copy)])
    }
    var rates = TextTable([
      ("vectors", .left), ("instructions/ns", .right), ("per cycle", .right), ("products/ns", .right),
      ("vpmuludq per cycle", .right),
    ])
    for vector in vectors {
      rates.append([
        "\(8 * vector.vectorBytes)-bit", significant(vector.instructions), perCycle(vector.instructions),
        significant(vector.products), perCycle(vector.products / Double(max(vector.vectorBytes / 8, 1))),
      ])
    }
    func perCycle(_ rate: Double) -> String { gigahertz > 0 ? fixed(rate / gigahertz, 2) : "" }
    return "\nlimits\n" + bandwidth.text + "\n" + rates.text
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
