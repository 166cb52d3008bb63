// The prover: from a trace to proof bytes, stage by stage.

public import ApusField
public import ApusMerkle

/// Why a trace cannot be proven.
public enum ProverError: Error, Equatable, CustomStringConvertible {
  case traceSize(expectedRows: Int, expectedColumns: Int, foundRows: Int, foundColumns: Int)
  case constraintsNotSatisfied(Violation?)
  /// The proof just made is refused by the verifier: a fault of this library or of the machine.
  case refused(VerificationError)

  public var description: String {
    switch self {
    case .traceSize(let rows, let columns, let foundRows, let foundColumns):
      "the statement's trace has \(rows) rows and \(columns) columns, not \(foundRows) and \(foundColumns)"
    case .constraintsNotSatisfied(let violation?): "the trace does not satisfy the statement: \(violation)"
    case .constraintsNotSatisfied(nil): "the trace does not satisfy the statement's constraints"
    case .refused(let error): "the proof just made does not verify, by a fault of apus or of this machine: \(error)"
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
  case verification
}

/// How much memory a prover takes, beside time. The proof's bytes do not depend on it.
public enum ProverMemory: Sendable {
  /// The trace's extension is kept.
  case standard
  /// The trace is packed, and each coset of its extension computed anew when it is needed: a fraction of the memory for
  /// up to twice the time, where memory is warm.
  case low
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
    try shape(of: CapturedStatement(statement))
  }

  package func shape<F>(of statement: CapturedStatement<F>) throws -> ProofShape {
    try ProofShape(of: statement, preset: preset, hash: hash)
  }

  /// Proves the statement with its trace, and verifies the proof before it is given away.
  ///
  /// The same statement, trace, preset and hash give the same bytes on every engine.
  ///
  /// - Parameters:
  ///   - trace: `statement.rows` rows, one column for each of `Column.names`.
  ///   - onStage: told each stage as it begins; what it throws ends the run.
  /// - Throws: ``StatementError``, ``ProofShapeError``, ``ProverError``.
  public func prove<S: Statement>(
    _ statement: S, trace: borrowing Columns<S.Element>, onStage: (ProverStage) throws -> Void = { _ in }
  ) throws -> Proof {
    try prove(CapturedStatement(statement), trace: trace, onStage: onStage)
  }

  /// The same bytes in less memory: the trace's is used again as soon as it is extended or packed.
  public func prove<S: Statement>(
    _ statement: S, consuming trace: consuming Columns<S.Element>, memory: ProverMemory = .standard,
    onStage: (ProverStage) throws -> Void = { _ in }
  ) throws -> Proof {
    try prove(CapturedStatement(statement), consuming: trace, memory: memory, onStage: onStage)
  }

  package func prove<F>(
    _ statement: CapturedStatement<F>, trace: borrowing Columns<F>, onStage: (ProverStage) throws -> Void = { _ in }
  ) throws -> Proof {
    switch preset.extensionKind {
    case .standard: try prove(statement, trace: trace, over: F.Challenge.self, onStage: onStage)
    case .short: try prove(statement, trace: trace, over: F.ShortChallenge.self, onStage: onStage)
    }
  }

  package func prove<F>(
    _ statement: CapturedStatement<F>, consuming trace: consuming Columns<F>, memory: ProverMemory = .standard,
    onStage: (ProverStage) throws -> Void = { _ in }
  ) throws -> Proof {
    switch preset.extensionKind {
    case .standard: try prove(statement, consuming: trace, memory: memory, over: F.Challenge.self, onStage: onStage)
    case .short: try prove(statement, consuming: trace, memory: memory, over: F.ShortChallenge.self, onStage: onStage)
    }
  }

  private func prove<E: ChallengeField>(
    _ statement: CapturedStatement<E.Base>, trace: borrowing Columns<E.Base>, over field: E.Type,
    onStage: (ProverStage) throws -> Void
  ) throws -> Proof where E.Base: ProvingField {
    let stages = try ProverStages<E>(statement, preset: preset, hash: hash, on: engine)
    try onStage(.extension_)
    let extended = try stages.extend(trace)
    try onStage(.commitment)
    return try prove(stages, stages.commit(extended), onStage: onStage)
  }

  private func prove<E: ChallengeField>(
    _ statement: CapturedStatement<E.Base>, consuming trace: consuming Columns<E.Base>, memory: ProverMemory,
    over field: E.Type, onStage: (ProverStage) throws -> Void
  ) throws -> Proof where E.Base: ProvingField {
    let stages = try ProverStages<E>(statement, preset: preset, hash: hash, on: engine)
    switch memory {
    case .standard:
      try onStage(.extension_)
      let extended = try stages.extend(consuming: trace)
      try onStage(.commitment)
      return try prove(stages, stages.commit(extended), onStage: onStage)
    case .low:
      try stages.checkSize(of: trace)
      try onStage(.commitment)
      return try prove(stages, stages.commit(packing: trace), onStage: onStage)
    }
  }

  // Copies for single elements' arithmetic, which would else go through tables of functions.
  @specialized(where E == BabyBear5)
  @specialized(where E == BabyBear4)
  @specialized(where E == Goldilocks3)
  private func prove<E: ChallengeField>(
    _ stages: ProverStages<E>, _ trace: any CommittedMatrix<E.Base>, onStage: (ProverStage) throws -> Void
  ) throws -> Proof where E.Base: ProvingField {
    var channel = stages.channel
    channel.send(trace.cap, ProofPart.trace)
    channel.work(SecurityReport.constraintTerm)
    let alpha: E = channel.transcript.challenge(SecurityReport.constraintTerm)

    try onStage(.quotient)
    let quotient = try trace.committedQuotient(stages, alpha: alpha)
    channel.send(quotient.cap, ProofPart.quotient)
    channel.work(SecurityReport.pointTerm)
    let z: E = channel.transcript.challengeOutsideBase(SecurityReport.pointTerm)

    try onStage(.openings)
    let openings = stages.openings(trace: trace, quotient: quotient, z: z)
    guard stages.identity.holds(openings: openings, alpha: alpha, z: z) else {
      throw ProverError.constraintsNotSatisfied(try stages.firstViolation(of: trace))
    }
    channel.send(openings, ProofPart.openings)
    channel.work(SecurityReport.batchTerm)
    let gamma: E = channel.transcript.challenge(SecurityReport.batchTerm)

    try onStage(.fri)
    var fri = FRIProver<E>(shape: stages.shape.fri, on: engine)
    try fri.commit(
      try stages.codeword(trace: trace, quotient: quotient, openings: openings, z: z, gamma: gamma),
      through: &channel)
    channel.work(SecurityReport.queryTerm)
    let positions = channel.transcript.queryPositions(stages.shape.fri)

    try onStage(.queries)
    trace.open(at: positions, through: &channel)
    quotient.open(at: positions, through: &channel)
    fri.open(at: positions, through: &channel)

    try onStage(.verification)
    let proof = try Proof(bytes: channel.writer.bytes)
    do { try Verifier(demanding: preset).verify(proof, of: stages.statement) } catch let error as VerificationError {
      throw ProverError.refused(error)
    }
    return proof
  }
}
