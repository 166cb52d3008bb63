// Provers that cheat at one step and are honest at all others, over every extension. Each is refused where that step is
// checked.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct CheaterTests {
  // MARK: The honest twin of all

  @Test(arguments: provenExtensions)
  func aCheaterWhoChangesNothingIsTheProver(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let scene = CheatersScene<E>()
      for preset in E.presets {
        let bytes = try scene.cheater(preset) { _ in }.prove().bytes
        #expect(try Prover(preset).prove(scene.walk, trace: scene.walk.trace).bytes == bytes)
        try scene.expectAcceptance(of: bytes, demanding: preset)
      }
    }
    try check(field)
  }

  // MARK: Constraints

  @Test(arguments: provenExtensions, [(0, 0), (5, 0), (100, 0), (511, 0), (9, 2), (7, 3)])
  func aBrokenCellIsRefusedAtTheIdentity(field: any ProvenExtension.Type, cell: (row: Int, column: Int)) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.constraintsNotSatisfied) {
        $0.changeTrace = { $0[cell.row, cell.column] += .one }
      }
    }
    try check(field)
  }

  /// The idle column, and a row of the sum that is neither added up nor read.
  @Test(arguments: provenExtensions, [(100, 1), (6, 3)])
  func aCellThatNoConstraintBindsMayChange(field: any ProvenExtension.Type, cell: (row: Int, column: Int)) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let scene = CheatersScene<E>()
      let outcome = try scene.cheater { $0.changeTrace = { $0[cell.row, cell.column] += .one } }.prove()
      try scene.expectAcceptance(of: outcome.bytes)
    }
    try check(field)
  }

  /// The broken trace's quotient is opened at the value that the identity asks for. The quotient's columns do not have
  /// that value at z, so the DEEP quotient has a pole there and its codeword no low degree.
  @Test(arguments: provenExtensions)
  func anOpeningSolvedFromTheIdentityIsRefusedAtTheFinalPolynomial(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expectHighDegree {
        let identity = $0.stages.identity
        $0.changeTrace = { $0[100, 0] += .one }
        $0.changeOpenings = { solveForQuotient(identity, openings: &$0, alpha: $1, z: $2) }
      }
    }
    try check(field)
  }

  /// The same with a true trace, for each value of it that is opened.
  @Test(arguments: provenExtensions, 0..<7)
  func aFalseTraceOpeningIsRefusedAtTheFinalPolynomial(field: any ProvenExtension.Type, index: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expectHighDegree {
        let identity = $0.stages.identity
        #expect(identity.shape.openedValues == 7 + 2 * E.degree)
        $0.changeOpenings = { openings, alpha, z in
          openings[index] += .one
          solveForQuotient(identity, openings: &openings, alpha: alpha, z: z)
        }
      }
    }
    try check(field)
  }

  /// False openings are sent, but the codeword of the true ones is folded: the committed fibres differ from what the
  /// verifier computes.
  @Test(arguments: provenExtensions)
  func openingsOtherThanThoseCombinedAreRefusedAtTheFirstFold(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.foldOpening(fold: 0, .rootMismatch(cap: 0))) {
        let identity = $0.stages.identity
        $0.combinesSentOpenings = false
        $0.changeOpenings = { openings, alpha, z in
          openings[0] += .one
          solveForQuotient(identity, openings: &openings, alpha: alpha, z: z)
        }
      }
    }
    try check(field)
  }

  /// Limbs moved up by one, as if X^degree were 1: columns of low degree that do not assemble to the quotient.
  @Test(arguments: provenExtensions)
  func limbsUnderAnotherBasisAreRefusedAtTheIdentity(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.constraintsNotSatisfied) {
        let engine = $0.stages.engine
        $0.changeQuotient = { quotient, _, _, _ in
          let cosets = Array(0..<quotient.cosets)
          let moved = copy(quotient, cosets: cosets, columns: [E.degree - 1] + (0..<E.degree - 1), on: engine)
          for coset in cosets {
            for limb in 0..<E.degree {
              quotient.pointer(limb, coset: coset).update(from: moved.pointer(limb, coset: coset), count: moved.rows)
            }
          }
        }
      }
    }
    try check(field)
  }

  // MARK: Degrees

  /// No constraint speaks of the idle column, so the identity cannot notice.
  @Test(arguments: provenExtensions)
  func aTraceColumnOfTooHighDegreeIsRefusedAtTheFinalPolynomial(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expectHighDegree { $0.changeExtended = { addHighDegree(to: 1, of: $0) } }
    }
    try check(field)
  }

  @Test(arguments: provenExtensions)
  func aQuotientColumnOfTooHighDegreeIsRefusedAtTheFinalPolynomial(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expectHighDegree {
        $0.changeQuotient = { quotient, _, _, _ in addHighDegree(to: 3, of: quotient) }
      }
    }
    try check(field)
  }

  @Test(arguments: provenExtensions, 0..<2)
  func aLayerOfTooHighDegreeIsRefusedAtItsOwnFold(field: any ProvenExtension.Type, fold: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.foldOpening(fold: fold, .rootMismatch(cap: 0))) {
        $0.changeLayer = { number, codeword in if number == fold { addHighDegree(to: 2, of: codeword) } }
      }
    }
    try check(field)
  }

  /// The first coefficient, one in the middle, and the last; there may be one alone.
  @Test(arguments: provenExtensions)
  func anotherFinalPolynomialIsRefusedWhereItIsFirstEvaluated(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let scene = CheatersScene<E>()
      let count = try scene.cheater { _ in }.stages.shape.finalCount
      for coefficient in Set([0, count / 2, count - 1]).sorted() {
        let cheater = try scene.cheater { $0.changeFinal = { $0[coefficient] += .one } }
        let outcome = try cheater.prove()
        let first = try #require(scene.finalPositions(outcome, cheater.stages.shape).min())
        scene.expect(.finalPolynomial(index: first), for: outcome)
      }
    }
    try check(field)
  }

  // MARK: Folds

  /// A layer that is another polynomial, of low degree: only the fold into it can tell.
  @Test(arguments: provenExtensions, 0..<2)
  func aLayerOfAnotherPolynomialIsRefusedAtItsOwnFold(field: any ProvenExtension.Type, fold: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.foldOpening(fold: fold, .rootMismatch(cap: 0))) {
        $0.changeLayer = { number, codeword in
          guard number == fold else { return }
          for coset in 0..<codeword.cosets { add(E.Base.one, to: 0, coset: coset, of: codeword) }
        }
      }
    }
    try check(field)
  }

  @Test(arguments: provenExtensions, 0..<2)
  func aLayerAnsweredFromAnotherCodewordIsRefused(field: any ProvenExtension.Type, fold: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.foldOpening(fold: fold, .rootMismatch(cap: 0))) {
        let stages = $0.stages
        $0.answerLayers = { layers in
          let cosets = Array(0..<layers[fold].codeword.cosets)
          let other = copy(
            layers[fold].codeword, cosets: cosets, columns: [1, 0] + (2..<E.degree), on: stages.engine)
          var layers = layers
          layers[fold] = FRIProver<E>(shape: stages.shape.fri, on: stages.engine).layer(fold, committing: other)
          return layers
        }
      }
    }
    try check(field)
  }

  // MARK: Commitments

  @Test(arguments: provenExtensions)
  func aTraceAnsweredFromAnotherCommitmentIsRefused(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.traceOpening(.rootMismatch(cap: 0))) {
        let stages = $0.stages
        $0.answerTrace = { committed, positions, channel in
          let cosets = Array(0..<committed.columns.cosets)
          stages.commit(copy(committed.columns, cosets: cosets, columns: [0, 2, 1, 3], on: stages.engine))
            .open(at: positions, through: &channel)
        }
      }
    }
    try check(field)
  }

  /// The leaves are the cosets in another order. The tree is opened as it was built, so its paths are right; the rows
  /// belong to other points.
  @Test(arguments: provenExtensions)
  func anotherRowOrderIsRefusedAtTheFirstFold(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.foldOpening(fold: 0, .rootMismatch(cap: 0))) {
        let stages = $0.stages
        $0.commitInstead = {
          var cosets = Array(0..<$0.cosets)
          cosets.swapAt(cosets.count / 2 - 1, cosets.count / 2)
          return stages.commit(copy($0, cosets: cosets, columns: [0, 1, 2, 3], on: stages.engine))
        }
      }
    }
    try check(field)
  }

  /// The committed rows have a cell more than the statement has columns; the proof leaves it out.
  @Test(arguments: provenExtensions)
  func anotherColumnCountIsRefusedAtTheTrace(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.traceOpening(.rootMismatch(cap: 0))) {
        let stages = $0.stages
        $0.commitInstead = {
          stages.commit(copy($0, cosets: Array(0..<$0.cosets), columns: [0, 1, 2, 3, 4], on: stages.engine))
        }
        $0.answerTrace = { committed, positions, channel in
          for position in positions { channel.write(Array(committed.rows(at: [position]).prefix(4))) }
          channel.write(committed.tree.opening(at: positions))
        }
      }
    }
    try check(field)
  }

  // MARK: Queries

  @Test(arguments: provenExtensions)
  func otherPositionsAreRefusedAtTheTrace(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.traceOpening(.rootMismatch(cap: 0))) {
        $0.changePositions = { Array(0..<$0.count) }
      }
    }
    try check(field)
  }

  /// A position that is drawn twice is opened once: a proof that repeats its row is none.
  @Test(arguments: provenExtensions)
  func aRowOpenedTwiceIsRefusedAtTheTrace(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try CheatersScene<E>().expect(.traceOpening(.rootMismatch(cap: 0))) {
        $0.answerTrace = { committed, positions, channel in
          channel.write(committed.rows(at: [positions[0]] + positions))
          channel.write(committed.tree.opening(at: positions))
        }
      }
    }
    try check(field)
  }

  // MARK: Work

  /// At every place where the most demanding of the extension's presets asks for work.
  @Test(arguments: provenExtensions)
  func skippedWorkIsRefused(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let scene = CheatersScene<E>()
      let preset = E.cheated == .proven100 ? SecurityPreset.proven128 : E.cheated
      let security = try Prover(preset).shape(of: scene.walk).security
      let worked = security.terms.filter { $0.grinding > 0 }
      #expect(worked.last?.name == SecurityReport.queryTerm)
      #expect(worked.count == (E.self == BabyBear5.self ? 4 : 1))
      for term in worked {
        try scene.expect(.insufficientWork(at: term.name, bits: term.grinding), preset) {
          $0.nonce = { name, _, _ in name == term.name ? 0 : nil }
        }
      }
    }
    try check(field)
  }

  /// Who proves may take any nonce that works: that is one more proof of the same true statement, and harmless. (The
  /// product's prover takes the smallest, so that its proofs are reproducible. Nobody else can exchange a nonce: see
  /// `NonceTests`.)
  @Test func aProverMayTakeAnotherNonceThatWorks() throws {
    let scene = CheatersScene<BabyBear5>()
    let term = SecurityReport.foldTerm(1)
    let outcome = try scene.cheater(.proven128) {
      $0.nonce = { name, bits, transcript in
        name == term ? workingNonces(transcript, term, bits: bits, count: 2)[1] : nil
      }
    }.prove()
    try scene.expectAcceptance(of: outcome.bytes)
    #expect(try Prover(.proven128).prove(scene.walk, trace: scene.walk.trace).bytes != outcome.bytes)
  }

  // MARK: Challenges

  /// The cheater draws z before it commits to the quotient, and takes constants as the quotient's limbs that satisfy
  /// the identity there.
  @Test(arguments: provenExtensions)
  func aPointDrawnBeforeTheQuotientIsRefusedAtTheIdentity(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let scene = CheatersScene<E>()
      let early = Box<(holds: Bool, z: E)?>(nil)
      let outcome = try scene.cheater {
        let stages = $0.stages
        $0.changeTrace = { $0[100, 0] += .one }
        $0.changeQuotient = { quotient, trace, alpha, z in
          fill(quotient, with: E.zero)
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
      scene.expect(.constraintsNotSatisfied, for: outcome)
    }
    try check(field)
  }
}

/// What cheaters over one extension try to prove, and the verifiers that they meet.
struct CheatersScene<E: ProvenExtension> {
  typealias Trickster = Cheater<WalkOver<E.Base>, E>

  /// Two folds at least; its quotient has two pieces. Only the first extension's presets ask for work at folds, and only
  /// with so many rows.
  let walk = WalkOver<E.Base>(rows: E.self == BabyBear5.self ? 4096 : 512)

  func cheater(_ preset: SecurityPreset = E.cheated, _ change: (inout Trickster) throws -> Void) throws -> Trickster {
    var cheater = try Cheater(walk, preset: preset, over: E.self)
    try change(&cheater)
    return cheater
  }

  func expect(
    _ reason: VerificationError, for outcome: Trickster.Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: reason, "over \(E.self)", sourceLocation: sourceLocation) {
      try Verifier(demanding: E.cheated).verify(outcome.bytes, of: walk)
    }
    SecondOpinion.ask(
      about: outcome.bytes, of: walk, demanding: E.cheated, expecting: reason, sourceLocation: sourceLocation)
  }

  func expect(
    _ reason: VerificationError, _ preset: SecurityPreset = E.cheated,
    sourceLocation: SourceLocation = #_sourceLocation, for change: (inout Trickster) throws -> Void
  ) throws {
    expect(reason, for: try cheater(preset, change).prove(), sourceLocation: sourceLocation)
  }

  func expectAcceptance(
    of bytes: [UInt8], demanding preset: SecurityPreset = E.cheated, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try Verifier(demanding: preset).verify(bytes, of: walk)
    SecondOpinion.ask(about: bytes, of: walk, demanding: preset, sourceLocation: sourceLocation)
  }

  /// The identity holds, all paths are right and every fold follows from the one before, but the codeword's degree is
  /// too high. The final polynomial, interpolated on the first coset, is right there and wrong on all others.
  func expectHighDegree(
    sourceLocation: SourceLocation = #_sourceLocation, of change: (inout Trickster) throws -> Void
  ) throws {
    let cheater = try cheater(E.cheated, change)
    let outcome = try cheater.prove()
    let shape = cheater.stages.shape
    let index = try #require(finalPositions(outcome, shape).filter { $0 >= shape.finalCount }.min())
    expect(.finalPolynomial(index: index), for: outcome, sourceLocation: sourceLocation)
  }

  /// Queried positions on the domain of the final polynomial.
  func finalPositions(_ outcome: Trickster.Outcome, _ shape: ProofShape) -> [Int] {
    outcome.positions.map { $0 / shape.rows * shape.finalCount + $0 % shape.finalCount }
  }
}

extension ProvenExtension {
  /// The presets that take this extension of its field.
  fileprivate static var presets: [SecurityPreset] {
    SecurityPreset.all.filter { preset in
      switch preset.extensionKind {
      case .standard: Base.Challenge.self == Self.self
      case .short: Base.ShortChallenge.self == Self.self
      }
    }
  }

  /// The cheapest of them.
  fileprivate static var cheated: SecurityPreset { presets[0] }
}
