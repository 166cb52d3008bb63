import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct ForgeryTests {
  @Test func theHonestProofsAreAccepted() throws {
    for proof in [Forgery.honest, Forgery.otherWitness] {
      try Verifier().verify(proof.get().bytes, of: Forgery.walk)
      SecondOpinion.ask(about: try proof.get().bytes, of: Forgery.walk)
    }
    // All nonces and folds that the forgeries speak of are there.
    let spans = try Forgery.honest.get().layout.spans
    #expect(spans.count { $0.part == ProofPart.work } == 4)
    #expect(spans.count { $0.part == ProofPart.foldValues } == 2)
  }

  @Test(arguments: Forgery.all)
  func verifierRefuses(_ forgery: Forgery) throws {
    var proof = try Forgery.honest.get()
    let before = proof.bytes
    forgery.apply(&proof)
    #expect(proof.bytes != before)
    #expect(throws: forgery.reason) { try Verifier().verify(proof.bytes, of: Forgery.walk) }
    SecondOpinion.ask(about: proof.bytes, of: Forgery.walk, expecting: forgery.reason)
  }

  /// A part taken from another valid proof of the same statement fits no better than any other bytes.
  @Test(arguments: [
    (ProofPart.trace, 0, 32, VerificationError.constraintsNotSatisfied),
    (ProofPart.quotient, 0, 32, .constraintsNotSatisfied),
    (ProofPart.openings, 0, 17 * 20, .constraintsNotSatisfied),
    (ProofPart.final, 0, 256 * 20, .insufficientWork(at: SecurityReport.queryTerm, bits: Forgery.queryBits)),
    (ProofPart.work, 3, 8, .insufficientWork(at: SecurityReport.queryTerm, bits: Forgery.queryBits)),
    (ProofPart.traceRows, 0, 16, .traceOpening(.rootMismatch(cap: 0))),
    (ProofPart.tracePaths, 0, 32, .traceOpening(.rootMismatch(cap: 0))),
    (ProofPart.quotientRows, 0, 40, .quotientOpening(.rootMismatch(cap: 0))),
    (ProofPart.quotientPaths, 0, 32, .quotientOpening(.rootMismatch(cap: 0))),
    (ProofPart.foldValues, 0, 20, .foldOpening(fold: 0, .rootMismatch(cap: 0))),
    (ProofPart.foldPaths, 0, 32, .foldOpening(fold: 0, .rootMismatch(cap: 0))),
    (ProofPart.foldValues, 1, 20, .foldOpening(fold: 1, .rootMismatch(cap: 0))),
    (ProofPart.foldPaths, 1, 32, .foldOpening(fold: 1, .rootMismatch(cap: 0))),
  ])
  func aPartReplayedFromAnotherProofIsRefused(
    part: String, piece: Int, count: Int, reason: VerificationError
  ) throws {
    var proof = try Forgery.honest.get()
    let other = try Forgery.otherWitness.get()
    let source = other.bytes[other.place(part, piece: piece).prefix(count)]
    let place = proof.place(part, piece: piece).prefix(count)
    #expect(!proof.bytes[place].elementsEqual(source))
    proof.bytes.replaceSubrange(place, with: source)
    #expect(throws: reason) { try Verifier().verify(proof.bytes, of: Forgery.walk) }
    SecondOpinion.ask(about: proof.bytes, of: Forgery.walk, expecting: reason)
  }

  /// A proof of the lower preset does not pass for one of the higher, nor the other way round where both would do.
  @Test func aPresetIsBoundByTheTranscript() throws {
    var weak = try Prover(.proven100).prove(Forgery.walk, trace: Forgery.walk.trace).bytes
    try Verifier(demanding: .proven100).verify(weak, of: Forgery.walk)
    weak[6] = SecurityPreset.proven128.id
    #expect(throws: VerificationError.constraintsNotSatisfied) { try Verifier().verify(weak, of: Forgery.walk) }
    SecondOpinion.ask(about: weak, of: Forgery.walk, expecting: VerificationError.constraintsNotSatisfied)

    var strong = try Forgery.honest.get().bytes
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
    var bytes = try Forgery.honest.get().bytes
    bytes[7] = MerkleHash.poseidon2.rawValue
    let reason = ProofShapeError.hashTooWeak(
      preset: .proven128, hash: .poseidon2, bits: MerkleHash.poseidon2.collisionBits(order: BabyBear.order))
    #expect(throws: reason) { try Verifier().verify(bytes, of: Forgery.walk) }
    SecondOpinion.ask(about: bytes, of: Forgery.walk, expecting: reason)
  }

  /// Poseidon2 digests are field elements, which hash alike however they are written: only one way is allowed.
  @Test func aPoseidon2SiblingWrittenInAnotherWayIsRefused() throws {
    let prover = Prover(.proven100, hash: .poseidon2), verifier = Verifier(demanding: .proven100)
    let bytes = try prover.prove(Forgery.walk, trace: Forgery.walk.trace).bytes
    let layout = try verifier.verify(bytes, of: Forgery.walk).layout
    for (part, reason) in [
      (ProofPart.tracePaths, VerificationError.traceOpening(.siblingNotCanonical(position: 0))),
      (ProofPart.quotientPaths, .quotientOpening(.siblingNotCanonical(position: 0))),
      (ProofPart.foldPaths, .foldOpening(fold: 0, .siblingNotCanonical(position: 0))),
    ] {
      var forged = ForgedProof(bytes: bytes, layout: layout)
      forged.addModulus(part)
      #expect(throws: reason) { try verifier.verify(forged.bytes, of: Forgery.walk) }
      SecondOpinion.ask(about: forged.bytes, of: Forgery.walk, demanding: .proven100, expecting: reason)
    }
  }
}
