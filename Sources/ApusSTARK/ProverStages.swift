// The prover's computations between one challenge and the next. `Prover` runs them in order over one transcript.

package import ApusField
package import ApusMerkle
internal import ApusNTT

package struct ProverStages {
  package let statement: CapturedStatement
  package let shape: ProofShape
  package let engine: Engine

  /// - Throws: ``StatementError``, ``ProofShapeError``.
  package init(_ statement: some Statement, preset: SecurityPreset, hash: MerkleHash, on engine: Engine) throws {
    try self.init(CapturedStatement(statement), preset: preset, hash: hash, on: engine)
  }

  /// - Throws: ``StatementError``, ``ProofShapeError``.
  package init(_ statement: CapturedStatement, preset: SecurityPreset, hash: MerkleHash, on engine: Engine) throws {
    self.statement = statement
    self.engine = engine
    shape = try ProofShape(of: statement, preset: preset, hash: hash)
  }

  /// The transcript's start.
  package var channel: ProverChannel { ProverChannel(statement, shape: shape, on: engine) }

  package var identity: OutOfDomainIdentity { OutOfDomainIdentity(statement, shape: shape) }

  private var quotientEvaluation: QuotientEvaluation {
    QuotientEvaluation(
      graph: statement.graph, shape: shape, publicValues: statement.publicValues,
      publicRows: statement.publicRows, engine: engine)
  }

  /// - Throws: ``ProverError/traceSize(expectedRows:expectedColumns:foundRows:foundColumns:)``.
  package func extend(_ trace: borrowing Columns<BabyBear>) throws -> CosetColumns<BabyBear> {
    guard trace.rows == shape.rows, trace.count == shape.columnCount else {
      throw ProverError.traceSize(
        expectedRows: shape.rows, expectedColumns: shape.columnCount, foundRows: trace.rows,
        foundColumns: trace.count)
    }
    return try NTT<BabyBear>(rows: shape.rows)
      .lowDegreeExtension(of: trace, blowup: shape.blowup, shift: EvaluationDomain(shape: shape).shift, on: engine)
  }

  package func commit(_ columns: consuming CosetColumns<BabyBear>) -> CommittedColumns {
    CommittedColumns(columns, hash: shape.hash, on: engine)
  }

  /// The quotient's pieces, extended: five columns for each.
  package func quotient(
    of trace: borrowing CosetColumns<BabyBear>, alpha: BabyBear5
  ) throws -> CosetColumns<BabyBear> {
    try quotientEvaluation.extended(trace: trace, alpha: alpha)
  }

  /// The whole quotient's values on one coset of the extension: five columns.
  package func quotientValues(
    coset: Int, of trace: borrowing CosetColumns<BabyBear>, alpha: BabyBear5
  ) -> Columns<BabyBear> {
    quotientEvaluation.values(coset: coset, trace: trace, alpha: alpha)
  }

  /// Group by group, rotation by rotation, column by column; the quotient's columns last.
  package func openings(
    trace: borrowing CosetColumns<BabyBear>, quotient: borrowing CosetColumns<BabyBear>, z: BabyBear5
  ) -> [BabyBear5] {
    let outside = OutOfDomainEvaluation(shape: shape, z: z, on: engine)
    var openings: [BabyBear5] = []
    for group in shape.groups {
      openings += outside.values(of: group.columns, in: trace, rotations: group.rotations).flatMap { $0 }
    }
    let quotientColumns = Array(0..<shape.quotientColumns)
    return openings + outside.values(of: quotientColumns, in: quotient, rotations: [0]).flatMap { $0 }
  }

  /// The DEEP quotient's codeword: five columns over the extension's cosets.
  package func codeword(
    trace: borrowing CosetColumns<BabyBear>, quotient: borrowing CosetColumns<BabyBear>, openings: [BabyBear5],
    z: BabyBear5, gamma: BabyBear5
  ) -> CosetColumns<BabyBear> {
    let combination = DeepCombination(shape: shape, openings: openings, z: z, gamma: gamma)
    return DeepQuotient(combination: combination, shape: shape, engine: engine)
      .codeword(trace: trace, quotient: quotient)
  }
}
