// The bits of each round before any work, in one regime. Round-by-round soundness carries over to the Fiat-Shamir
// transform, so a proof's security is its weakest round.

/// One round's error, in bits.
package struct RoundBits: Equatable, Sendable {
  package let name: String
  package let bits: Double
  /// By another theorem: `ProximityBounds.secondOpinion(logRows:)`.
  package let secondOpinion: Double?
}

extension SoundnessInput {
  /// The rounds up to the last fold, in order.
  package func rounds(folds: [Int], bounds: ProximityBounds) -> [RoundBits] {
    // One identity for each height.
    let heights = Double(1 + rollIns.count)
    let constraints = log2(heights * bounds.listSize * Double(constraintCount))
    let identity = log2(heights * bounds.listSize * bounds.listSize * identityDegree)
    var rounds = [
      RoundBits(name: SecurityReport.constraintTerm, bits: extensionBits - constraints, secondOpinion: nil),
      RoundBits(name: SecurityReport.pointTerm, bits: extensionBits - identity, secondOpinion: nil),
      batching(bounds),
    ]
    var logRows = logRows
    for (number, arityLog) in folds.enumerated() {
      logRows -= arityLog
      // The fibre's values lie on a curve of degree arity - 1; what is rolled in adds the next power of the challenge.
      let joining = rollIns.count { $0.logRows == logRows }
      rounds.append(
        curve(SecurityReport.foldTerm(number), [(logRows, (1 << arityLog) - 1 + joining)], bounds))
    }
    return rounds
  }

  /// The degree of what vanishes at the out-of-domain point by chance alone.
  private var identityDegree: Double {
    let (rows, points) = (Double(1 << logRows), Double(openedPoints))
    return max(
      Double(degree) * (rows + points - 1) + rows - 1, Double(quotientPieces + 1) * rows + points - 1)
  }

  /// Every height's values are batched by powers of one challenge.
  private func batching(_ bounds: ProximityBounds) -> RoundBits {
    let heights = [(logRows, openedValues)] + rollIns.map { ($0.logRows, $0.openedValues) }
    return curve(SecurityReport.batchTerm, heights.map { ($0.0, max(1, $0.1 - 1)) }, bounds)
  }

  /// A challenge whose powers combine words: on a curve of degree d, d times a line's exceptions.
  private func curve(
    _ name: String, _ words: [(logRows: Int, degree: Int)], _ bounds: ProximityBounds
  ) -> RoundBits {
    func bits(_ exceptions: (Int) -> Double) -> Double {
      extensionBits - log2(words.reduce(0) { $0 + Double($1.degree) * exceptions($1.logRows) })
    }
    let hasSecond = words.allSatisfy { bounds.secondOpinion(logRows: $0.logRows) != nil }
    return RoundBits(
      name: name, bits: bits(bounds.exceptions),
      secondOpinion: hasSecond ? bits { bounds.secondOpinion(logRows: $0) ?? 0 } : nil)
  }
}
