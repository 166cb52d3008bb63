// Proof files: what is read is what was written, and nothing else is read.

import ApusField
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

@Suite struct ProofFileTests {
  private static let fibonacci: ProofFile? = {
    let rows = 32
    let trace = Fibonacci<BabyBear>.trace(a: 0, b: 1, rows: rows)
    guard let claim = try? FibonacciClaim<BabyBear>(a: 0, b: 1, last: trace[rows - 1, 1], rows: rows),
      let proof = try? Prover(.proven100).prove(claim.statement, trace: trace)
    else { return nil }
    return ProofFile(claim: .fibonacci(claim), proof: proof)
  }()

  /// A well-formed claim about headers in front of a proof of something else.
  private func headers() throws -> ProofFile {
    let claim = try HeaderClaim(
      previous: .zero, last: .zero, bits: 0x1d00_ffff, firstTime: 1, lastTime: 2, count: 3, startHeight: 4)
    return ProofFile(claim: .headers(claim), proof: try #require(Self.fibonacci).proof)
  }

  @Test func roundTrip() throws {
    let honest = try #require(Self.fibonacci)
    let read = try ProofFile(bytes: honest.bytes)
    #expect(read == honest)
    try read.verify(demanding: .proven100)
    #expect(try ProofFile(bytes: headers().bytes) == headers())
  }

  @Test func aProofOfSomethingElseIsRefused() throws {
    #expect(throws: (any Error).self) { try headers().verify(demanding: .proven100) }
    let honest = try #require(Self.fibonacci)
    guard case .fibonacci(let claim) = honest.claim else { return }
    let other = try FibonacciClaim<BabyBear>(a: claim.a, b: claim.b, last: claim.last + 1, rows: claim.rows)
    #expect(throws: (any Error).self) {
      try ProofFile(claim: .fibonacci(other), proof: honest.proof).verify(demanding: .proven100)
    }
    #expect(throws: VerificationError.insufficientSecurity(demanded: .proven128, found: .proven100)) {
      try honest.verify()
    }
  }

  @Test func eachRefusalHasItsReason() throws {
    let bytes = try #require(Self.fibonacci).bytes
    func changed(_ offset: Int, _ byte: UInt8) -> [UInt8] {
      var copy = bytes
      copy[offset] = byte
      return copy
    }
    func expect(_ error: ProofFileError, _ bytes: [UInt8], _ location: SourceLocation = #_sourceLocation) {
      #expect(throws: error, sourceLocation: location) { try ProofFile(bytes: bytes) }
    }
    expect(.empty, [])
    expect(.tooLarge(bytes: (16 << 20) + 1), bytes + [UInt8](repeating: 0, count: (16 << 20) + 1 - bytes.count))
    expect(.notAProofFile, changed(0, 0))
    expect(.claimMissing, try #require(Self.fibonacci).proof.bytes)
    expect(.truncated(part: "the head", needed: 7, left: 6), Array(bytes[..<6]))
    expect(.unsupportedVersion(found: 2, supported: 1), changed(4, 2))
    expect(.unsupportedVersion(found: 257, supported: 1), changed(5, 1))
    expect(.unknownStatement(id: 6), changed(6, 6))
    expect(.truncated(part: "the claim", needed: 13, left: 12), Array(bytes[..<19]))
    expect(.fibonacci(.notCanonical(0x7f00_0000, modulus: BabyBear.order)), changed(10, 0x7f))
    expect(.fibonacci(.rows(16)), changed(19, 4))
    expect(.fibonacci(.rows(1 << 25)), changed(19, 25))
    expect(.fibonacci(.logRows(255)), changed(19, 255))
    expect(.proof(.notAProof), Array(bytes[..<20]))
    expect(.proof(.unsupportedVersion(found: 2, supported: 1)), changed(24, 2))

    var zeroCount = try headers().bytes
    zeroCount[7 + 76] = 0
    expect(.headers(.count(0)), zeroCount)
  }

  /// Whatever is read has only this one encoding, and nothing crashes.
  @Test func fuzz() throws {
    var random = SeededGenerator(seed: 11)
    for honest in [try #require(Self.fibonacci).bytes, try headers().bytes] {
      for length in 0..<200 {
        #expect(throws: Never.self) { try check(Array(honest[..<length])) }
      }
      for _ in 0..<10_000 {
        var bytes = Array(honest[..<Int.random(in: 100...400, using: &random)])
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: 0..<110, using: &random) % bytes.count] = UInt8.random(in: 0...255, using: &random)
        }
        try check(bytes)
      }
    }
  }

  private func check(_ bytes: [UInt8]) throws {
    guard let file = try? ProofFile(bytes: bytes) else { return }
    #expect(file.bytes == bytes)
  }
}

@Suite struct DecimalTests {
  @Test func readsWhatIsWritten() {
    for value in [UInt256.zero, .one, 10, .max, UInt256.one << 128] {
      #expect(UInt256(decimal: value.description) == value)
    }
    #expect(UInt256(decimal: "007") == 7)
  }

  @Test(arguments: [
    "", "-1", "+1", " 1", "1 ", "0x1", "1_000", "٣", String(repeating: "9", count: 78), "\(UInt256.max)0",
  ])
  func refuses(_ text: String) { #expect(UInt256(decimal: text) == nil) }

  @Test func refusesOneTooMany() {
    // 2^256 - 1 ends in 5.
    #expect(UInt256(decimal: String("\(UInt256.max)".dropLast()) + "6") == nil)
  }
}
