// Proofs of true statements: accepted, and the same bytes on every engine.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite struct RoundTripTests {
  private static let engines: [Engine] = Engine.allInstructionSets + (1...3).compactMap { try? Engine(threads: $0) }

  private func check(
    _ statement: some Provable, _ preset: SecurityPreset, _ hash: MerkleHash = .blake3, on engines: [Engine]
  ) throws {
    var first: Proof?
    for engine in engines {
      let proof = try Prover(preset, hash: hash, on: engine).prove(statement, trace: statement.trace(on: engine))
      if let first {
        #expect(proof == first, "\(engine.instructionSet), \(engine.threads) threads")
      } else {
        try Verifier(demanding: preset).verify(proof.bytes, of: statement)
        first = proof
      }
    }
  }

  @Test func thereAreEnginesToCompare() { #expect(Self.engines.count >= 4) }

  @Test(arguments: 5...14)
  func everySize(log: Int) throws {
    try check(Walk(rows: 1 << log), .proven100, on: [Self.engines[Self.engines.count - 1], .default])
  }

  @Test(arguments: [5, 9, 13], SecurityPreset.all)
  func everyEngine(log: Int, preset: SecurityPreset) throws {
    try check(Walk(rows: 1 << log), preset, on: Self.engines)
  }

  @Test(arguments: [MerkleHash.blake3, .sha256, .keccak256], SecurityPreset.all)
  func everyHash(hash: MerkleHash, preset: SecurityPreset) throws {
    try check(Walk(rows: 256), preset, hash, on: Engine.allInstructionSets)
  }

  @Test func poseidon2ForAHundredBits() throws {
    try check(Walk(rows: 256), .proven100, .poseidon2, on: Engine.allInstructionSets)
  }

  @Test(arguments: [2, 3, 4, 5])
  func everyDegree(exponent: Int) throws {
    try check(Walk(rows: 64, exponent: exponent), .proven100, on: Engine.allInstructionSets)
  }

  @Test(arguments: [32, 64, 256])
  func aSingleColumn(rows: Int) throws { try check(Doubling(rows: rows), .proven100, on: [.default]) }

  @Test(arguments: [32, 64, 256])
  func rotationsBeyondTheEnds(rows: Int) throws { try check(Carousel(rows: rows), .proven100, on: [.default]) }

  /// What is demanded is a minimum.
  @Test func aHigherLevelThanDemandedIsAccepted() throws {
    let walk = Walk(rows: 32)
    try Verifier(demanding: .proven100).verify(try Prover(.proven128).prove(walk, trace: walk.trace), of: walk)
    #expect(throws: VerificationError.insufficientSecurity(demanded: .proven128, found: .proven100)) {
      try Verifier(demanding: .proven128).verify(try Prover(.proven100).prove(walk, trace: walk.trace), of: walk)
    }
  }
}
