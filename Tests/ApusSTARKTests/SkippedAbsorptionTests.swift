// Provers that send a message but leave it out of their transcript, each message in turn, and are honest in all else:
// what a verifier that forgets to absorb it would accept. All later challenges differ; the first check that depends on
// one of them says so.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite(.secondOpinion) struct SkippedAbsorptionTests {
  static let presets = [SecurityPreset.proven100, .proven128, .proven128Small]

  @Test(arguments: presets)
  func eachIsNoticed(preset: SecurityPreset) throws {
    try check(WalkOver<BabyBear>(rows: 4096), preset, over: BabyBear5.self)
  }

  @Test(arguments: presets)
  func eachIsNoticedOverGoldilocks(preset: SecurityPreset) throws {
    try check(WalkOver<Goldilocks>(rows: 4096), preset, over: Goldilocks3.self)
  }

  @Test func eachIsNoticedOverTheSmallExtension() throws {
    try check(WalkOver<BabyBear>(rows: 512), .peers, over: BabyBear4.self)
  }

  private func check<S: Provable, E: ChallengeField>(
    _ statement: S, _ preset: SecurityPreset, over field: E.Type
  ) throws where E.Base == S.Element {
    var cheater = try Cheater(statement, preset: preset, over: field)
    let shape = cheater.stages.shape
    let verifier = Verifier(demanding: preset)

    let honest = try cheater.prove().bytes
    #expect(try Prover(preset).prove(statement, trace: statement.trace).bytes == honest)
    try verifier.verify(honest, of: statement)

    let absorptions = shape.absorptions
    #expect(absorptions.count == 14 + shape.foldLogs.count + shape.worked.count)
    for skipped in absorptions {
      cheater.skips = skipped
      let bytes = try cheater.prove().bytes
      let comment = Comment("without \(skipped)")
      #expect(bytes != honest, comment)
      let reasons = reasons(for: skipped, shape)
      let error = try #require(throws: VerificationError.self, comment) { try verifier.verify(bytes, of: statement) }
      #expect(reasons.contains(error), "\(comment): \(error)")
      SecondOpinion.ask(about: bytes, of: statement, demanding: preset, expecting: error)
    }
  }

  /// The first check that depends on a challenge which follows the message.
  private func reasons(for skipped: Absorption, _ shape: ProofShape) -> [VerificationError] {
    // What is checked, in order: work on a term, then what the term's challenge decides.
    var checks: [(term: String, isWork: Bool, reasons: [VerificationError])] = []
    func work(_ term: String) {
      let bits = shape.security.grinding(term)
      if bits > 0 { checks.append((term, true, [.insufficientWork(at: term, bits: bits)])) }
    }
    work(SecurityReport.constraintTerm)
    work(SecurityReport.pointTerm)
    checks.append((SecurityReport.pointTerm, false, [.constraintsNotSatisfied]))
    work(SecurityReport.batchTerm)
    for fold in shape.foldLogs.indices { work(SecurityReport.foldTerm(fold)) }
    work(SecurityReport.queryTerm)
    // Other positions: rows that do not stand there or, if there are more positions, bytes that are no rows.
    checks.append(
      (
        SecurityReport.queryTerm, false,
        [.traceOpening(.rootMismatch(cap: 0)), .nonCanonicalElement(part: ProofPart.traceRows)]
      ))

    let order = shape.security.terms.map(\.name)
    func place(_ term: String) -> Int { order.firstIndex(of: term) ?? order.count }
    let (first, isNonce) =
      switch skipped {
      case .start, .part(ProofPart.trace, _): (SecurityReport.constraintTerm, false)
      case .part(ProofPart.quotient, _): (SecurityReport.pointTerm, false)
      case .part(ProofPart.openings, _): (SecurityReport.batchTerm, false)
      case .part(ProofPart.folds, let fold): (SecurityReport.foldTerm(fold), false)
      case .part: (SecurityReport.queryTerm, false)
      case .nonce(let term): (term, true)
      }
    // A nonce that is not absorbed does its own work all the same.
    return checks.first {
      place($0.term) > place(first) || place($0.term) == place(first) && !(isNonce && $0.isWork)
    }?.reasons ?? []
  }
}
