// Nonces exchanged by somebody who has a proof but does not prove.

import ApusField
import ApusSTARK
import Testing

/// The smallest nonces that work.
func workingNonces(_ transcript: Transcript, _ term: String, bits: Int, count: Int) -> [UInt64] {
  var found: [UInt64] = []
  var nonce: UInt64 = 0
  while found.count < count {
    var attempt = transcript
    if attempt.checkWork(term, bits: bits, nonce: nonce) { found.append(nonce) }
    nonce += 1
  }
  return found
}

@Suite(.secondOpinion) struct NonceTests {
  static let walk = Walk(rows: 4096)

  /// Another nonce that works draws other challenges, which the rest of the proof does not answer.
  @Test(arguments: [
    // Another beta: the final polynomial is absorbed after it, and the next work fails.
    (
      SecurityReport.foldTerm(1), 2,
      [ForgerySubject.babyBear.work(from: SecurityReport.queryTerm)]
    ),
    // Other positions: the opened rows do not stand there or, if there are more of them, are read into the paths.
    (
      SecurityReport.queryTerm, 3,
      [.traceOpening(.rootMismatch(cap: 0)), .nonCanonicalElement(part: ProofPart.traceRows)]
    ),
  ])
  func anotherWorkingNonceIsRefused(term: String, piece: Int, reasons: [VerificationError]) throws {
    var cheater = try Cheater(Self.walk, preset: .proven128)
    let nonces = Box<[UInt64]>([])
    cheater.nonce = { name, bits, transcript in
      guard name == term else { return nil }
      nonces.value = workingNonces(transcript, term, bits: bits, count: 2)
      return nonces.value[0]
    }
    let bytes = try cheater.prove().bytes
    let layout = try Verifier().verify(bytes, of: Self.walk).layout

    var forged = bytes
    let place = layout.spans.filter { $0.part == ProofPart.work }[piece].bytes
    #expect(Array(bytes[place]) == littleEndian(nonces.value[0]))
    forged.replaceSubrange(place, with: littleEndian(nonces.value[1]))
    let error = try #require(throws: VerificationError.self) { try Verifier().verify(forged, of: Self.walk) }
    #expect(reasons.contains(error))
    SecondOpinion.ask(about: forged, of: Self.walk, expecting: error)
  }

  private func littleEndian(_ nonce: UInt64) -> [UInt8] { withUnsafeBytes(of: nonce.littleEndian, Array.init) }
}
