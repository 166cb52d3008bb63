// Proofs as bytes: what is written is what is read, and the layout accounts for every byte.

import ApusField
import ApusMerkle
import ApusSTARK
import ApusTestSupport
import Testing

@Suite struct ProofBytesTests {
  @Test func whatIsWrittenIsRead() throws {
    var generator = SeededGenerator(seed: 1)
    let elements = [0, 1, BabyBear(BabyBear.modulus - 1)] + (0..<20).map { _ in BabyBear.random(using: &generator) }
    let quintics = (0..<7).map { _ in BabyBear5.random(using: &generator) }
    let digests = (0..<3).map { i in MerkleDigest(bytes: (0..<32).map { UInt8(7 * i + $0) })! }
    var writer = ProofWriter()
    writer.write([1, 2, 3] as [UInt8])
    writer.write(elements)
    writer.write(nonce: 0xfedc_ba98_7654_3210)
    writer.write(digests)
    writer.write(quintics)
    #expect(writer.bytes.count == 3 + 4 * 23 + 8 + 3 * 32 + 7 * 20)

    var reader = ProofReader(writer.bytes)
    let raw = try reader.raw(3, "raw")
    let readElements: [BabyBear] = try reader.elements(23, "elements")
    #expect(throws: VerificationError.trailingBytes(8 + 96 + 140)) { try reader.finish() }
    let nonce = try reader.nonce("nonce")
    let readDigests = try reader.digests(3, "digests")
    let readQuintics: [BabyBear5] = try reader.elements(7, "quintics")
    try reader.finish()
    #expect(raw == [1, 2, 3] && nonce == 0xfedc_ba98_7654_3210)
    #expect(readElements == elements && readDigests == digests && readQuintics == quintics)
  }

  @Test func wordsAreLittleEndianAndCanonical() throws {
    var writer = ProofWriter()
    writer.write([BabyBear(0x1234_5678)])
    writer.write(nonce: 1)
    #expect(writer.bytes == [0x78, 0x56, 0x34, 0x12, 1, 0, 0, 0, 0, 0, 0, 0])

    var largest = ProofReader([0, 0, 0, 0x78])
    let read: [BabyBear] = try largest.elements(1, "x")
    #expect(read == [BabyBear(BabyBear.modulus - 1)])
    for word: [UInt8] in [[1, 0, 0, 0x78], [0, 0, 0, 0x79], [255, 255, 255, 255]] {
      var reader = ProofReader(word)
      #expect(throws: VerificationError.nonCanonicalElement(part: "x")) {
        let _: [BabyBear] = try reader.elements(1, "x")
      }
    }
  }

  @Test func readingBeyondTheEndSaysWhatIsMissing() {
    func expect(_ needed: Int, _ read: (inout ProofReader) throws -> Void) {
      var reader = ProofReader([UInt8](repeating: 0, count: 7))
      #expect(throws: VerificationError.truncated(part: "x", needed: needed, left: 7)) { try read(&reader) }
    }
    expect(8) { _ = try $0.nonce("x") }
    expect(8) { let _: [BabyBear] = try $0.elements(2, "x") }
    expect(8) { let _: [Goldilocks] = try $0.elements(1, "x") }
    expect(20) { let _: [BabyBear5] = try $0.elements(1, "x") }
    expect(64) { _ = try $0.digests(2, "x") }
  }

  @Test(arguments: SecurityPreset.all)
  func theLayoutAccountsForEveryByte(preset: SecurityPreset) throws {
    let walk = Walk(rows: 512)
    let proof = try Prover(preset).prove(walk, trace: walk.trace)
    let verified = try Verifier(demanding: preset).verify(proof, of: walk)
    let (layout, shape) = (verified.layout, verified.shape)
    #expect(layout.total == proof.bytes.count)
    #expect(layout.parts.reduce(0) { $0 + $1.bytes } == proof.bytes.count)
    #expect(layout.spans.first?.bytes.lowerBound == 0)
    for (span, next) in zip(layout.spans, layout.spans.dropFirst()) {
      #expect(span.bytes.upperBound == next.bytes.lowerBound)
    }
    let sizes = Dictionary(uniqueKeysWithValues: layout.parts.map { ($0.name, $0.bytes) })
    #expect(sizes[ProofPart.head] == 8)
    #expect(sizes[ProofPart.trace] == 32 && sizes[ProofPart.quotient] == 32)
    #expect(sizes[ProofPart.openings] == 4 * shape.field.degree * shape.openedValues)
    #expect(sizes[ProofPart.folds] ?? 0 == 32 * shape.foldLogs.count)
    #expect(sizes[ProofPart.final] == 4 * shape.field.degree * shape.finalCount)
    #expect(sizes[ProofPart.work] == 8 * shape.security.terms.count { $0.grinding > 0 })
    let positions = sizes[ProofPart.traceRows]! / 16
    #expect(positions <= shape.security.queries)
    #expect(sizes[ProofPart.quotientRows] == 4 * shape.quotientColumns * positions)
    #expect(sizes[ProofPart.tracePaths] == sizes[ProofPart.quotientPaths])
  }

  @Test func theHeadNamesPresetAndHash() throws {
    let walk = Walk(rows: 32)
    let proof = try Prover(.proven100, hash: .sha256).prove(walk, trace: walk.trace)
    #expect(Array(proof.bytes.prefix(8)) == Array("APUS".utf8) + [1, 0, 1, 2])
    let read = try Proof(bytes: proof.bytes)
    #expect(read == proof && read.preset == .proven100 && read.hash == .sha256)
  }
}
