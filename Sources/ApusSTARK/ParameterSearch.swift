// All parameters that reach a level, and of them those that are best at something: fewer bytes, a cheaper prover, less
// work. Presets are chosen from what this finds.

package import ApusMerkle

package struct ParameterSearch: Sendable {
  package let sizes: StatementSizes
  package let logRows: Int
  package let field: ProofField
  package let hash: MerkleHash
  package let level: Int

  package init(_ sizes: StatementSizes, logRows: Int, field: ProofField, hash: MerkleHash, level: Int) {
    self.sizes = sizes
    self.logRows = logRows
    self.field = field
    self.hash = hash
    self.level = level
  }

  package struct Candidate: Equatable, Sendable {
    package let report: SecurityReport
    package let cost: CostEstimate

    /// Bits of the largest proof of work.
    package var work: Int { report.terms.map(\.grinding).max() ?? 0 }
  }

  /// What is tried.
  private static let blowups = 1...4
  private static let arities = 1...4
  private static let finals = 4...9
  private static let works = [0, 16, 18, 20, 21, 22, 24]

  /// Parameters that no others beat in bytes, cells and work at once, from the smallest proof on.
  ///
  /// - Throws: ``SoundnessError`` if there are none: what the best of the tried lack.
  package func best() throws(SoundnessError) -> [Candidate] {
    var found: [Candidate] = []
    var refusal: SoundnessError?
    for preset in presets {
      do throws(SoundnessError) {
        let report = try SecurityReport(preset: preset, input: sizes.input(logRows: logRows, field: field), hash: hash)
        found.append(Candidate(report: report, cost: CostEstimate(sizes, field: field, report: report)))
      } catch { refusal = error }
    }
    if found.isEmpty, let refusal { throw refusal }
    return Self.undominated(found)
  }

  private var presets: [SecurityPreset] {
    var presets: [SecurityPreset] = []
    for logBlowup in Self.blowups where logRows + logBlowup <= field.twoAdicity {
      for arity in Self.arities {
        for final in Self.finals where final <= logRows {
          for work in Self.works {
            presets.append(
              SecurityPreset(
                id: 0, name: "blowup \(1 << logBlowup)", queries: .reaching(level: level), logBlowup: logBlowup,
                maximumArityLog: arity, finalLog: final, work: .atMost(work)))
          }
        }
      }
    }
    return presets
  }

  private static func undominated(_ candidates: [Candidate]) -> [Candidate] {
    var kept: [Candidate] = []
    let order = candidates.sorted {
      ($0.cost.size.bytes, $0.cost.cells, $0.work) < ($1.cost.size.bytes, $1.cost.cells, $1.work)
    }
    for candidate in order {
      let isBeaten = kept.contains { $0.cost.cells <= candidate.cost.cells && $0.work <= candidate.work }
      if !isBeaten { kept.append(candidate) }
    }
    return kept
  }
}
