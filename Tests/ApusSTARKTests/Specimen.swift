// Honest proofs that stand for all others: several statements under every preset and every hash that serves it.

import ApusExamples
import ApusField
import ApusMerkle
import ApusSTARK
import ApusStatements
import Testing

struct Specimen: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let preset: SecurityPreset
  let hash: MerkleHash
  /// The first sixteen bytes of the BLAKE3 of the proof's bytes, in hexadecimal.
  let digest: String
  private let make: @Sendable () throws -> (CapturedStatement<BabyBear>, Proof)

  private init<S: Statement>(
    _ name: String, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String,
    _ prove: @escaping @Sendable (Prover) throws -> (S, Proof)
  ) where S.Element == BabyBear {
    testDescription = "\(name), \(preset), \(hash)"
    (self.preset, self.hash, self.digest) = (preset, hash, digest)
    make = {
      let (statement, proof) = try prove(Prover(preset, hash: hash))
      return (CapturedStatement(statement), proof)
    }
  }

  private static func provable(
    _ statement: some Provable, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String
  ) -> Specimen {
    Specimen("\(type(of: statement).name) of \(statement.rows) rows", preset, hash, digest) {
      (statement, try $0.prove(statement, trace: statement.trace))
    }
  }

  private static func fibonacci(_ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String) -> Specimen {
    Specimen("fibonacci", preset, hash, digest) {
      let trace = Fibonacci<BabyBear>.trace(a: 0, b: 1, rows: 256)
      let statement = Fibonacci(a: 0, b: 1, last: trace[255, 1], rows: 256)
      return (statement, try $0.prove(statement, trace: trace))
    }
  }

  /// The first headers of the embedded day.
  private static func headers(
    _ count: Int, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String
  ) -> Specimen {
    Specimen("\(count) headers", preset, hash, digest) {
      let headers = Array(try HeaderInput(reading: OneDay.csv).headers.prefix(count))
      let statement = HeaderStatement(try HeaderChain(headers, startHeight: 822_528).claim)
      return (statement, try $0.prove(statement, trace: statement.trace(of: headers)))
    }
  }

  func proof() throws -> (statement: CapturedStatement<BabyBear>, bytes: [UInt8]) {
    let (statement, proof) = try make()
    return (statement, proof.bytes)
  }

  static let all = [
    fibonacci(.proven100, .blake3, "741bae091ddc4b76d71e683abb5adcd0"),
    fibonacci(.proven100, .sha256, "ba69ea12ab6946e84d366d83be0891f2"),
    fibonacci(.proven100, .poseidon2, "58e41d747c8ae8f73c4848ab9ab0d876"),
    fibonacci(.proven100, .keccak256, "5bec3600049822fda06f3307c0b3c3ff"),
    fibonacci(.proven128, .blake3, "ff62ee886fe098673e8714ecbb2e57b2"),
    fibonacci(.proven128, .sha256, "879b0ad1bc1ca43dc5a2cd778f65eb6f"),
    fibonacci(.proven128, .keccak256, "d4cac7b3ca12622fe2e267d491f1bb2a"),
    // Rotations in both directions, periodic columns, a public row, a label, an idle column.
    provable(Walk(rows: 512), .proven100, .blake3, "872ab3508a759c9a9ba9be29a00569f1"),
    provable(Walk(rows: 512), .proven100, .sha256, "3016e70311f62b0f49661c283a8e8926"),
    provable(Walk(rows: 512), .proven100, .poseidon2, "43ed4ceef3c2a244d1bf54fa5bef365b"),
    provable(Walk(rows: 512), .proven100, .keccak256, "927f4f12da829b53a7575d7db0d023fc"),
    provable(Walk(rows: 512), .proven128, .blake3, "ce771343de86173416a80054fe7ba0ed"),
    provable(Walk(rows: 512), .proven128, .sha256, "35e77c3f524ab9a3e5edb49a6b9770c1"),
    provable(Walk(rows: 512), .proven128, .keccak256, "a6c7639b17a69bd5fbbe9e68b7354438"),
    // Four pieces of the quotient; three folds.
    provable(Walk(rows: 4096, exponent: 5), .proven128, .blake3, "6afe14fafbd6563950c38d3aff72dfb2"),
    // No fold at all; one column.
    provable(Doubling(rows: 32), .proven128, .blake3, "f039d1044a020827b70b8bfbaee5a392"),
    // Two rotations that are one row.
    provable(Carousel(rows: 64), .proven128, .blake3, "ff1c9de6b1cb88ad51d00f275edce8c2"),
    headers(3, .proven100, .poseidon2, "d2268dc47117ba9ce6a6ad6a5f7f2107"),
    headers(144, .proven128, .blake3, "61a754c79af06cac526d289d05f2921e"),
  ]
}
