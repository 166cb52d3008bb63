// The prover's computations between one challenge and the next. `Prover` runs them in order over one transcript.

package import ApusField
package import ApusMerkle
internal import ApusNTT

package struct ProverStages<E: ChallengeField> where E.Base: ProvingField {
  package let statement: CapturedStatement<E.Base>
  package let shape: ProofShape
  package let engine: Engine

  /// - Throws: ``StatementError``, ``ProofShapeError``.
  package init<S: Statement>(
    _ statement: S, preset: SecurityPreset, hash: MerkleHash, on engine: Engine
  ) throws where S.Element == E.Base {
    try self.init(CapturedStatement(statement), preset: preset, hash: hash, on: engine)
  }

  /// - Throws: ``StatementError``, ``ProofShapeError``.
  package init(
    _ statement: CapturedStatement<E.Base>, preset: SecurityPreset, hash: MerkleHash, on engine: Engine
  ) throws {
    self.statement = statement
    self.engine = engine
    shape = try ProofShape(of: statement, preset: preset, hash: hash)
  }

  /// The transcript's start.
  package var channel: ProverChannel { ProverChannel(statement, shape: shape, on: engine) }

  package var identity: OutOfDomainIdentity<E> { OutOfDomainIdentity(statement, shape: shape) }

  private var quotientEvaluation: QuotientEvaluation<E> {
    QuotientEvaluation(
      graph: statement.graph, shape: shape, publicValues: statement.publicValues,
      publicRows: statement.publicRows, engine: engine)
  }

  /// - Throws: ``ProverError/traceSize(expectedRows:expectedColumns:foundRows:foundColumns:)``.
  func checkSize(of trace: borrowing Columns<E.Base>) throws {
    guard trace.rows == shape.rows, trace.count == shape.columnCount else {
      throw ProverError.traceSize(
        expectedRows: shape.rows, expectedColumns: shape.columnCount, foundRows: trace.rows,
        foundColumns: trace.count)
    }
  }

  package func extend(_ trace: borrowing Columns<E.Base>) throws -> CosetColumns<E.Base> {
    try checkSize(of: trace)
    return try NTT<E.Base>(rows: shape.rows)
      .lowDegreeExtension(
        of: trace, blowup: shape.blowup, shift: EvaluationDomain<E.Base>(shape: shape).shift, on: engine)
  }

  /// The same, after which the trace's memory is free.
  func extend(consuming trace: consuming Columns<E.Base>) throws -> CosetColumns<E.Base> { try extend(trace) }

  /// Packs the trace and commits to its extension, of which no more than a coset is there at a time.
  func commit(packing trace: consuming Columns<E.Base>) throws -> RecomputedColumns<E.Base> {
    let packed = PackedColumns(trace, on: engine)
    // The first coset takes the trace's place.
    discard(trace)
    return try commit(.values(packed), last: quotientEvaluation.cosets[0])
  }

  /// - Parameter last: the coset that is asked for next.
  private func commit(
    _ source: consuming PolynomialSource<E.Base>, last: Int = 0
  ) throws -> RecomputedColumns<E.Base> {
    try RecomputedColumns(source, domain: EvaluationDomain(shape: shape), last: last, hash: shape.hash, on: engine)
  }

  /// What is needed of the trace's cosets to compute the quotient.
  func quotientRemainders(
    of trace: borrowing some ExtendedColumns<E.Base> & ~Copyable, alpha: E
  ) throws -> Columns<E.Base> {
    try quotientEvaluation.remainders(trace: trace, alpha: alpha)
  }

  func commitQuotient(from remainders: consuming Columns<E.Base>) throws -> RecomputedColumns<E.Base> {
    try commit(.coefficients(quotientEvaluation.coefficients(from: remainders)))
  }

  package func commit(_ columns: consuming CosetColumns<E.Base>) -> CommittedColumns<E.Base> {
    CommittedColumns(columns, hash: shape.hash, on: engine)
  }

  /// The quotient's pieces, extended: `E.degree` columns for each.
  package func quotient(
    of trace: borrowing some ExtendedColumns<E.Base> & ~Copyable, alpha: E
  ) throws -> CosetColumns<E.Base> {
    try quotientEvaluation.extended(trace: trace, alpha: alpha)
  }

  /// The whole quotient's values on one coset of the extension: `E.degree` columns.
  package func quotientValues(
    coset: Int, of trace: borrowing some ExtendedColumns<E.Base> & ~Copyable, alpha: E
  ) -> Columns<E.Base> {
    let program = ConstraintProgram(statement.graph)
    return trace.withCoset(coset) {
      quotientEvaluation.evaluation(program, coset: coset, trace: $0, alpha: alpha).run()
    }
  }

  /// The same, ready to run: for who measures the evaluator alone. The trace must live as long.
  package func evaluation(
    coset: Int, of trace: borrowing CosetColumns<E.Base>, alpha: E
  ) -> CosetEvaluation<E> {
    let program = ConstraintProgram(statement.graph)
    return trace.withCoset(coset) { quotientEvaluation.evaluation(program, coset: coset, trace: $0, alpha: alpha) }
  }

  /// Group by group, rotation by rotation, column by column; the quotient's columns last.
  package func openings(
    trace: borrowing some ExtendedColumns<E.Base> & ~Copyable,
    quotient: borrowing some ExtendedColumns<E.Base> & ~Copyable, z: E
  ) -> [E] {
    let outside = OutOfDomainEvaluation<E>(shape: shape, shift: trace.readingShift, z: z, on: engine)
    var openings: [E] = []
    for group in shape.groups {
      openings += outside.values(of: group.columns, in: trace, rotations: group.rotations).flatMap { $0 }
    }
    return openings
      + outside.values(of: Array(0..<shape.quotientColumns), in: quotient, rotations: [0]).flatMap { $0 }
  }

  /// The first violation of the trace that was extended: its values follow from those where the extension is read.
  func firstViolation(of extended: borrowing some ExtendedColumns<E.Base> & ~Copyable) throws -> Violation? {
    var trace = Columns<E.Base>(uninitialized: shape.rows, count: shape.columnCount, on: engine)
    let columns = trace.pointers
    extended.withReadings(of: Array(columns.indices)) { first, view in
      for (place, values) in view.columns.enumerated() { columns[first + place].update(from: values, count: view.rows) }
    }
    let ntt = try NTT<E.Base>(rows: shape.rows)
    ntt.bitReversedCoefficients(of: &trace, shift: extended.readingShift, on: engine)
    ntt.forward(&trace, from: .bitReversed, on: engine)
    return RowChecker(statement).firstViolation(in: trace)
  }

  /// The DEEP quotient's codeword: `E.degree` columns over the extension's cosets.
  package func codeword(
    trace: borrowing some ExtendedColumns<E.Base> & ~Copyable,
    quotient: borrowing some ExtendedColumns<E.Base> & ~Copyable, openings: [E], z: E, gamma: E
  ) throws -> CosetColumns<E.Base> {
    let combination = DeepCombination(shape: shape, openings: openings, z: z, gamma: gamma)
    let deep = DeepQuotient(combination: combination, shape: shape, engine: engine)
    return try deep.codeword(deep.sums(trace: trace, quotient: quotient), shift: trace.readingShift)
  }

  /// The same from sums of the columns of each group that a caller answers for, `E.degree` columns for each group.
  package func codeword(
    _ combination: DeepCombination<E>, sums: (_ coset: Int) throws -> CosetColumns<E.Base>
  ) throws -> CosetColumns<E.Base> {
    try DeepQuotient(combination: combination, shape: shape, engine: engine).codeword(sums)
  }
}

/// Ends a value's life here.
private func discard<F: Field>(_ columns: consuming Columns<F>) {}
