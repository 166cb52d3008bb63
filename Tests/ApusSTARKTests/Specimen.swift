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
    fibonacci(.proven100, .blake3, "2216e8dbd0d0220444379eca3006df4f"),
    fibonacci(.proven100, .sha256, "16d4b31ece918989e1d882a158f1d64f"),
    fibonacci(.proven100, .poseidon2, "038a769dec1b5afb284cae1b0f09be29"),
    fibonacci(.proven100, .keccak256, "271c3c424b809a623b73a2f76c4a250a"),
    fibonacci(.proven128, .blake3, "3ab3e166b4f51ac627f5b1259b73a989"),
    fibonacci(.proven128, .sha256, "1ab1a8b3b2349663ee07b434e580f0a6"),
    fibonacci(.proven128, .keccak256, "a0cefbf8f0da6b69de7667485cca12db"),
    // Rotations in both directions, periodic columns, a public row, a label, an idle column.
    provable(Walk(rows: 512), .proven100, .blake3, "4230e4b7218ccf9fb1e6b8c8182f9e68"),
    provable(Walk(rows: 512), .proven100, .sha256, "da0d0cbe2ccef052a96c7cf778d7beb3"),
    provable(Walk(rows: 512), .proven100, .poseidon2, "6731d0834e7324de11f91826f922a22e"),
    provable(Walk(rows: 512), .proven100, .keccak256, "97397994e07b9d4644bb0752efd49d6d"),
    provable(Walk(rows: 512), .proven128, .blake3, "201601635b82c8017cec972f5827bee6"),
    provable(Walk(rows: 512), .proven128, .sha256, "57d7fc5ba2afd75964c6ad7d1ba27cd5"),
    provable(Walk(rows: 512), .proven128, .keccak256, "8248a90a953dc3e9b4cfe8863893a7e3"),
    // Four pieces of the quotient; three folds.
    provable(Walk(rows: 4096, exponent: 5), .proven128, .blake3, "99d4ecd2ccd68321a43b836ca4933463"),
    // No fold at all; one column.
    provable(Doubling(rows: 32), .proven128, .blake3, "f9768d9b3381ed190b6d04ad69ea6e2d"),
    // Two rotations that are one row.
    provable(Carousel(rows: 64), .proven128, .blake3, "4b100b3c11363c61ea8b3e9143ebbfe9"),
    // The larger blowup; a fixed number of queries over the smaller extension.
    provable(Walk(rows: 4096), .proven128Small, .blake3, "800b82af9eae67dfd95ffbb6dbdd8809"),
    fibonacci(.peers, .blake3, "d21afd26147fde18286827a48d973678"),
    provable(Walk(rows: 512), .peers, .poseidon2, "32b38cd69521eeb5dc6560f43e76abe8"),
    headers(3, .proven100, .poseidon2, "df95c8432e60b71c3fdc7b5b7722b03e"),
    headers(144, .proven128, .blake3, "fece0fc9104eb869fe58e2bb92c573cf"),
  ]
}
