// The messages that a transcript absorbs, and the start of one, written down a second time: so that a cheater can leave
// one out. With none left out this is the product's transcript (the cheater's honest twin says so).

import ApusField
import ApusSTARK

/// A message that prover and verifier absorb.
enum Absorption: Hashable, Sendable {
  /// Of the transcript's start.
  case start(String)
  /// Of the proof; of its pieces, the one of this number.
  case part(String, Int = 0)
  /// After the work on a term.
  case nonce(String)
}

extension Transcript {
  /// The transcript before the first commitment.
  init<F>(start statement: CapturedStatement<F>, shape: ProofShape, without skipped: Absorption?) {
    // The first message is part of the type's making: its content goes, and its label stays.
    self.init(protocolName: skipped == .start("protocol") ? "" : "apus stark 1")
    let preset = shape.preset
    let messages: [(label: String, absorb: (inout Transcript, String) -> Void)] = [
      ("statement digest", { $0.absorb(statement.graph.digest, $1) }),
      ("statement name", { $0.absorb(Array(statement.name.utf8), $1) }),
      (
        "preset",
        {
          $0.absorb(
            [
              Int(preset.id), preset.level, preset.logBlowup, preset.maximumArityLog, preset.finalLog,
              preset.maximumGrinding, Int(shape.hash.rawValue),
            ], $1)
        }
      ),
      (
        "sizes",
        {
          $0.absorb(
            [shape.logRows, shape.columnCount, shape.quotientPieces, shape.openedValues, shape.security.queries], $1)
        }
      ),
      ("folds", { $0.absorb(shape.foldLogs, $1) }),
      ("work", { $0.absorb(shape.security.terms.map(\.grinding), $1) }),
      ("public rows", { $0.absorb(statement.publicRows, $1) }),
      ("public values", { $0.absorb(statement.publicValues, $1) }),
      ("label", { $0.absorb(statement.label, $1) }),
    ]
    for message in messages where skipped != .start(message.label) { message.absorb(&self, message.label) }
  }

  /// All that work on a term absorbs but its nonce.
  mutating func beginWork(_ term: String, bits: Int) {
    absorb([bits], "work \(term)")
    _ = challengeIndices("work \(term)", count: 0, log: 0)
  }
}

extension ProofShape {
  /// The labels of the transcript's start.
  private static let startLabels = [
    "protocol", "statement digest", "statement name", "preset", "sizes", "folds", "work", "public rows",
    "public values", "label",
  ]

  /// The terms that work precedes, in the transcript's order.
  var worked: [String] { security.terms.filter { $0.grinding > 0 }.map(\.name) }

  /// Every message, in the transcript's order but for the nonces, which come last.
  var absorptions: [Absorption] {
    Self.startLabels.map { .start($0) } + [
      .part(ProofPart.trace), .part(ProofPart.quotient), .part(ProofPart.openings),
    ]
      + foldLogs.indices.map { .part(ProofPart.folds, $0) } + [.part(ProofPart.final)] + worked.map { .nonce($0) }
  }
}
