// What is to be said of any proof: its size, its parameters and what is proven about them.

import ApusSTARK
import ApusStatements

struct ProofFacts: Encodable {
  let bytes: Int
  let preset: String
  let hash: String
  let field: String
  /// The trace's.
  let rows, columns: Int
  let elementBytes: Int
  let blowup: Int
  let openedValues: Int
  /// Arity of each FRI fold, and how many coefficients are left at the end.
  let foldArities: [Int]
  let finalCoefficients: Int
  let queries: Int
  /// Rounded down to a tenth.
  let provenBits: Double
  /// Why that is enough where it reads as less than the preset's level.
  let provenBitsNote: String?
  let regime: String
  /// Root of the tree over the trace, in hexadecimal digits.
  let commitment: String?

  init(_ file: ProofFile, shape: ProofShape) {
    bytes = file.bytes.count
    preset = shape.preset.name
    hash = shape.hash.name
    field = shape.field.name
    elementBytes = shape.field.elementBytes
    rows = shape.rows
    columns = shape.columnCount
    blowup = shape.blowup
    openedValues = shape.openedValues
    foldArities = shape.foldLogs.map { 1 << $0 }
    finalCoefficients = shape.finalCount
    queries = shape.security.queries
    provenBits = (shape.security.provenBits * 10).rounded(.down) / 10
    provenBitsNote = shape.security.shortfallNote(shape.security.provenBits)
    regime = shape.security.regime.description
    commitment = file.proof.traceCommitment?.hex
  }

  /// The size of one copy of the trace.
  var traceBytes: Int { rows * columns * elementBytes }

  var extent: String { "\(rows.grouped) rows × \(columns) columns" }
  var security: String {
    "\(provenBits) bits (\(preset), \(hash); \(regime)\(provenBitsNote.map { "; \($0)" } ?? ""))"
  }
  var fri: String {
    "\(rows.grouped) → \(finalCoefficients) by \(foldArities.map(String.init).joined(separator: " · "))"
  }
}
