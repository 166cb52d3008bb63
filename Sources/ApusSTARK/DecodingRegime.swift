// How far from the code a word may be for the argument to speak about it, and what is proven at that distance: unique
// decoding, or the list-decoding (Johnson) regime with the proximity gaps of Ben-Sasson, Carmon, Haböck, Kopparty and
// Saraf, "On Proximity Gaps for Reed-Solomon Codes" (2025/2055), Theorem 1.5.

public enum DecodingRegime: Equatable, Sendable, CustomStringConvertible {
  /// Within half the minimum distance.
  case unique
  /// Within the Johnson bound less a margin of `sqrt(rate) / 2m`.
  case johnson(multiplicity: Int)

  public var description: String {
    switch self {
    case .unique: "unique decoding"
    case .johnson(let m): "Johnson, m = \(m)"
    }
  }

  /// Multiplicities that are considered.
  static let multiplicities = 3...1000
}

/// A regime at work: what a query catches, how many codewords a word may be near, how many challenges are exceptional.
///
/// An opened word is near polynomials of degree below rows + points, so agreement and list size are those of the rate
/// `(rows + points) / length`; the words that are batched and folded are tested against the rate itself.
package struct ProximityBounds {
  package let regime: DecodingRegime
  package let logBlowup: Int
  /// The share of positions at which a word that the argument has not ruled out may agree with the code.
  package let agreement: Double
  /// Codewords that agree so much with one word.
  package let listSize: Double
  /// The least multiplicity with which Theorem 1.5 covers this agreement at the code's own rate.
  private let multiplicity: Double

  private var rate: Double { 1 / Double(1 << logBlowup) }

  /// - Parameter logRows: of the shortest codeword, whose rate the points raise the most.
  package init(_ regime: DecodingRegime, logRows: Int, openedPoints: Int, logBlowup: Int) throws(SoundnessError) {
    let rows = Double(1 << logRows)
    let openedRate = (rows + Double(openedPoints)) / (rows * Double(1 << logBlowup))
    let rootRate = (1 / Double(1 << logBlowup)).squareRoot()
    switch regime {
    case .unique:
      agreement = (1 + openedRate) / 2
      listSize = 1
      multiplicity = 0
    case .johnson(let m):
      guard m >= 3 else { throw .multiplicityTooSmall(m) }
      agreement = openedRate.squareRoot() * (1 + 1 / (2 * Double(m)))
      listSize = (Double(m) + 0.5) / openedRate.squareRoot()
      // m itself would do, since the opened rate is no smaller than the code's.
      let least = (rootRate / (2 * (agreement - rootRate))).rounded(.up)
      multiplicity = max(3, min(Double(m), least))
    }
    guard agreement < 1 else {
      throw .noDistance(logRows: logRows, points: openedPoints, logBlowup: logBlowup, regime: regime)
    }
    self.regime = regime
    self.logBlowup = logBlowup
  }

  /// Bits that one query proves.
  package var bitsOfAQuery: Double { -log2(agreement) }

  /// The number of exceptional points of a line of words of `2^logRows` times the blowup positions: Theorem 1.5; in
  /// unique decoding Theorem 1.4's distance times length, plus one.
  package func exceptions(logRows: Int) -> Double {
    let length = Double(1 << (logRows + logBlowup))
    switch regime {
    case .unique: return (1 - rate) / 2 * length + 1
    case .johnson:
      let half = multiplicity + 0.5
      let numerator = 2 * half * half * half * half * half + 3 * half * (1 - agreement) * rate
      return numerator * length / (3 * rate * rate.squareRoot()) + half / rate.squareRoot()
    }
  }

  /// The same number by a newer theorem, on which nothing rests: Dao, Kominers and Thaler, "Reed-Solomon Codes Beyond
  /// Johnson" (2026/2056), Theorem 5.12. `nil` where it does not apply.
  package func secondOpinion(logRows: Int) -> Double? {
    guard case .johnson = regime, logRows > 0 else { return nil }
    let (rows, length) = (Double(1 << logRows), Double(1 << (logRows + logBlowup)))
    let half = multiplicity + 0.5
    return 8 * length * half * half * half / (3 * (rows - 1) / length)
  }
}
