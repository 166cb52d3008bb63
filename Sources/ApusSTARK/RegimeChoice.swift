// The choice of the regime, and with it of queries and work.
//
// As a Johnson regime's multiplicity grows, a query proves more and every other round less. So the multiplicities that
// reach a level are an initial piece, and all searches are for its end.

import ApusMerkle

struct RegimeChoice {
  let preset: SecurityPreset
  let input: SoundnessInput
  let hash: MerkleHash
  private let folds: [Int]
  /// Bits of the largest proof of work.
  private let mostWork: Int
  /// Johnson regimes in which any distance is left.
  private let multiplicities: ClosedRange<Int>?

  /// Guards comparisons against the rounding of `log2`.
  private static let margin = 1e-6

  init(preset: SecurityPreset, input: SoundnessInput, hash: MerkleHash) throws(SoundnessError) {
    try input.check(preset)
    self.preset = preset
    self.input = input
    self.hash = hash
    folds = input.foldLogs(preset)
    mostWork = preset.work.bits(logRows: input.logRows)
    let all = DecodingRegime.multiplicities
    let first = all.first { m in (try? Self.bounds(.johnson(multiplicity: m), preset, input)) != nil }
    multiplicities = first.map { $0...all.upperBound }
  }

  /// Work that brings a round to a level.
  static func grinding(_ bits: Double, to level: Int) -> Int {
    max(0, Int((Double(level) + margin - bits).rounded(.up)))
  }

  private static func bounds(
    _ regime: DecodingRegime, _ preset: SecurityPreset, _ input: SoundnessInput
  ) throws(SoundnessError) -> ProximityBounds {
    try ProximityBounds(
      regime, logRows: input.rollIns.map(\.logRows).min() ?? input.logRows, openedPoints: input.openedPoints,
      logBlowup: preset.logBlowup)
  }

  private func bounds(_ regime: DecodingRegime) throws(SoundnessError) -> ProximityBounds {
    try Self.bounds(regime, preset, input)
  }

  // MARK: A level

  func fewestQueries(level: Int) throws(SoundnessError) -> SecurityReport {
    var best: SecurityReport?
    for regime in try candidates(level: level) {
      let report = try self.report(regime, level: level)
      if best.map({ (report.queries, report.work) < ($0.queries, $0.work) }) ?? true { best = report }
    }
    guard let best else {
      let weakest = try weakestRound(.unique)
      throw .levelOutOfReach(preset: preset, term: weakest.name, bits: weakest.bits, work: mostWork)
    }
    return best
  }

  /// Regimes that reach the level, among them the one with the fewest queries and, for that number, the least work.
  private func candidates(level: Int) throws(SoundnessError) -> [DecodingRegime] {
    var regimes: [DecodingRegime] = []
    if try reaches(.unique, level) { regimes.append(.unique) }
    let last = try multiplicities.map { range throws(SoundnessError) in
      try Self.last(of: range) { m throws(SoundnessError) in try reaches(.johnson(multiplicity: m), level) }
    }
    guard let range = multiplicities, let last, let last else { return regimes }
    // Work before the queries falls in steps as the multiplicity grows; all other work grows. So the best of those
    // with the fewest queries is the first of a step.
    let least = try queries(.johnson(multiplicity: last), level: level)
    for work in (least.grinding...mostWork).reversed() {
      let above = try Self.last(of: range.lowerBound...last) { m throws(SoundnessError) in
        let (queries, grinding) = try queries(.johnson(multiplicity: m), level: level)
        return (queries, grinding) > (least.queries, work)
      }
      let first = above.map { $0 + 1 } ?? range.lowerBound
      regimes.append(.johnson(multiplicity: min(first, last)))
    }
    return regimes
  }

  private func reaches(_ regime: DecodingRegime, _ level: Int) throws(SoundnessError) -> Bool {
    let bounds = try bounds(regime)
    return input.rounds(folds: folds, bounds: bounds)
      .allSatisfy { Self.grinding($0.bits, to: level) <= mostWork }
  }

  /// As few queries as the most work allows, and then as little work as they need.
  private func queries(
    _ regime: DecodingRegime, level: Int
  ) throws(SoundnessError) -> (queries: Int, grinding: Int) {
    let bits = try bounds(regime).bitsOfAQuery
    let queries = Int(((Double(level - mostWork) + Self.margin) / bits).rounded(.up))
    return (max(1, queries), Self.grinding(Double(max(1, queries)) * bits, to: level))
  }

  private func report(_ regime: DecodingRegime, level: Int) throws(SoundnessError) -> SecurityReport {
    let bounds = try bounds(regime)
    let (queries, grinding) = try queries(regime, level: level)
    return SecurityReport(
      preset: preset, input: input, hash: hash, regime: regime, rounds: input.rounds(folds: folds, bounds: bounds),
      queries: queries, bitsOfAQuery: bounds.bitsOfAQuery, queryGrinding: grinding, level: level)
  }

  // MARK: Fixed queries

  func mostBits(queries: Int) throws(SoundnessError) -> SecurityReport {
    var regimes = [DecodingRegime.unique]
    if let range = multiplicities {
      // Where the queries are still the weakest, and the next.
      let last = try Self.last(of: range) { m throws(SoundnessError) in
        let regime = DecodingRegime.johnson(multiplicity: m)
        let queryBits = Double(queries) * (try bounds(regime).bitsOfAQuery) + Double(mostWork)
        return try weakestRound(regime).bits >= queryBits
      }
      let end = last ?? range.lowerBound
      regimes += Set([end, min(end + 1, range.upperBound)]).sorted().map { .johnson(multiplicity: $0) }
    }
    var best: SecurityReport?
    for regime in regimes {
      let bounds = try bounds(regime)
      let report = SecurityReport(
        preset: preset, input: input, hash: hash, regime: regime, rounds: input.rounds(folds: folds, bounds: bounds),
        queries: queries, bitsOfAQuery: bounds.bitsOfAQuery, queryGrinding: mostWork, level: nil)
      if best.map({ report.provenBits > $0.provenBits }) ?? true { best = report }
    }
    return best!
  }

  private func weakestRound(_ regime: DecodingRegime) throws(SoundnessError) -> RoundBits {
    let bounds = try bounds(regime)
    return input.rounds(folds: folds, bounds: bounds).min { $0.bits < $1.bits }!
  }

  // MARK: Search

  /// The last element of the initial piece of which `holds` says so; `nil` if there is none.
  private static func last(
    of range: ClosedRange<Int>, _ holds: (Int) throws(SoundnessError) -> Bool
  ) throws(SoundnessError) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound + 1)
    while low < high {
      let middle = low + (high - low) / 2
      if try holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low == range.lowerBound ? nil : low - 1
  }
}
