// Honest proofs that stand for all others: several statements under every preset and every hash that serves it.

import ApusExamples
import ApusField
import ApusMerkle
import ApusPoseidon2
import ApusSTARK
import ApusStatements
import Testing

struct Specimen: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let preset: SecurityPreset
  let hash: MerkleHash
  /// The first sixteen bytes of the BLAKE3 of the proof's bytes, in hexadecimal.
  let digest: String
  private let prove: @Sendable (Prover) throws -> (any Statement, Proof)

  private init(
    _ name: String, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String,
    _ prove: @escaping @Sendable (Prover) throws -> (any Statement, Proof)
  ) {
    testDescription = "\(name), \(preset), \(hash)"
    (self.preset, self.hash, self.digest, self.prove) = (preset, hash, digest, prove)
  }

  private static func provable<S: Provable>(
    _ statement: S, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String
  ) -> Specimen {
    Specimen("\(S.name) of \(statement.rows) rows over \(S.Element.name)", preset, hash, digest) {
      (statement, try $0.prove(statement, trace: statement.trace))
    }
  }

  private static func fibonacci<F: ProvingField>(
    over field: F.Type, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String
  ) -> Specimen {
    Specimen("fibonacci over \(F.name)", preset, hash, digest) {
      let trace = Fibonacci<F>.trace(a: .zero, b: .one, rows: 256)
      let statement = Fibonacci<F>(a: .zero, b: .one, last: trace[255, 1], rows: 256)
      return (statement, try $0.prove(statement, trace: trace))
    }
  }

  /// 2^8 permutations, the fewest that fill a trace.
  private static func permutations<P: Poseidon2>(
    _ permutation: P.Type, _ preset: SecurityPreset, _ hash: MerkleHash, _ digest: String
  ) -> Specimen where P.Element: ProvingField {
    Specimen(PermutationStatement<P>.name, preset, hash, digest) {
      let input = PermutationStatement<P>.input(0, seed: 1)
      var output = input
      P.permute(&output)
      let statement = PermutationStatement<P>(logCount: 8, input: input, output: output)
      let inputs = PermutationStatement<P>.inputs(1 << 8, seed: 1, on: .default)
      return (statement, try $0.prove(statement, trace: PermutationStatement<P>.trace(of: inputs, on: .default)))
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

  func proof() throws -> (statement: any Statement, bytes: [UInt8]) {
    let (statement, proof) = try prove(Prover(preset, hash: hash))
    return (statement, proof.bytes)
  }

  static let all = [
    fibonacci(over: BabyBear.self, .proven100, .blake3, "2216e8dbd0d0220444379eca3006df4f"),
    fibonacci(over: BabyBear.self, .proven100, .sha256, "16d4b31ece918989e1d882a158f1d64f"),
    fibonacci(over: BabyBear.self, .proven100, .poseidon2, "038a769dec1b5afb284cae1b0f09be29"),
    fibonacci(over: BabyBear.self, .proven100, .keccak256, "271c3c424b809a623b73a2f76c4a250a"),
    fibonacci(over: BabyBear.self, .proven128, .blake3, "3ab3e166b4f51ac627f5b1259b73a989"),
    fibonacci(over: BabyBear.self, .proven128, .sha256, "1ab1a8b3b2349663ee07b434e580f0a6"),
    fibonacci(over: BabyBear.self, .proven128, .keccak256, "a0cefbf8f0da6b69de7667485cca12db"),
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
    fibonacci(over: BabyBear.self, .peers, .blake3, "d21afd26147fde18286827a48d973678"),
    provable(Walk(rows: 512), .peers, .poseidon2, "32b38cd69521eeb5dc6560f43e76abe8"),
    headers(3, .proven100, .poseidon2, "65045ccdc9c8552d57d5ff0940cb9abc"),
    headers(144, .proven128, .blake3, "59ba5fff89ac740316bcebf44f14342a"),
    // Over Goldilocks every hash serves every preset.
    fibonacci(over: Goldilocks.self, .proven100, .blake3, "53fd4c084c8432bcbbe110ce8f047007"),
    fibonacci(over: Goldilocks.self, .proven100, .sha256, "baca1a2676a51bf77d15ed2510924b2a"),
    fibonacci(over: Goldilocks.self, .proven100, .poseidon2, "2fd105f1287b4ef58479efb4c9bdb2db"),
    fibonacci(over: Goldilocks.self, .proven100, .keccak256, "356ba296a3abafa747abff30d7cb37ca"),
    fibonacci(over: Goldilocks.self, .proven128, .blake3, "ab138770b03bbd148c59ce746c8fc4e2"),
    fibonacci(over: Goldilocks.self, .proven128, .sha256, "8886a06b92dd67c6e40d59dcf9782e6d"),
    fibonacci(over: Goldilocks.self, .proven128, .poseidon2, "868240297fff5f7cf9cd45a0a6392136"),
    fibonacci(over: Goldilocks.self, .proven128, .keccak256, "fe4ef7adb9873b86ffd8da37444723ca"),
    fibonacci(over: Goldilocks.self, .proven128Small, .blake3, "485f390bc4bebcb00922639e0e059a5a"),
    fibonacci(over: Goldilocks.self, .proven128Small, .sha256, "d325663a0625bea0ad7694b4ad12505f"),
    fibonacci(over: Goldilocks.self, .proven128Small, .poseidon2, "d3ef3645b132360e782b9f7ce635e930"),
    fibonacci(over: Goldilocks.self, .proven128Small, .keccak256, "b70a18d726b7d9eeaafacded24be857b"),
    fibonacci(over: Goldilocks.self, .peers, .blake3, "1e983fe63cae987e0a86d31350d0634c"),
    fibonacci(over: Goldilocks.self, .peers, .sha256, "0e2d063676a5faddc4ad6fd99f627adf"),
    fibonacci(over: Goldilocks.self, .peers, .poseidon2, "92f98412ffbc05fce65553aa15b17266"),
    fibonacci(over: Goldilocks.self, .peers, .keccak256, "6c41c3b373f36cf832f2c04eeb16689b"),
    provable(WalkOver<Goldilocks>(rows: 512), .proven100, .poseidon2, "62c468ae3dfb72f14ac62370899706e4"),
    provable(WalkOver<Goldilocks>(rows: 4096), .proven128, .blake3, "23d44f8fdf5022e48904feb9da9d182f"),
    provable(WalkOver<Goldilocks>(rows: 4096, exponent: 5), .proven128, .poseidon2, "4f855c9fd5de0018483186d27f8cd351"),
    provable(WalkOver<Goldilocks>(rows: 4096), .proven128Small, .keccak256, "0a370fcb5fdc5593b098676e04fffe17"),
    provable(WalkOver<Goldilocks>(rows: 512), .peers, .sha256, "8e992a0bb1d709d5f7c761a91bb9a091"),
    provable(DoublingOver<Goldilocks>(rows: 32), .proven128, .poseidon2, "406e08e5c5f96d298b8778685b33f353"),
    provable(CarouselOver<Goldilocks>(rows: 64), .proven128, .poseidon2, "b7c4ccf6d716356301b01298e060a7b6"),
    // More than a thousand columns, and as many constraints.
    permutations(Poseidon2BabyBear16.self, .proven100, .blake3, "d34e9575b78ea795ba8084888f45ab6b"),
    permutations(Poseidon2BabyBear16.self, .proven100, .sha256, "66f56e2753949ccc7f54a228327ae616"),
    permutations(Poseidon2BabyBear16.self, .proven100, .poseidon2, "b544134fddb271a279a80fb6abd6b721"),
    permutations(Poseidon2BabyBear16.self, .proven100, .keccak256, "64b935b9975bf068611dc36090032abb"),
    permutations(Poseidon2BabyBear16.self, .proven128, .blake3, "fb4e384ee1478d2db585f10a08e6eed0"),
    permutations(Poseidon2BabyBear16.self, .proven128, .sha256, "7dead95c6a2803a258ee015fd5c09c74"),
    permutations(Poseidon2BabyBear16.self, .proven128, .keccak256, "35c3ba8baf712a0eb2339963972ee581"),
    permutations(Poseidon2BabyBear16.self, .proven128Small, .blake3, "cd1ec5e187173501fc05aa1e8ec9ae6a"),
    permutations(Poseidon2BabyBear16.self, .proven128Small, .sha256, "54abf132a556212bb4218c5a0e4123fe"),
    permutations(Poseidon2BabyBear16.self, .proven128Small, .keccak256, "2ec1832c6af6fc519b50189133523b6a"),
    permutations(Poseidon2BabyBear16.self, .peers, .blake3, "59b629d153e4d3daa46547bef98e7078"),
    permutations(Poseidon2BabyBear16.self, .peers, .sha256, "695bb6357479bf964d1863a0e9345e94"),
    permutations(Poseidon2BabyBear16.self, .peers, .poseidon2, "ce3b6ece6f5bccfe128194eee82d3ac4"),
    permutations(Poseidon2BabyBear16.self, .peers, .keccak256, "b238eda4097c48593ca264cb5d9149e2"),
    permutations(Poseidon2Goldilocks8.self, .proven100, .blake3, "2c248f147f4e8d10fd4dc08685ed7bd8"),
    permutations(Poseidon2Goldilocks8.self, .proven100, .sha256, "c20412421797344e725e8b7f49d4d347"),
    permutations(Poseidon2Goldilocks8.self, .proven100, .poseidon2, "08e50d08da5b8fc41c16abbb390fb488"),
    permutations(Poseidon2Goldilocks8.self, .proven100, .keccak256, "db817286510a92ec6608a345f2da1480"),
    permutations(Poseidon2Goldilocks8.self, .proven128, .blake3, "ebb6bafbc7735b8b3ebd917d42b2693d"),
    permutations(Poseidon2Goldilocks8.self, .proven128, .sha256, "d7d64fb4916011f814ee9e901f1ff34c"),
    permutations(Poseidon2Goldilocks8.self, .proven128, .poseidon2, "617a6530e18221b3a14d7fb554104f39"),
    permutations(Poseidon2Goldilocks8.self, .proven128, .keccak256, "85bcf265e5c83d578ca40be74258f147"),
    permutations(Poseidon2Goldilocks8.self, .proven128Small, .blake3, "8fd510e410daeca852934fbf719e3100"),
    permutations(Poseidon2Goldilocks8.self, .proven128Small, .sha256, "e305a5009604e0ee7d520ecfa212dfcf"),
    permutations(Poseidon2Goldilocks8.self, .proven128Small, .poseidon2, "8131b57d97db8d604f19ba56dacb2ce5"),
    permutations(Poseidon2Goldilocks8.self, .proven128Small, .keccak256, "ffb0324321e27ffc4f36cbeac586ce90"),
    permutations(Poseidon2Goldilocks8.self, .peers, .blake3, "9a675912e31acc1107dbf8461c36f760"),
    permutations(Poseidon2Goldilocks8.self, .peers, .sha256, "690e11a22ac62c82fdb705673941c7d8"),
    permutations(Poseidon2Goldilocks8.self, .peers, .poseidon2, "7c01c504a2ceb72bcd65bef5f43e95c9"),
    permutations(Poseidon2Goldilocks8.self, .peers, .keccak256, "519182c8156786e3634017a5a23c870c"),
  ]
}
