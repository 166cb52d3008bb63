// Provers that cheat at one step and are honest at all others. Each is refused where that step is checked.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct CheaterTests {
  /// Folds by 8 and by 2, down to 32 coefficients; its quotient has two pieces.
  static let walk = Walk(rows: 4096)
  static let verifier = Verifier(demanding: .proven100)

  private func cheater(
    _ preset: SecurityPreset = .proven100, _ change: (inout Cheater<Walk>) -> Void
  ) throws -> Cheater<Walk> {
    var cheater = try Cheater(Self.walk, preset: preset)
    change(&cheater)
    return cheater
  }

  private func expect(
    _ reason: VerificationError, for outcome: Cheater<Walk>.Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: reason, sourceLocation: sourceLocation) {
      try Self.verifier.verify(outcome.bytes, of: Self.walk)
    }
    SecondOpinion.ask(
      about: outcome.bytes, of: Self.walk, demanding: .proven100, expecting: reason, sourceLocation: sourceLocation)
  }

  private func expectAcceptance(
    of bytes: [UInt8], demanding preset: SecurityPreset = .proven100, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try Verifier(demanding: preset).verify(bytes, of: Self.walk)
    SecondOpinion.ask(about: bytes, of: Self.walk, demanding: preset, sourceLocation: sourceLocation)
  }

  private func expect(
    _ reason: VerificationError, _ preset: SecurityPreset = .proven100,
    sourceLocation: SourceLocation = #_sourceLocation, for change: (inout Cheater<Walk>) -> Void
  ) throws {
    expect(reason, for: try cheater(preset, change).prove(), sourceLocation: sourceLocation)
  }

  /// Queried positions on the domain of the final polynomial.
  private func finalPositions(_ outcome: Cheater<Walk>.Outcome, _ shape: ProofShape) -> [Int] {
    outcome.positions.map { $0 / shape.rows * shape.finalCount + $0 % shape.finalCount }
  }

  /// The identity holds, all paths are right and every fold follows from the one before, but the codeword's degree is
  /// too high. The final polynomial, interpolated on the first coset, is right there and wrong on all others.
  private func expectHighDegree(
    sourceLocation: SourceLocation = #_sourceLocation, of change: (inout Cheater<Walk>) -> Void
  ) throws {
    let cheater = try cheater(.proven100, change)
    let outcome = try cheater.prove()
    let shape = cheater.stages.shape
    let index = try #require(finalPositions(outcome, shape).filter { $0 >= shape.finalCount }.min())
    expect(.finalPolynomial(index: index), for: outcome, sourceLocation: sourceLocation)
  }

  // MARK: The honest twin of all

  @Test(arguments: SecurityPreset.all.filter { $0.extensionKind == .standard })
  func aCheaterWhoChangesNothingIsTheProver(preset: SecurityPreset) throws {
    let bytes = try cheater(preset) { _ in }.prove().bytes
    #expect(try Prover(preset).prove(Self.walk, trace: Self.walk.trace).bytes == bytes)
    try expectAcceptance(of: bytes, demanding: preset)
  }

  // MARK: Constraints

  @Test(arguments: [(0, 0), (5, 0), (100, 0), (511, 0), (9, 2), (7, 3)])
  func aBrokenCellIsRefusedAtTheIdentity(row: Int, column: Int) throws {
    try expect(.constraintsNotSatisfied) { $0.changeTrace = { $0[row, column] += .one } }
  }

  /// The idle column, and a row of the sum that is neither added up nor read.
  @Test(arguments: [(100, 1), (6, 3)])
  func aCellThatNoConstraintBindsMayChange(row: Int, column: Int) throws {
    let outcome = try cheater { $0.changeTrace = { $0[row, column] += .one } }.prove()
    try expectAcceptance(of: outcome.bytes)
  }

  /// The broken trace's quotient is opened at the value that the identity asks for. The quotient's columns do not have
  /// that value at z, so the DEEP quotient has a pole there and its codeword no low degree.
  @Test func anOpeningSolvedFromTheIdentityIsRefusedAtTheFinalPolynomial() throws {
    try expectHighDegree {
      let identity = $0.stages.identity
      $0.changeTrace = { $0[100, 0] += .one }
      $0.changeOpenings = { solveForQuotient(identity, openings: &$0, alpha: $1, z: $2) }
    }
  }

  /// The same with a true trace, for each value of it that is opened.
  @Test(arguments: 0..<7)
  func aFalseTraceOpeningIsRefusedAtTheFinalPolynomial(index: Int) throws {
    try expectHighDegree {
      let identity = $0.stages.identity
      #expect(identity.shape.openedValues == 7 + 10)
      $0.changeOpenings = { openings, alpha, z in
        openings[index] += .one
        solveForQuotient(identity, openings: &openings, alpha: alpha, z: z)
      }
    }
  }

  /// False openings are sent, but the codeword of the true ones is folded: the committed fibres differ from what the
  /// verifier computes.
  @Test func openingsOtherThanThoseCombinedAreRefusedAtTheFirstFold() throws {
    try expect(.foldOpening(fold: 0, .rootMismatch(cap: 0))) {
      let identity = $0.stages.identity
      $0.combinesSentOpenings = false
      $0.changeOpenings = { openings, alpha, z in
        openings[0] += .one
        solveForQuotient(identity, openings: &openings, alpha: alpha, z: z)
      }
    }
  }

  /// Limbs moved up by one, as if X^5 were 1: columns of low degree that do not assemble to the quotient.
  @Test func limbsUnderAnotherBasisAreRefusedAtTheIdentity() throws {
    let engine = Engine.default
    try expect(.constraintsNotSatisfied) {
      $0.changeQuotient = { quotient, _, _, _ in
        let moved = copy(quotient, cosets: [0, 1, 2, 3], columns: [4, 0, 1, 2, 3], on: engine)
        for coset in 0..<4 {
          for limb in 0..<5 {
            quotient.pointer(limb, coset: coset).update(from: moved.pointer(limb, coset: coset), count: moved.rows)
          }
        }
      }
    }
  }

  // MARK: Degrees

  /// No constraint speaks of the idle column, so the identity cannot notice.
  @Test func aTraceColumnOfTooHighDegreeIsRefusedAtTheFinalPolynomial() throws {
    try expectHighDegree { $0.changeExtended = { addHighDegree(to: 1, of: $0) } }
  }

  @Test func aQuotientColumnOfTooHighDegreeIsRefusedAtTheFinalPolynomial() throws {
    try expectHighDegree { $0.changeQuotient = { quotient, _, _, _ in addHighDegree(to: 3, of: quotient) } }
  }

  @Test(arguments: 0..<2)
  func aLayerOfTooHighDegreeIsRefusedAtItsOwnFold(fold: Int) throws {
    try expect(.foldOpening(fold: fold, .rootMismatch(cap: 0))) {
      $0.changeLayer = { number, codeword in if number == fold { addHighDegree(to: 2, of: codeword) } }
    }
  }

  @Test(arguments: [0, 17, 31])
  func anotherFinalPolynomialIsRefusedWhereItIsFirstEvaluated(coefficient: Int) throws {
    let cheater = try cheater { $0.changeFinal = { $0[coefficient] += .one } }
    let outcome = try cheater.prove()
    let first = try #require(finalPositions(outcome, cheater.stages.shape).min())
    expect(.finalPolynomial(index: first), for: outcome)
  }

  // MARK: Folds

  /// A layer that is another polynomial, of low degree: only the fold into it can tell.
  @Test(arguments: 0..<2)
  func aLayerOfAnotherPolynomialIsRefusedAtItsOwnFold(fold: Int) throws {
    try expect(.foldOpening(fold: fold, .rootMismatch(cap: 0))) {
      $0.changeLayer = { number, codeword in
        guard number == fold else { return }
        for coset in 0..<codeword.cosets { add(1, to: 0, coset: coset, of: codeword) }
      }
    }
  }

  @Test(arguments: 0..<2)
  func aLayerAnsweredFromAnotherCodewordIsRefused(fold: Int) throws {
    try expect(.foldOpening(fold: fold, .rootMismatch(cap: 0))) {
      let stages = $0.stages
      $0.answerLayers = { layers in
        let other = copy(layers[fold].codeword, cosets: [0, 1, 2, 3], columns: [1, 0, 2, 3, 4], on: stages.engine)
        var layers = layers
        layers[fold] = FRIProver<BabyBear5>(shape: stages.shape.fri, on: stages.engine).layer(fold, committing: other)
        return layers
      }
    }
  }

  // MARK: Commitments

  @Test func aTraceAnsweredFromAnotherCommitmentIsRefused() throws {
    try expect(.traceOpening(.rootMismatch(cap: 0))) {
      let stages = $0.stages
      $0.answerTrace = { committed, positions, channel in
        stages.commit(copy(committed.columns, cosets: [0, 1, 2, 3], columns: [0, 2, 1, 3], on: stages.engine))
          .open(at: positions, through: &channel)
      }
    }
  }

  /// The leaves are the cosets in another order. The tree is opened as it was built, so its paths are right; the rows
  /// belong to other points.
  @Test func anotherRowOrderIsRefusedAtTheFirstFold() throws {
    try expect(.foldOpening(fold: 0, .rootMismatch(cap: 0))) {
      let stages = $0.stages
      $0.commitInstead = {
        stages.commit(copy($0, cosets: [0, 2, 1, 3], columns: [0, 1, 2, 3], on: stages.engine))
      }
    }
  }

  /// The committed rows have a cell more than the statement has columns; the proof leaves it out.
  @Test func anotherColumnCountIsRefusedAtTheTrace() throws {
    try expect(.traceOpening(.rootMismatch(cap: 0))) {
      let stages = $0.stages
      $0.commitInstead = {
        stages.commit(copy($0, cosets: [0, 1, 2, 3], columns: [0, 1, 2, 3, 4], on: stages.engine))
      }
      $0.answerTrace = { committed, positions, channel in
        for position in positions { channel.write(Array(committed.rows(at: [position]).prefix(4))) }
        channel.write(committed.tree.opening(at: positions))
      }
    }
  }

  // MARK: Queries

  @Test func otherPositionsAreRefusedAtTheTrace() throws {
    try expect(.traceOpening(.rootMismatch(cap: 0))) { $0.changePositions = { Array(0..<$0.count) } }
  }

  /// A position that is drawn twice is opened once: a proof that repeats its row is none.
  @Test func aRowOpenedTwiceIsRefusedAtTheTrace() throws {
    try expect(.traceOpening(.rootMismatch(cap: 0))) {
      $0.answerTrace = { committed, positions, channel in
        channel.write(committed.rows(at: [positions[0]] + positions))
        channel.write(committed.tree.opening(at: positions))
      }
    }
  }

  // MARK: Work

  static let terms = [
    SecurityReport.batchTerm, SecurityReport.foldTerm(0), SecurityReport.foldTerm(1), SecurityReport.queryTerm,
  ]

  @Test(arguments: terms)
  func skippedWorkIsRefused(term: String) throws {
    let bits = try Prover(.proven128).shape(of: Self.walk).security.grinding(term)
    #expect(bits > 0)
    try expect(.insufficientWork(at: term, bits: bits), .proven128) {
      $0.nonce = { name, _, _ in name == term ? 0 : nil }
    }
  }

  /// Who proves may take any nonce that works: that is one more proof of the same true statement, and harmless. (The
  /// product's prover takes the smallest, so that its proofs are reproducible. Nobody else can exchange a nonce: see
  /// `NonceTests`.)
  @Test func aProverMayTakeAnotherNonceThatWorks() throws {
    let term = SecurityReport.foldTerm(1)
    let outcome = try cheater(.proven128) {
      $0.nonce = { name, bits, transcript in
        name == term ? workingNonces(transcript, term, bits: bits, count: 2)[1] : nil
      }
    }.prove()
    try expectAcceptance(of: outcome.bytes)
    #expect(try Prover(.proven128).prove(Self.walk, trace: Self.walk.trace).bytes != outcome.bytes)
  }

  // MARK: Challenges

  /// The cheater draws z before it commits to the quotient, and takes constants as the quotient's limbs that satisfy
  /// the identity there.
  @Test func aPointDrawnBeforeTheQuotientIsRefusedAtTheIdentity() throws {
    let early = Box<(holds: Bool, z: BabyBear5)?>(nil)
    let outcome = try cheater {
      let stages = $0.stages
      $0.changeTrace = { $0[100, 0] += .one }
      $0.changeQuotient = { quotient, trace, alpha, z in
        fill(quotient, with: BabyBear5.zero)
        var openings = stages.openings(trace: trace, quotient: quotient, z: z)
        solveForQuotient(stages.identity, openings: &openings, alpha: alpha, z: z)
        // The solution is the quotient's value; its coefficients are the constants.
        fill(quotient, with: openings[openings.count - stages.shape.quotientColumns])
        openings = stages.openings(trace: trace, quotient: quotient, z: z)
        early.value = (stages.identity.holds(openings: openings, alpha: alpha, z: z), z)
      }
    }.prove()
    // A verifier that draws z that early is deceived; ours has another z.
    let drawn = try #require(early.value)
    #expect(drawn.holds && drawn.z != outcome.z)
    expect(.constraintsNotSatisfied, for: outcome)
  }
}
