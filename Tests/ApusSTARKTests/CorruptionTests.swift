// Proofs cut short and proofs corrupted at random: refused, and never a crash.

import ApusField
import ApusMerkle
import ApusSTARK
import ApusTestSupport
import Testing

@Suite(.secondOpinion) struct CorruptionTests {
  static let verifier = Verifier(demanding: .proven100)

  struct Subject: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let statement: any Statement
    let honest: Result<[UInt8], any Error>

    init<F>(_ doubling: DoublingOver<F>, _ hash: MerkleHash) {
      testDescription = "over \(F.name), \(hash)"
      statement = doubling
      honest = Result { try Prover(.proven100, hash: hash).prove(doubling, trace: doubling.trace).bytes }
    }

    static let all = [
      Subject(DoublingOver<BabyBear>(rows: 32), .blake3), Subject(DoublingOver<Goldilocks>(rows: 32), .blake3),
      Subject(DoublingOver<Goldilocks>(rows: 32), .poseidon2),
    ]
  }

  /// At every length, for the part that the cut falls into.
  @Test(arguments: Subject.all)
  func everyTruncationIsRefused(_ subject: Subject) throws {
    let bytes = try subject.honest.get()
    let layout = try Self.verifier.verify(bytes, of: subject.statement).layout
    for length in bytes.indices {
      let error = #expect(throws: VerificationError.self) {
        try Self.verifier.verify(Array(bytes[..<length]), of: subject.statement)
      }
      if length < 10 || length % 101 == 0 { askAgain(subject, about: Array(bytes[..<length]), refusedFor: error) }
      switch error {
      case .notAProof: #expect(length < Proof.magic.count)
      case .truncated(let part, let needed, let left):
        #expect(left < needed && left <= length)
        let cut = layout.spans.first { $0.bytes.contains(length) }?.part
        #expect(part == (length < Proof.headByteCount ? "the head" : cut), "length \(length)")
      default: Issue.record("length \(length): \(error?.description ?? "accepted")")
      }
    }
  }

  @Test(arguments: Subject.all, UInt64(0)..<10)
  func randomCorruptionsAreRefused(_ subject: Subject, seed: UInt64) throws {
    let bytes = try subject.honest.get()
    var generator = SeededGenerator(seed: seed)
    var done = 0
    while done < 1000 {
      var corrupted = bytes
      let kind = corrupt(&corrupted, using: &generator)
      guard corrupted != bytes else { continue }
      done += 1
      let error = #expect(throws: VerificationError.self, "\(kind), seed \(seed), number \(done)") {
        try Self.verifier.verify(corrupted, of: subject.statement)
      }
      if done <= 10 { askAgain(subject, about: corrupted, refusedFor: error) }
    }
  }

  private func askAgain(_ subject: Subject, about bytes: [UInt8], refusedFor reason: VerificationError?) {
    SecondOpinion.ask(about: bytes, of: subject.statement, demanding: .proven100, expecting: reason)
  }

  private func corrupt(_ bytes: inout [UInt8], using generator: inout SeededGenerator) -> String {
    let at = Int.random(in: bytes.indices, using: &generator)
    let count = Int.random(in: 1...min(64, bytes.count - at), using: &generator)
    let other = Int.random(in: 0...bytes.count - count, using: &generator)
    switch Int.random(in: 0..<7, using: &generator) {
    case 0:
      bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      return "a flipped bit"
    case 1:
      bytes[at] = [0, 1, 0x78, 0x7f, 0x80, 0xff].randomElement(using: &generator)!
      return "a byte set"
    case 2:
      for i in at..<at + count { bytes[i] = UInt8.random(in: 0...255, using: &generator) }
      return "random bytes"
    case 3:
      bytes.replaceSubrange(at..<at + count, with: bytes[other..<other + count])
      return "bytes from elsewhere"
    case 4:
      bytes.insert(contentsOf: bytes[other..<other + count], at: at)
      return "a repeated range"
    case 5:
      bytes.removeSubrange(at..<at + count)
      return "a removed range"
    default:
      let aligned = 8 + (at - at % 4) % (bytes.count - 16)
      for i in aligned..<aligned + 4 { bytes[i] = 0xff }
      return "a word of ones"
    }
  }
}
