// How time grows with size: a transform's share grows with the logarithm of the rows, and all else does not, so that a row
// takes scale · (log2 rows + c). Which c fits best, and how far figures are from it.

/// Figures of one kernel at several numbers of rows, and the curve nearest to them.
public struct GrowthFit: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public let rows: Int
    /// The least nanoseconds of a row.
    public let measured: Double
    public let fitted: Double
    /// By how much of the fitted time the measured one is longer.
    public var deviation: Double { measured / fitted - 1 }
  }

  /// c: what a row takes beside the transforms, in their levels.
  public let offset: Double
  /// Nanoseconds of a row for each level.
  public let scale: Double
  public let points: [Point]
  /// The largest, whatever its sign.
  public var worstDeviation: Double { points.map { abs($0.deviation) }.max() ?? 0 }

  /// Beyond this a row takes as long in any trace.
  static let offsets = 0.0...1000

  /// The curve whose largest deviation is the least.
  ///
  /// - Parameter cases: of different numbers of rows. One number alone fits every curve: then there is none.
  public init?(_ cases: [CaseResult]) {
    let figures = cases.map { (rows: $0.label.rows, time: $0.nanoseconds.minimum / Double(max(1, $0.label.rows))) }
      .sorted { $0.rows < $1.rows }
    guard Set(figures.map(\.rows)).count > 1, figures.allSatisfy({ $0.time > 0 }) else { return nil }
    func ratios(_ offset: Double) -> [Double] { figures.map { $0.time / (log2($0.rows) + offset) } }
    func spread(_ offset: Double) -> Double {
      let ratios = ratios(offset)
      return (ratios.max() ?? 1) / (ratios.min() ?? 1)
    }
    // Each pair's ratio is monotone in the offset, so their largest distance from 1 falls and then rises.
    var (low, high) = (Self.offsets.lowerBound, Self.offsets.upperBound)
    for _ in 0..<200 {
      let (first, second) = (low + (high - low) / 3, high - (high - low) / 3)
      if spread(first) <= spread(second) { high = second } else { low = first }
    }
    offset = (low + high) / 2
    let ratios = ratios(offset)
    // In the middle of the extremes, whose deviations are then the same.
    let scale = ((ratios.max() ?? 0) + (ratios.min() ?? 0)) / 2
    self.scale = scale
    let c = offset
    points = figures.map { Point(rows: $0.rows, measured: $0.time, fitted: scale * (log2($0.rows) + c)) }
  }
}

/// Of a number of rows; all that are measured are powers of two.
private func log2(_ rows: Int) -> Double { Double(Int.bitWidth - 1 - max(1, rows).leadingZeroBitCount) }

extension GrowthFit {
  /// Whole lines.
  var text: String {
    var table = TextTable([("rows", .right), ("ns/row", .right), ("fitted", .right), ("deviation", .right)])
    for point in points {
      let sign = point.deviation < 0 ? "−" : "+"
      table.append([
        rowCount(point.rows), significant(point.measured), significant(point.fitted),
        sign + percent(abs(point.deviation)),
      ])
    }
    let c = offset < Self.offsets.upperBound - 1 ? fixed(offset, 1) : "beyond \(fixed(Self.offsets.upperBound, 0))"
    return """
        least time of a row as \(significant(scale)) ns · (log2 rows + c): c = \(c), deviation at most \
      \(percent(worstDeviation))

      """ + table.text
  }
}

extension GroupResult {
  /// A curve for each kernel that was measured at several numbers of rows.
  var growth: [GrowthFit] {
    var kernels: [CaseLabel] = []
    for one in cases where !kernels.contains(one.label.withoutRows) { kernels.append(one.label.withoutRows) }
    return kernels.compactMap { kernel in GrowthFit(cases.filter { $0.label.withoutRows == kernel }) }
  }
}

extension CaseLabel {
  fileprivate var withoutRows: CaseLabel {
    var label = self
    label.rows = 0
    return label
  }
}
