import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct ForgeryTests {
  @Test func theHonestProofsAreAccepted() throws {
    for subject in ForgerySubject.all {
      for proof in [subject.honest, subject.otherWitness] {
        try Verifier().verify(proof.get().bytes, of: subject.statement)
        SecondOpinion.ask(about: try proof.get().bytes, of: subject.statement)
      }
      // All nonces and folds that the forgeries speak of are there.
      let spans = try subject.honest.get().layout.spans
      #expect(spans.count { $0.part == ProofPart.work } == subject.worked.count)
      #expect(spans.count { $0.part == ProofPart.foldValues } == 2)
    }
    #expect(ForgerySubject.babyBear.worked.count == 4)
  }

  @Test(arguments: Forgery.all)
  func verifierRefuses(_ forgery: Forgery) throws {
    let statement = forgery.subject.statement
    var proof = try forgery.subject.honest.get()
    let before = proof.bytes
    forgery.apply(&proof)
    #expect(proof.bytes != before)
    #expect(throws: forgery.reason) { try Verifier().verify(proof.bytes, of: statement) }
    SecondOpinion.ask(about: proof.bytes, of: statement, expecting: forgery.reason)
  }

  /// What of a part is replaced: so many bytes from its beginning, as a multiple of a unit.
  enum Unit: Sendable {
    case byte, element, value

    func bytes(_ field: ProofField) -> Int {
      switch self {
      case .byte: 1
      case .element: field.elementBytes
      case .value: field.degree * field.elementBytes
      }
    }
  }

  /// A part taken from another valid proof of the same statement fits no better than any other bytes.
  @Test(arguments: [
    (ProofPart.trace, 0, 32, Unit.byte, VerificationError?.some(.constraintsNotSatisfied)),
    (ProofPart.quotient, 0, 32, .byte, .constraintsNotSatisfied),
    (ProofPart.openings, 0, 13, .value, .constraintsNotSatisfied),
    (ProofPart.final, 0, 256, .value, nil),
    (ProofPart.traceRows, 0, 4, .element, .traceOpening(.rootMismatch(cap: 0))),
    (ProofPart.tracePaths, 0, 32, .byte, .traceOpening(.rootMismatch(cap: 0))),
    (ProofPart.quotientRows, 0, 2, .value, .quotientOpening(.rootMismatch(cap: 0))),
    (ProofPart.quotientPaths, 0, 32, .byte, .quotientOpening(.rootMismatch(cap: 0))),
    (ProofPart.foldValues, 0, 1, .value, .foldOpening(fold: 0, .rootMismatch(cap: 0))),
    (ProofPart.foldPaths, 0, 32, .byte, .foldOpening(fold: 0, .rootMismatch(cap: 0))),
    (ProofPart.foldValues, 1, 1, .value, .foldOpening(fold: 1, .rootMismatch(cap: 0))),
    (ProofPart.foldPaths, 1, 32, .byte, .foldOpening(fold: 1, .rootMismatch(cap: 0))),
  ])
  func aPartReplayedFromAnotherProofIsRefused(
    part: String, piece: Int, count: Int, unit: Unit, reason: VerificationError?
  ) throws {
    for subject in ForgerySubject.all {
      // Where no reason is given, the next challenge is the queries'.
      let reason = reason ?? subject.work(from: SecurityReport.queryTerm)
      try replay(part, piece, count * unit.bytes(subject.field), reason, subject)
    }
  }

  /// Over BabyBear four, over Goldilocks the queries' alone.
  @Test func aNonceReplayedFromAnotherProofIsRefused() throws {
    for subject in ForgerySubject.all {
      for (piece, term) in subject.worked.enumerated() {
        try replay(ProofPart.work, piece, 8, subject.work(from: term), subject)
      }
    }
  }

  private func replay(
    _ part: String, _ piece: Int, _ count: Int, _ reason: VerificationError, _ subject: ForgerySubject
  ) throws {
    var proof = try subject.honest.get()
    let other = try subject.otherWitness.get()
    let source = other.bytes[other.place(part, piece: piece).prefix(count)]
    let place = proof.place(part, piece: piece).prefix(count)
    #expect(!proof.bytes[place].elementsEqual(source))
    proof.bytes.replaceSubrange(place, with: source)
    #expect(throws: reason) { try Verifier().verify(proof.bytes, of: subject.statement) }
    SecondOpinion.ask(about: proof.bytes, of: subject.statement, expecting: reason)
  }

  /// A proof of the lower preset does not pass for one of the higher, nor the other way round where both would do.
  @Test func aPresetIsBoundByTheTranscript() throws {
    var weak = try Prover(.proven100).prove(Forgery.walk, trace: Forgery.walk.trace).bytes
    try Verifier(demanding: .proven100).verify(weak, of: Forgery.walk)
    weak[6] = SecurityPreset.proven128.id
    #expect(throws: VerificationError.constraintsNotSatisfied) { try Verifier().verify(weak, of: Forgery.walk) }
    SecondOpinion.ask(about: weak, of: Forgery.walk, expecting: VerificationError.constraintsNotSatisfied)

    var strong = try ForgerySubject.babyBear.honest.get().bytes
    try Verifier(demanding: .proven100).verify(strong, of: Forgery.walk)
    strong[6] = SecurityPreset.proven100.id
    #expect(throws: VerificationError.constraintsNotSatisfied) {
      try Verifier(demanding: .proven100).verify(strong, of: Forgery.walk)
    }
    SecondOpinion.ask(
      about: strong, of: Forgery.walk, demanding: .proven100, expecting: VerificationError.constraintsNotSatisfied)
  }

  /// A hash whose digests are too short for the preset is refused before anything is hashed with it.
  @Test func aHashTooWeakForThePresetIsRefused() throws {
    var bytes = try ForgerySubject.babyBear.honest.get().bytes
    bytes[7] = MerkleHash.poseidon2.rawValue
    let reason = ProofShapeError.hashTooWeak(
      preset: .proven128, hash: .poseidon2, bits: MerkleHash.poseidon2.collisionBits(order: BabyBear.order))
    #expect(throws: reason) { try Verifier().verify(bytes, of: Forgery.walk) }
    SecondOpinion.ask(about: bytes, of: Forgery.walk, expecting: reason)
  }

  /// Poseidon2 digests are field elements, which hash alike however they are written: only one way is allowed.
  @Test func aPoseidon2SiblingWrittenInAnotherWayIsRefused() throws {
    try checkSiblings(of: WalkOver<BabyBear>(rows: 4096))
    try checkSiblings(of: WalkOver<Goldilocks>(rows: 4096))
  }

  private func checkSiblings(of walk: WalkOver<some ProvingField>) throws {
    let prover = Prover(.proven100, hash: .poseidon2), verifier = Verifier(demanding: .proven100)
    let bytes = try prover.prove(walk, trace: walk.trace).bytes
    let verified = try verifier.verify(bytes, of: walk)
    for (part, reason) in [
      (ProofPart.tracePaths, VerificationError.traceOpening(.siblingNotCanonical(position: 0))),
      (ProofPart.quotientPaths, .quotientOpening(.siblingNotCanonical(position: 0))),
      (ProofPart.foldPaths, .foldOpening(fold: 0, .siblingNotCanonical(position: 0))),
    ] {
      var forged = ForgedProof(bytes: bytes, layout: verified.layout, field: verified.shape.field)
      forged.addModulus(part)
      #expect(throws: reason) { try verifier.verify(forged.bytes, of: walk) }
      SecondOpinion.ask(about: forged.bytes, of: walk, demanding: .proven100, expecting: reason)
    }
  }
}
