// Statistics of known data, and that a few wild samples do not move them.

import ApusBench
import Testing

@Suite struct StatisticsTests {
  @Test func ofKnownSamples() {
    let summary = Summary(of: [5, 1, 4, 2, 3])
    #expect(summary.count == 5)
    #expect(summary.minimum == 1)
    #expect(summary.lowerQuartile == 2)
    #expect(summary.median == 3)
    #expect(summary.upperQuartile == 4)
    #expect(summary.medianDeviation == 1)  // distances 2, 1, 0, 1, 2
  }

  @Test func betweenSamples() {
    let summary = Summary(of: [1, 2, 3, 10])
    #expect(summary.lowerQuartile == 1.75)
    #expect(summary.median == 2.5)
    #expect(summary.upperQuartile == 4.75)
    #expect(summary.medianDeviation == 1)  // distances 0.5, 0.5, 1.5, 7.5
  }

  @Test func ofOneSample() {
    let summary = Summary(of: [7])
    #expect(summary.minimum == 7 && summary.median == 7 && summary.upperQuartile == 7)
    #expect(summary.deviation == 0 && summary.spread == 0)
  }

  @Test func wildSamplesCountLittle() {
    let calm = (0..<90).map { 100 + Double($0 % 10) }
    let wild = calm + Array(repeating: 1e6, count: 10)
    #expect(abs(Summary(of: wild).median - Summary(of: calm).median) <= 1)
    #expect(Summary(of: wild).spread < 0.06)
  }

  @Test func aStandardDeviation() {
    // The median deviation of a normal distribution is 0.6745 of its standard deviation.
    let summary = Summary(
      count: 9, minimum: 0, lowerQuartile: 0, median: 100, upperQuartile: 0, medianDeviation: 0.6745)
    #expect(abs(summary.deviation - 1) < 1e-4)
    #expect(abs(summary.spread - 0.01) < 1e-6)
  }
}
