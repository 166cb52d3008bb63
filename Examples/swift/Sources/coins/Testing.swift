import ApusField
import ApusSTARK

/// Lists the cells that nothing binds, and has proofs refused that should be.
func showRefusals() throws {
  let trace = CoinWalk<BabyBear>.trace(from: 1, tosses: (0..<64).map { $0 % 3 != 0 })
  let claim = CoinWalk<BabyBear>(rows: 64, start: 1, end: trace[40, 0], at: 40)
  for cell in try CellMutations(claim).freeCells(in: trace) { print(cell) }

  let proof = try Prover(.proven100).prove(claim, trace: trace)
  let verifier = Verifier(demanding: .proven100)
  try verifier.verify(proof.bytes, of: claim)

  var forged = proof.bytes
  forged[forged.count - 1] ^= 1
  let other = CoinWalk<BabyBear>(rows: 64, start: 1, end: claim.end, at: 41)
  for (bytes, claim) in [(forged, claim), (proof.bytes, other)] {
    do {
      try verifier.verify(bytes, of: claim)
    } catch {
      print("refused: \(error)")
    }
  }
}
