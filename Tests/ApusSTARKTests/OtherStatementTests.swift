// A valid proof, offered for a statement that it is not of.

import ApusField
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct OtherStatementTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reason: VerificationError
    let apply: @Sendable (inout Walk) -> Void

    init(
      _ name: String, _ reason: VerificationError = .constraintsNotSatisfied,
      _ apply: @escaping @Sendable (inout Walk) -> Void
    ) {
      testDescription = name
      self.reason = reason
      self.apply = apply
    }

    static let all = [
      Change("another first public value") { $0.start += .one },
      Change("another last public value") { $0.end += .one },
      Change("two public values swapped") { swap(&$0.middle, &$0.end) },
      Change("another public row") { $0.at += 1 },
      Change("another label") { $0.label += [0] },
      Change("an empty label") { $0.label = [] },
      Change("another constant in a constraint") { $0.bias += .one },
      Change("another periodic value") { $0.steps[7] += .one },
      Change("a longer period of the same values") { $0.steps += $0.steps },
      Change("a constraint of degree 2") { $0.exponent = 2 },
      // Two more pieces of the quotient: nonces and roots are read as their openings.
      Change("a constraint of degree 5", .nonCanonicalElement(part: ProofPart.openings)) { $0.exponent = 5 },
      Change("twice the rows") { $0.rows *= 2 },
      Change("half the rows") { $0.rows /= 2 },
    ]
  }

  @Test(arguments: Change.all)
  func aProofOfAnotherStatementIsRefused(_ change: Change) throws {
    var other = Forgery.walk
    change.apply(&other)
    let bytes = try ForgerySubject.babyBear.honest.get().bytes
    #expect(throws: change.reason) { try Verifier().verify(bytes, of: other) }
    SecondOpinion.ask(about: bytes, of: other, expecting: change.reason)
  }

  /// Nothing but the name differs: the constraints' digest is the same.
  @Test func aProofOfAStatementOfAnotherNameIsRefused() throws {
    let renamed = Renamed(walk: Forgery.walk)
    #expect(ConstraintGraph(of: renamed).digest == ConstraintGraph(of: Forgery.walk).digest)
    let bytes = try ForgerySubject.babyBear.honest.get().bytes
    #expect(throws: VerificationError.constraintsNotSatisfied) { try Verifier().verify(bytes, of: renamed) }
    SecondOpinion.ask(about: bytes, of: renamed, expecting: VerificationError.constraintsNotSatisfied)

    let proof = try Prover().prove(renamed, trace: renamed.trace)
    try Verifier().verify(proof, of: renamed)
  }

  @Test func aProofOfAnotherColumnCountIsRefused() throws {
    let bytes = try ForgerySubject.babyBear.honest.get().bytes
    #expect(throws: VerificationError.constraintsNotSatisfied) { try Verifier().verify(bytes, of: Doubling(rows: 512)) }
  }
}
