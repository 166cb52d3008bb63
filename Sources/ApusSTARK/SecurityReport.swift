// Proven soundness of one statement's proofs, round by round, and the number of queries and the proofs of work that
// follow from it. No conjecture: see `DecodingRegime`.

package import ApusMerkle

/// The proven bits of each round of one kind of proof.
public struct SecurityReport: Sendable, Equatable {
  public struct Term: Sendable, Equatable {
    public let name: String
    /// Bits without proof of work.
    public let bits: Double
    /// Bits of proof of work added.
    public let grinding: Int
    /// Bits without proof of work by a newer theorem, where there is one; no parameter follows from it.
    public let secondOpinion: Double?

    public var total: Double { bits + Double(grinding) }
  }

  public let preset: SecurityPreset
  public let regime: DecodingRegime
  public let queries: Int
  public let terms: [Term]
  package let input: SoundnessInput
  package let hash: MerkleHash

  /// The weakest term.
  public var provenBits: Double { terms.map(\.total).min() ?? 0 }

  /// The hashes that all proofs of work take on average.
  package var work: Double { terms.reduce(0) { $0 + ($1.grinding > 0 ? Double(1 << $1.grinding) : 0) } }

  /// Bits of proof of work before the challenge of that name; 0 if none is needed.
  package func grinding(_ name: String) -> Int { terms.first { $0.name == name }?.grinding ?? 0 }

  /// Bits by which a hash may miss a level: Goldilocks' order is no power of two, but as good as one.
  static let tolerance = 1e-6

  package static let constraintTerm = "constraint batching"
  package static let pointTerm = "out-of-domain point"
  package static let batchTerm = "DEEP batching"
  package static let queryTerm = "FRI queries"
  package static func foldTerm(_ fold: Int) -> String { "FRI fold \(fold + 1)" }
}

extension SecurityReport {
  /// The report with the fewest queries that reaches the preset's level, and of those the one with the least work; with
  /// a fixed number of queries, the one with the most proven bits.
  ///
  /// - Throws: ``SoundnessError`` if a condition of the theorems fails or the level is out of reach.
  package init(preset: SecurityPreset, input: SoundnessInput, hash: MerkleHash) throws(SoundnessError) {
    let choice = try RegimeChoice(preset: preset, input: input, hash: hash)
    switch preset.queries {
    case .reaching(let level): self = try choice.fewestQueries(level: level)
    case .fixed(let queries): self = try choice.mostBits(queries: queries)
    }
  }

  /// The report of one regime.
  ///
  /// - Parameter level: each round is brought to it by work; `nil` for no work but before the queries.
  init(
    preset: SecurityPreset, input: SoundnessInput, hash: MerkleHash, regime: DecodingRegime, rounds: [RoundBits],
    queries: Int, bitsOfAQuery: Double, queryGrinding: Int, level: Int?
  ) {
    self.preset = preset
    self.input = input
    self.hash = hash
    self.regime = regime
    self.queries = queries
    var terms = rounds.map { round in
      Term(
        name: round.name, bits: round.bits, grinding: level.map { RegimeChoice.grinding(round.bits, to: $0) } ?? 0,
        secondOpinion: round.secondOpinion)
    }
    func add(_ name: String, _ bits: Double, _ grinding: Int = 0) {
      terms.append(Term(name: name, bits: bits, grinding: grinding, secondOpinion: nil))
    }
    add(Self.queryTerm, Double(queries) * bitsOfAQuery, queryGrinding)
    add("\(hash.name) collisions", hash.collisionBits(order: input.order))
    add("transcript collisions", 128)
    self.terms = terms
  }
}
