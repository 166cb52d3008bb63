// Proofs of work.

import ApusField
import ApusSTARK
import Testing

@Suite struct WorkTests {
  private func transcript(_ number: Int) -> Transcript {
    var transcript = Transcript(protocolName: "work")
    transcript.absorb([number], "number")
    return transcript
  }

  /// By trying them one after the other.
  @Test(arguments: [0, 1, 4, 9, 13])
  func theSmallestNonceIsFound(bits: Int) {
    for number in 0..<4 {
      let before = transcript(number)
      var after = before
      let nonce = after.grind("w", bits: bits, on: .default)
      #expect(nonce == workingNonces(before, "w", bits: bits, count: 1)[0])
    }
  }

  /// The search of one batch takes 8,192 nonces for each thread; this one takes several.
  @Test func everyEngineFindsTheSame() throws {
    var engines = Engine.allInstructionSets
    for threads in 1...3 { engines.append(try Engine(threads: threads)) }
    for number in 0..<3 {
      let nonces = engines.map { engine in
        var transcript = transcript(number)
        return transcript.grind("w", bits: 15, on: engine)
      }
      #expect(Set(nonces).count == 1)
    }
  }

  @Test func aNonceIsGoodForItsOwnPlaceOnly() {
    let before = transcript(0)
    var prover = before
    let nonce = prover.grind("w", bits: 12, on: .default)
    func check(_ nonce: UInt64, label: String = "w", bits: Int = 12, after transcript: Transcript) -> Bool {
      var transcript = transcript
      return transcript.checkWork(label, bits: bits, nonce: nonce)
    }
    #expect(check(nonce, after: before))
    #expect(!check(nonce ^ 1, after: before))
    #expect(!check(nonce ^ (1 << 63), after: before))
    #expect(!check(nonce, label: "v", after: before))
    #expect(!check(nonce, bits: 11, after: before))
    #expect(!check(nonce, after: transcript(1)))
  }

  /// Prover and verifier go on alike, and the nonce is part of it.
  @Test func theNonceIsAbsorbed() {
    let before = transcript(0)
    var prover = before
    let nonce = prover.grind("w", bits: 8, on: .default)
    let proven: BabyBear5 = prover.challenge("c")
    func verified(_ nonce: UInt64) -> BabyBear5 {
      var verifier = before
      _ = verifier.checkWork("w", bits: 8, nonce: nonce)
      return verifier.challenge("c")
    }
    #expect(verified(nonce) == proven)
    #expect(verified(workingNonces(before, "w", bits: 8, count: 2)[1]) != proven)
  }
}
