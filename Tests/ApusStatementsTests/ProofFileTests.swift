// Proof files: what is read is what was written, and nothing else is read.

import ApusField
import ApusPoseidon2
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

  private func fibonacci<F: ProvingField>(
    _ file: (FibonacciClaim<F>) -> ProofClaim
  ) throws -> ProofFile {
    let rows = 32
    let trace = Fibonacci<F>.trace(a: .zero, b: .one, rows: rows)
    let claim = try FibonacciClaim<F>(a: .zero, b: .one, last: trace[rows - 1, 1], rows: rows)
    return ProofFile(
      claim: file(claim), proof: try Prover(.proven100).prove(claim.statement, trace: trace))
  }

  private func permutations<P: Poseidon2>(
    _ file: (PermutationClaim<P>) -> ProofClaim
  ) throws -> ProofFile where P.Element: ProvingField {
    let inputs = PermutationStatement<P>.inputs(1 << 8, seed: 2, on: .default)
    let input = PermutationStatement<P>.input(0, seed: 2)
    var output = input
    P.permute(&output)
    let claim = try PermutationClaim<P>(logCount: 8, input: input, output: output)
    let trace = PermutationStatement<P>.trace(of: inputs, on: .default)
    return ProofFile(claim: file(claim), proof: try Prover(.proven100).prove(claim.statement, trace: trace))
  }

  /// One of each statement with a true claim, but for headers.
  private func honestFiles() throws -> [ProofFile] {
    [
      try #require(Self.fibonacci),
      try fibonacci { (claim: FibonacciClaim<Goldilocks>) in .fibonacciGoldilocks(claim) },
      try permutations { (claim: PermutationClaim<Poseidon2BabyBear16>) in .poseidon2(claim) },
      try permutations { (claim: PermutationClaim<Poseidon2Goldilocks8>) in .poseidon2Goldilocks(claim) },
    ]
  }

  @Test func roundTrip() throws {
    for honest in try honestFiles() {
      let read = try ProofFile(bytes: honest.bytes)
      #expect(read == honest)
      try read.verify(demanding: .proven100)
    }
    #expect(try ProofFile(bytes: headers().bytes) == headers())
  }

  /// The byte that names the statement, changed to each other one: the claim is none of that statement's, or is one that
  /// the proof does not prove.
  @Test func anotherStatementsNameIsRefused() throws {
    for honest in try honestFiles() {
      for id in UInt8(0)...255 where id != honest.claim.kind.rawValue {
        var bytes = honest.bytes
        bytes[6] = id
        #expect(throws: (any Error).self, "\(honest.claim.kind) as \(id)") {
          try ProofFile(bytes: bytes).verify(demanding: .proven100)
        }
      }
    }
  }

  /// Each byte of a claim is bound by the proof, whatever it is changed to.
  @Test func everyByteOfAClaimIsBound() throws {
    var random = SeededGenerator(seed: 12)
    for honest in try honestFiles() {
      let bytes = honest.bytes
      for place in 7..<7 + honest.claim.kind.claimByteCount {
        var forged = bytes
        forged[place] ^= UInt8.random(in: 1...255, using: &random)
        #expect(throws: (any Error).self, "\(honest.claim.kind), byte \(place)") {
          try ProofFile(bytes: forged).verify(demanding: .proven100)
        }
      }
    }
  }

  @Test func refusalsOfClaimsAboutPermutations() throws {
    let files = try honestFiles()
    func expect(_ error: ProofFileError, _ file: ProofFile, _ change: (inout [UInt8]) -> Void) {
      var bytes = file.bytes
      change(&bytes)
      #expect(throws: error) { try ProofFile(bytes: bytes) }
    }
    for (file, modulus, word) in [(files[2], BabyBear.order, 4), (files[3], Goldilocks.order, 8)] {
      expect(.truncated(part: "the claim", needed: 129, left: 128), file) { $0 = Array($0[..<135]) }
      expect(.permutations(.logCount(7)), file) { $0[7] = 7 }
      expect(.permutations(.logCount(255)), file) { $0[7] = 255 }
      let all = word == 4 ? UInt64(UInt32.max) : .max
      expect(.permutations(.notCanonical(all, modulus: modulus)), file) {
        for i in 0..<word { $0[8 + i] = 0xff }
      }
      expect(.proof(.notAProof), file) { $0 = Array($0[..<136]) }
    }
    expect(.fibonacci(.notCanonical(.max, modulus: Goldilocks.order)), files[1]) {
      for i in 7..<15 { $0[i] = 0xff }
    }
    expect(.truncated(part: "the claim", needed: 25, left: 24), files[1]) { $0 = Array($0[..<31]) }
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
    expect(.unknownStatement(id: 1), changed(6, 1))
    expect(.unknownStatement(id: 7), changed(6, 7))
    expect(.truncated(part: "the claim", needed: 13, left: 12), Array(bytes[..<19]))
    expect(.fibonacci(.notCanonical(0x7f00_0000, modulus: BabyBear.order)), changed(10, 0x7f))
    expect(.fibonacci(.rows(16)), changed(19, 4))
    expect(.fibonacci(.rows(1 << 25)), changed(19, 25))
    expect(.fibonacci(.logRows(255)), changed(19, 255))
    expect(.proof(.notAProof), Array(bytes[..<20]))
    expect(.proof(.unsupportedVersion(found: 2, supported: 1)), changed(24, 2))

    var zeroCount = try headers().bytes
    zeroCount[7 + 72] = 0
    expect(.headers(.count(0)), zeroCount)
  }

  /// Whatever is read has only this one encoding, and nothing crashes.
  @Test func fuzz() throws {
    var random = SeededGenerator(seed: 11)
    for honest in try honestFiles().map(\.bytes) + [headers().bytes] {
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
