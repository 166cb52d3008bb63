// Proven soundness of one statement's proofs, round by round, and the number of queries and the proofs of work that
// follow from it. No conjecture: unique decoding, or the list-decoding (Johnson) regime with the proximity gaps of
// Ben-Sasson, Carmon, Haböck, Kopparty and Saraf, "On Proximity Gaps for Reed-Solomon Codes" (2025), Theorem 1.5.
// Round-by-round soundness carries over to the Fiat-Shamir transform, so a proof's security is its weakest term.

package import ApusMerkle

/// The sizes that soundness depends on.
package struct SoundnessInput: Equatable, Sendable {
  /// log2 of the trace's rows.
  package let logRows: Int
  package let constraintCount: Int
  /// Largest constraint degree, selectors included.
  package let degree: Int
  /// Trace-sized pieces of the quotient.
  package let quotientPieces: Int
  /// Polynomials-at-points that the DEEP quotient batches.
  package let openedValues: Int
  /// Distinct points at which they are opened.
  package let openedPoints: Int

  package init(
    logRows: Int, constraintCount: Int, degree: Int, quotientPieces: Int, openedValues: Int, openedPoints: Int
  ) {
    self.logRows = logRows
    self.constraintCount = constraintCount
    self.degree = degree
    self.quotientPieces = quotientPieces
    self.openedValues = openedValues
    self.openedPoints = openedPoints
  }
}

/// How far from the code a word may be for the argument to speak about it.
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
}

/// The proven bits of each round of one kind of proof.
public struct SecurityReport: Sendable, Equatable {
  public struct Term: Sendable, Equatable {
    public let name: String
    /// Bits without proof of work.
    public let bits: Double
    /// Bits of proof of work added.
    public let grinding: Int

    public var total: Double { bits + Double(grinding) }
  }

  public let preset: SecurityPreset
  public let regime: DecodingRegime
  public let queries: Int
  public let terms: [Term]

  /// The weakest term.
  public var provenBits: Double { terms.map(\.total).min() ?? 0 }

  /// Bits of proof of work before the challenge of that name; 0 if none is needed.
  package func grinding(_ name: String) -> Int { terms.first { $0.name == name }?.grinding ?? 0 }

  package static let constraintTerm = "constraint batching"
  package static let pointTerm = "out-of-domain point"
  package static let batchTerm = "DEEP batching"
  package static let queryTerm = "FRI queries"
  package static func foldTerm(_ fold: Int) -> String { "FRI fold \(fold + 1)" }
}

extension SecurityReport: CustomStringConvertible {
  public var description: String {
    let width = terms.map(\.name.count).max() ?? 0
    var lines = ["\(preset.name): \(oneDecimal(provenBits)) bits proven (\(regime)), \(queries) queries"]
    for term in terms {
      let name = term.name + String(repeating: " ", count: width - term.name.count)
      let work = term.grinding > 0 ? "  = \(oneDecimal(term.bits)) + \(term.grinding) of work" : ""
      lines.append("  \(name)  \(oneDecimal(term.total))\(work)")
    }
    return lines.joined(separator: "\n")
  }
}

/// One decimal, rounded down: a bound never reads higher than it is.
package func oneDecimal(_ x: Double) -> String {
  let tenths = Int((x * 10).rounded(.down))
  return "\(tenths / 10).\(abs(tenths % 10))"
}

extension SecurityReport {
  /// log2 of the extension field's order.
  private static let fieldBits = 5 * log2(Double(2_013_265_921))
  /// Guards comparisons against the rounding of `log2`.
  private static let margin = 1e-6

  /// The report with the fewest queries that reaches the preset's level, or `nil` if none does.
  package init?(preset: SecurityPreset, input: SoundnessInput, folds: [Int], hash: MerkleHash) {
    var best: SecurityReport?
    for regime in [DecodingRegime.unique] + (3..<200).map({ .johnson(multiplicity: $0) }) {
      guard let candidate = Self.reaching(preset, input, folds, hash, regime) else { continue }
      if best.map({ candidate.queries < $0.queries }) ?? true { best = candidate }
    }
    guard let best else { return nil }
    self = best
  }

  /// The report of one regime with as many queries and as little work as it needs; `nil` if the work would be too much.
  private static func reaching(
    _ preset: SecurityPreset, _ input: SoundnessInput, _ folds: [Int], _ hash: MerkleHash, _ regime: DecodingRegime
  ) -> SecurityReport? {
    let level = Double(preset.level)
    let code = ReedSolomonCode(logRows: input.logRows, logBlowup: preset.logBlowup, regime: regime)
    guard let agreement = code.agreement(extraDegree: input.openedPoints) else { return nil }
    let list = code.listSize

    var raw: [(String, Double)] = []
    raw.append((constraintTerm, fieldBits - log2(list * Double(input.constraintCount))))
    let rows = code.rows
    let points = Double(input.openedPoints)
    let identityDegree = max(
      Double(input.degree) * (rows + points - 1) + rows - 1,
      Double(input.quotientPieces + 1) * rows + points - 1)
    raw.append((pointTerm, fieldBits - 2 * log2(list) - log2(identityDegree)))
    raw.append((batchTerm, fieldBits - code.lineErrorLog - log2(Double(max(1, input.openedValues - 1)))))
    var logRows = input.logRows
    for (i, arityLog) in folds.enumerated() {
      logRows -= arityLog
      let folded = ReedSolomonCode(logRows: logRows, logBlowup: preset.logBlowup, regime: regime)
      raw.append((foldTerm(i), fieldBits - folded.lineErrorLog - log2(Double((1 << arityLog) - 1))))
    }

    var terms: [Term] = []
    for (name, bits) in raw {
      let missing = level + margin - bits
      let grinding = missing > 0 ? Int(missing.rounded(.up)) : 0
      guard grinding <= preset.maximumGrinding else { return nil }
      terms.append(Term(name: name, bits: bits, grinding: grinding))
    }
    let perQuery = -log2(agreement)
    let grinding = preset.maximumGrinding
    let queries = Int(((level + margin - Double(grinding)) / perQuery).rounded(.up))
    terms.append(Term(name: queryTerm, bits: Double(queries) * perQuery, grinding: grinding))
    terms.append(Term(name: "\(hash.name) collisions", bits: hash.collisionBits, grinding: 0))
    terms.append(Term(name: "transcript collisions", bits: 128, grinding: 0))
    return SecurityReport(preset: preset, regime: regime, queries: queries, terms: terms)
  }
}

/// A Reed-Solomon code of rate `2^-logBlowup` and what is proven about it.
private struct ReedSolomonCode {
  let rows: Double
  let length: Double
  let rate: Double
  let regime: DecodingRegime

  init(logRows: Int, logBlowup: Int, regime: DecodingRegime) {
    rows = Double(1 << logRows)
    length = Double(1 << (logRows + logBlowup))
    rate = 1 / Double(1 << logBlowup)
    self.regime = regime
  }

  /// Codewords that can lie within the regime's distance of a word.
  var listSize: Double {
    switch regime {
    case .unique: 1
    case .johnson(let m): (Double(m) + 0.5) / rate.squareRoot()
    }
  }

  /// The share of positions at which a word that the argument has not ruled out may agree with the code; `nil` if the
  /// regime does not cover polynomials of a degree larger by `extraDegree`.
  func agreement(extraDegree: Int) -> Double? {
    let effectiveRate = (rows + Double(extraDegree)) / length
    switch regime {
    case .unique: return (1 + effectiveRate) / 2
    case .johnson(let m):
      let agreement = rate.squareRoot() * (1 + 1 / (2 * Double(m)))
      return agreement > effectiveRate.squareRoot() ? agreement : nil
    }
  }

  /// log2 of the number of exceptional points of a line (BCHKS 2025, Theorem 1.5; in unique decoding Theorem 1.4's
  /// distance times length, plus one).
  var lineErrorLog: Double {
    let rootRate = rate.squareRoot()
    switch regime {
    case .unique: return log2((1 - rate) / 2 * length + 1)
    case .johnson(let m):
      let half = Double(m) + 0.5
      let distance = 1 - rootRate * (1 + 1 / (2 * Double(m)))
      let numerator = 2 * half * half * half * half * half + 3 * half * distance * rate
      return log2(numerator * length / (3 * rate * rootRate) + half / rootRate)
    }
  }
}
