// Statistics that one disturbed round in ten does not move.

/// Order statistics of samples.
public struct Summary: Hashable, Sendable {
  public let count: Int
  public let minimum: Double
  public let lowerQuartile: Double
  public let median: Double
  public let upperQuartile: Double
  /// The median of the distances from the median.
  public let medianDeviation: Double

  /// - Parameter samples: at least one, all finite.
  public init(of samples: [Double]) {
    precondition(!samples.isEmpty, "no samples, no statistics")
    let sorted = samples.sorted()
    let median = quantile(0.5, ofSorted: sorted)
    count = sorted.count
    minimum = sorted[0]
    lowerQuartile = quantile(0.25, ofSorted: sorted)
    self.median = median
    upperQuartile = quantile(0.75, ofSorted: sorted)
    medianDeviation = quantile(0.5, ofSorted: sorted.map { abs($0 - median) }.sorted())
  }

  /// Statistics that were worked out before.
  public init(
    count: Int, minimum: Double, lowerQuartile: Double, median: Double, upperQuartile: Double, medianDeviation: Double
  ) {
    self.count = count
    self.minimum = minimum
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
    self.medianDeviation = medianDeviation
  }

  /// What the standard deviation would be if the samples were normally distributed.
  public var deviation: Double { 1.4826 * medianDeviation }
  /// The deviation as a share of the median.
  public var spread: Double { median > 0 ? deviation / median : 0 }
}

/// The value below which a share `q` of the samples lies, between neighbours by proportion.
func quantile(_ q: Double, ofSorted sorted: [Double]) -> Double {
  let place = q * Double(sorted.count - 1)
  let below = Int(place)
  guard below + 1 < sorted.count else { return sorted[below] }
  return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}
