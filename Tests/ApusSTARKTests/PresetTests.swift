// The presets that proofs name, and which of them a verifier takes for which.

import ApusMerkle
import ApusSTARK
import Testing

@Suite struct PresetTests {
  static let walk = Walk(rows: 64)
  static let proofs = Dictionary(
    uniqueKeysWithValues: SecurityPreset.all.map { preset in
      (preset.id, Result { try Prover(preset).prove(walk, trace: walk.trace).bytes })
    })

  /// Proofs carry ids: what stands behind one must not change unnoticed.
  @Test func idsNameTheseParameters() {
    let table = SecurityPreset.all.map { preset in
      "\(preset.id) \(preset.name): \(preset.level), \(preset.queries), \(preset.extensionKind), blowup 2^\(preset.logBlowup)"
        + ", arity 2^\(preset.maximumArityLog), final 2^\(preset.finalLog), \(preset.work)"
    }
    #expect(
      table == [
        "1 proven100: 100, reaching(level: 100), standard, blowup 2^2, arity 2^3, final 2^5, atMost(20)",
        "2 proven128: 128, reaching(level: 128), standard, blowup 2^2, arity 2^3, final 2^8, withRows(ClosedRange(20...24))",
        "3 proven128-small: 128, reaching(level: 128), standard, blowup 2^3, arity 2^3, final 2^8, withRows(ClosedRange(20...24))",
        "4 peers: 0, fixed(100), short, blowup 2^1, arity 2^3, final 2^0, atMost(16)",
      ])
    for preset in SecurityPreset.all { #expect(SecurityPreset.named(preset.name) == preset) }
    #expect(SecurityPreset.named("proven80") == nil)
  }

  /// A level serves where it or a lower one is demanded; no promised level only where none is.
  @Test(arguments: SecurityPreset.all, SecurityPreset.all)
  func levelsAreCompared(found: SecurityPreset, demanded: SecurityPreset) throws {
    let bytes = try #require(try Self.proofs[found.id]?.get())
    let verifier = Verifier(demanding: demanded)
    if found.level >= demanded.level {
      #expect(try verifier.verify(bytes, of: Self.walk).shape.preset == found)
    } else {
      #expect(throws: VerificationError.insufficientSecurity(demanded: demanded, found: found)) {
        try verifier.verify(bytes, of: Self.walk)
      }
    }
  }

  @Test func refusalsSayWhatIsPromised() {
    for (found, text) in [
      (SecurityPreset.proven100, "the proof has 100 proven bits (proven100), but 128 (proven128) are demanded"),
      (.peers, "the proof promises no level (peers), but 128 (proven128) are demanded"),
    ] { #expect(VerificationError.insufficientSecurity(demanded: .proven128, found: found).description == text) }
  }

  @Test func workGrowsWithTheRows() {
    #expect([5, 17, 18, 19, 21, 24].map { WorkRule.withRows(20...24).bits(logRows: $0) } == [20, 20, 21, 22, 24, 24])
    #expect([5, 24].map { WorkRule.atMost(16).bits(logRows: $0) } == [16, 16])
  }

  @Test func foldsEndAtTheFinalPolynomial() {
    #expect(SecurityPreset.peers.foldLogs(logRows: 8) == [3, 3, 2])
    #expect(SecurityPreset.proven128.foldLogs(logRows: 19) == [3, 3, 3, 2])
    #expect(SecurityPreset.proven128.foldLogs(logRows: 8) == [])
  }
}
