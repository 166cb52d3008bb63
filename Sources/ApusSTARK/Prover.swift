// The prover: from a trace to proof bytes, stage by stage.

public import ApusField
public import ApusMerkle
internal import ApusNTT

/// Why a trace cannot be proven.
public enum ProverError: Error, Equatable, CustomStringConvertible {
  case traceSize(expectedRows: Int, expectedColumns: Int, foundRows: Int, foundColumns: Int)
  case constraintsNotSatisfied(Violation?)

  public var description: String {
    switch self {
    case .traceSize(let rows, let columns, let foundRows, let foundColumns):
      "the statement's trace has \(rows) rows and \(columns) columns, not \(foundRows) and \(foundColumns)"
    case .constraintsNotSatisfied(let violation?): "the trace does not satisfy the statement: \(violation)"
    case .constraintsNotSatisfied(nil): "the trace does not satisfy the statement's constraints"
    }
  }
}

/// A part of the prover's work, in order.
public enum ProverStage: String, Sendable, CaseIterable {
  case extension_ = "extension"
  case commitment
  case quotient
  case openings
  case fri = "FRI"
  case queries
}

/// Proves statements under one preset and hash on one engine.
public struct Prover: Sendable {
  public let preset: SecurityPreset
  public let hash: MerkleHash
  public let engine: Engine

  public init(_ preset: SecurityPreset = .proven128, hash: MerkleHash = .blake3, on engine: Engine = .default) {
    self.preset = preset
    self.hash = hash
    self.engine = engine
  }

  /// The form and security that a proof of this statement has.
  public func shape(of statement: some Statement) throws -> ProofShape {
    try ProofShape(of: statement, graph: ConstraintGraph(of: statement), preset: preset, hash: hash)
  }

  /// Proves the statement with its trace.
  ///
  /// The same statement, trace, preset and hash give the same bytes on every engine.
  ///
  /// - Parameters:
  ///   - trace: `statement.rows` rows, one column for each of `Column.names`. Given up as soon as it is extended.
  ///   - onStage: told each stage as it begins.
  /// - Throws: ``StatementError``, ``ProofShapeError``, ``ProverError``.
  public func prove<S: Statement>(
    _ statement: S, trace: consuming Columns<BabyBear>, onStage: (ProverStage) -> Void = { _ in }
  ) throws -> Proof {
    let graph = ConstraintGraph(of: statement)
    let shape = try ProofShape(of: statement, graph: graph, preset: preset, hash: hash)
    guard trace.rows == shape.rows, trace.count == shape.columnCount else {
      throw ProverError.traceSize(
        expectedRows: shape.rows, expectedColumns: shape.columnCount, foundRows: trace.rows,
        foundColumns: trace.count)
    }
    var channel = ProverChannel(statement, graph: graph, shape: shape, on: engine)

    onStage(.extension_)
    let domain = EvaluationDomain(shape: shape)
    let extended = try NTT<BabyBear>(rows: shape.rows)
      .lowDegreeExtension(of: trace, blowup: shape.blowup, shift: domain.shift, on: engine)
    onStage(.commitment)
    let traceTree = MerkleTree(committing: [MerkleMatrix(extended)], hash: hash, on: engine)
    channel.send(traceTree.cap, ProofPart.trace)
    channel.work(SecurityReport.constraintTerm)
    let alpha = channel.transcript.challenge(SecurityReport.constraintTerm)

    onStage(.quotient)
    let evaluation = QuotientEvaluation(
      graph: graph, shape: shape, publicValues: statement.publicValues, publicRows: statement.publicRows,
      engine: engine)
    let quotient = try evaluation.extended(trace: extended, alpha: alpha)
    let quotientTree = MerkleTree(committing: [MerkleMatrix(quotient)], hash: hash, on: engine)
    channel.send(quotientTree.cap, ProofPart.quotient)
    channel.work(SecurityReport.pointTerm)
    let z = channel.transcript.challengeOutsideBase(SecurityReport.pointTerm)

    onStage(.openings)
    let outside = OutOfDomainEvaluation(shape: shape, engine: engine)
    var openings: [BabyBear5] = []
    for group in shape.groups {
      openings += outside.values(of: group.columns, in: extended, z: z, rotations: group.rotations).flatMap { $0 }
    }
    let quotientColumns = Array(0..<shape.quotientColumns)
    openings += outside.values(of: quotientColumns, in: quotient, z: z, rotations: [0]).flatMap { $0 }
    let identity = OutOfDomainIdentity(graph: graph, shape: shape, statement: statement)
    guard identity.holds(openings: openings, alpha: alpha, z: z) else {
      throw ProverError.constraintsNotSatisfied(RowChecker(statement).firstViolation(in: trace))
    }
    channel.send(openings, ProofPart.openings)
    channel.work(SecurityReport.batchTerm)
    let gamma = channel.transcript.challenge(SecurityReport.batchTerm)

    onStage(.fri)
    let combination = DeepCombination(shape: shape, openings: openings, z: z, gamma: gamma)
    let deep = DeepQuotient(combination: combination, shape: shape, engine: engine)
    var fri = FRIProver(shape: shape, on: engine)
    try fri.commit(deep.codeword(trace: extended, quotient: quotient), through: &channel)
    channel.work(SecurityReport.queryTerm)
    let positions = channel.transcript.queryPositions(shape)

    onStage(.queries)
    channel.write(rows(extended, at: positions))
    channel.write(traceTree.opening(at: positions))
    channel.write(rows(quotient, at: positions))
    channel.write(quotientTree.opening(at: positions))
    fri.open(at: positions, through: &channel)
    return try Proof(bytes: channel.writer.bytes)
  }

  /// The rows at these positions, one after the other.
  private func rows(_ columns: borrowing CosetColumns<BabyBear>, at positions: [Int]) -> [BabyBear] {
    var result: [BabyBear] = []
    for position in positions {
      let (coset, row) = (position / columns.rows, position % columns.rows)
      for column in 0..<columns.count { result.append(columns[coset: coset, row: row, column: column]) }
    }
    return result
  }
}
