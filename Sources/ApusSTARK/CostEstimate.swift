// What a proof will take, before it is made: time, memory, bytes. Estimates: bytes hold within a few percent, memory is a
// bound from above, time is a model whose constants were measured on one machine.

internal import ApusMerkle

package struct CostEstimate: Equatable, Sendable {
  package let size: ProofDimensions
  /// Cells of the extended trace: what a prover's time grows with.
  package let cells: Int
  /// The prover's, at its peak.
  package let memoryBytes: Int
  private let constraintCells: Int
  private let work: Double
  private let hash: MerkleHash

  package init(_ sizes: StatementSizes, field: ProofField, report: SecurityReport) {
    let (rows, blowup) = (1 << report.input.logRows, 1 << report.preset.logBlowup)
    let quotientColumns = field.degree * sizes.quotientPieces
    size = ProofDimensions(
      report: report, columns: sizes.columns, quotientColumns: quotientColumns, elementBytes: field.elementBytes,
      extensionBytes: field.degree * field.elementBytes)
    cells = rows * sizes.columns * blowup
    memoryBytes = ProofShape.proverByteCount(
      rows: rows, columns: sizes.columns, quotientColumns: quotientColumns, blowup: blowup, field: field)
    constraintCells = rows * sizes.quotientPieces * sizes.constraintCount
    work = report.work
    hash = report.hash
  }

  /// Seconds of one thread for a cell of extended trace or quotient, for a constraint on a row, for a hash of a proof of
  /// work: `apus prove headers` on one core of an AMD EPYC with AVX-512. Other machines differ by small factors.
  private var secondsPerCell: Double {
    switch hash {
    case .blake3: 5e-9
    case .sha256: 6e-9
    case .keccak256: 7e-9
    case .poseidon2: 15e-9
    }
  }
  private static let secondsPerConstraint = 5e-9
  private static let secondsPerNonce = 25e-9

  /// The prover's time, from a trace to a proof.
  package func seconds(threads: Int) -> Double {
    (Double(cells) * secondsPerCell + Double(constraintCells) * Self.secondsPerConstraint
      + work * Self.secondsPerNonce) / Double(max(1, threads))
  }
}
