// The verifier: replays the transcript from a proof's bytes and checks every claim in it.

package import ApusField
internal import ApusMerkle

/// What a verified proof shows about itself.
public struct VerifiedProof: Sendable {
  public let shape: ProofShape
  public let layout: ProofLayout
}

/// Verifies proofs that reach a demanded level.
public struct Verifier: Sendable {
  public let demanded: SecurityPreset

  public init(demanding preset: SecurityPreset = .proven128) { demanded = preset }

  /// Checks that the bytes prove the statement.
  ///
  /// - Throws: ``VerificationError`` with the reason why a proof is refused; ``StatementError`` or ``ProofShapeError``
  ///   if the statement itself is none that could be proven.
  @discardableResult
  public func verify(_ bytes: [UInt8], of statement: some Statement) throws -> VerifiedProof {
    try verify(Proof(bytes: bytes), of: CapturedStatement(statement))
  }

  @discardableResult
  public func verify(_ proof: Proof, of statement: some Statement) throws -> VerifiedProof {
    try verify(proof, of: CapturedStatement(statement))
  }

  @discardableResult
  package func verify<F>(_ proof: Proof, of statement: CapturedStatement<F>) throws -> VerifiedProof {
    switch proof.preset.extensionKind {
    case .standard: try verify(proof, of: statement, over: F.Challenge.self)
    case .short: try verify(proof, of: statement, over: F.ShortChallenge.self)
    }
  }

  // Copies for single elements' arithmetic, which would else go through tables of functions.
  @specialized(where E == BabyBear5)
  @specialized(where E == BabyBear4)
  @specialized(where E == Goldilocks3)
  private func verify<E: ChallengeField>(
    _ proof: Proof, of statement: CapturedStatement<E.Base>, over field: E.Type
  ) throws -> VerifiedProof where E.Base: ProvingField {
    guard proof.preset.level >= demanded.level else {
      throw VerificationError.insufficientSecurity(demanded: demanded, found: proof.preset)
    }
    let shape = try ProofShape(of: statement, preset: proof.preset, hash: proof.hash)
    var channel = try VerifierChannel(proof, statement, shape: shape)

    let traceCap = try channel.receiveCap(ProofPart.trace)
    try channel.checkWork(SecurityReport.constraintTerm)
    let alpha: E = channel.transcript.challenge(SecurityReport.constraintTerm)
    let quotientCap = try channel.receiveCap(ProofPart.quotient)
    try channel.checkWork(SecurityReport.pointTerm)
    let z: E = channel.transcript.challengeOutsideBase(SecurityReport.pointTerm)
    let openings: [E] = try channel.receive(shape.openedValues, ProofPart.openings)
    let identity = OutOfDomainIdentity<E>(statement, shape: shape)
    guard identity.holds(openings: openings, alpha: alpha, z: z) else {
      throw VerificationError.constraintsNotSatisfied
    }
    try channel.checkWork(SecurityReport.batchTerm)
    let gamma: E = channel.transcript.challenge(SecurityReport.batchTerm)
    let combination = DeepCombination(shape: shape, openings: openings, z: z, gamma: gamma)

    var fri = FRIVerifier<E>(shape: shape.fri)
    try fri.receiveCommitments(through: &channel)
    try channel.checkWork(SecurityReport.queryTerm)
    let positions = channel.transcript.queryPositions(shape.fri)

    let traceRows: [[E.Base]] = try openRows(
      shape.columnCount, ProofPart.traceRows, ProofPart.tracePaths, cap: traceCap, at: positions, shape: shape,
      through: &channel, refusal: VerificationError.traceOpening)
    let quotientRows: [[E.Base]] = try openRows(
      shape.quotientColumns, ProofPart.quotientRows, ProofPart.quotientPaths, cap: quotientCap, at: positions,
      shape: shape, through: &channel, refusal: VerificationError.quotientOpening)
    let values = combination.values(traceRows: traceRows, quotientRows: quotientRows, at: positions, shape: shape)
    try fri.check(values, at: positions, through: &channel)
    try channel.finish()
    return VerifiedProof(shape: shape, layout: channel.layout)
  }

  private func openRows<F: ProvingField>(
    _ width: Int, _ part: String, _ paths: String, cap: [MerkleDigest], at positions: [Int], shape: ProofShape,
    through channel: inout VerifierChannel, refusal: (MerkleError) -> VerificationError
  ) throws(VerificationError) -> [[F]] {
    var rows: [[F]] = []
    for _ in positions { rows.append(try channel.elements(width, part)) }
    let logHeight = shape.logRows + shape.preset.logBlowup
    let siblings = try channel.digests(
      MerkleVerifier.siblingCount(logHeight: logHeight, capHeight: 0, indices: positions), paths)
    do {
      try MerkleVerifier.verify(
        rows: rows, at: positions, siblings: siblings, cap: cap,
        shape: MerkleShape(matrices: [.init(height: 1 << logHeight, width: width)]), hash: shape.hash)
    } catch { throw refusal(error) }
    return rows
  }
}

extension DeepCombination {
  /// The quotient at the queried positions, from the opened rows.
  package func values(
    traceRows: [[E.Base]], quotientRows: [[E.Base]], at positions: [Int], shape: ProofShape
  ) -> [E] {
    let domain = EvaluationDomain<E.Base>(shape: shape)
    let points = rotations.map { z * rotationFactor($0) }
    let xs = positions.map { E(domain.point(at: $0)) }
    let differences = inverses(xs.flatMap { x in points.map { x - $0 } })
    return positions.indices.map { query in
      var value = E.zero
      for group in groups {
        let row = group.isQuotient ? quotientRows[query] : traceRows[query]
        var sum = E.zero
        for (position, column) in group.columns.enumerated() { sum += powers[position] * row[column] }
        for (i, rotation) in group.rotations.enumerated() {
          let point = rotations.firstIndex(of: rotation) ?? 0
          value += group.weights[i] * (sum - group.claims[i]) * differences[query * points.count + point]
        }
      }
      return value
    }
  }
}
