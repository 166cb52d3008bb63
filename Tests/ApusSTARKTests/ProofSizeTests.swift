// Expected sizes of proofs against proofs.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite struct ProofSizeTests {
  @Test(arguments: SecurityPreset.all, [12, 14])
  func proofsHaveTheExpectedSize(preset: SecurityPreset, logRows: Int) throws {
    let walk = Walk(rows: 1 << logRows, exponent: 3)
    let proof = try Prover(preset).prove(walk, trace: walk.trace)
    let verified = try Verifier(demanding: preset).verify(proof, of: walk)
    let expected = ProofDimensions(verified.shape)
    #expect(abs(Double(expected.bytes) / Double(proof.bytes.count) - 1) < 0.04)

    let layout = Dictionary(uniqueKeysWithValues: verified.layout.parts.map { ($0.name, $0.bytes) })
    for (name, bytes) in expected.parts {
      // What does not depend on positions is exact.
      let fixed: Set = [
        ProofPart.head, ProofPart.trace, ProofPart.quotient, ProofPart.openings, ProofPart.folds, ProofPart.final,
        ProofPart.work,
      ]
      if fixed.contains(name) { #expect(Int(bytes) == layout[name] ?? 0, "\(name)") }
    }
    #expect(Set(layout.keys).isSubset(of: expected.parts.map(\.name)))
  }

  /// By hand: two queries at 32 rows of blowup 2.
  @Test func aTinyProofByHand() throws {
    let preset = SecurityPreset(
      id: 99, name: "tiny", queries: .fixed(2), extensionKind: .short, logBlowup: 1, maximumArityLog: 3, finalLog: 2,
      work: .atMost(1))
    let input = SoundnessInput(preset, 5, constraints: 1, degree: 2, openedValues: 3, points: 1)
    let report = try SecurityReport(preset: preset, input: input, hash: .blake3)
    let size = ProofDimensions(report: report, columns: 10, quotientColumns: 4, elementBytes: 4, extensionBytes: 16)
    let parts = Dictionary(uniqueKeysWithValues: size.parts.map { ($0.name, $0.bytes) })
    // Of two numbers below 64, 1 + 63/64 are different; below 8, 1 + 7/8.
    let positions = 127.0 / 64, fibres = 15.0 / 8
    #expect(abs(parts[ProofPart.traceRows]! - 40 * positions) < 1e-9)
    #expect(abs(parts[ProofPart.quotientRows]! - 16 * positions) < 1e-9)
    #expect(abs(parts[ProofPart.foldValues]! - 16 * (8 * fibres - positions)) < 1e-9)
    // At a level of n nodes two paths meet in a node (1 of n: one sibling), or in their parent (1 of n: none), or lack
    // two siblings.
    let siblings = [2.0, 4, 8, 16, 32, 64].map { 2 - 3 / $0 }
    #expect(abs(parts[ProofPart.tracePaths]! - 32 * siblings.reduce(0, +)) < 1e-9)
    #expect(abs(parts[ProofPart.foldPaths]! - 32 * siblings.prefix(3).reduce(0, +)) < 1e-9)
    #expect(parts[ProofPart.final] == 64 && parts[ProofPart.work] == 8 && parts[ProofPart.openings] == 48)
  }
}
