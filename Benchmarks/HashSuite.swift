// Hashing: many rows and many pairs on one thread, and whole Merkle trees.

import ApusBench
import ApusField
import ApusMerkle
import CApusKernels

func hashSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  let widest = try options.widestEngines()
  return [
    BenchGroup("hashes of rows of 64 BabyBear words", engines.flatMap { e in MerkleHash.allCases.map { rows($0, e) } }),
    BenchGroup("hashes of pairs of digests", engines.flatMap { e in MerkleHash.allCases.map { pairs($0, e) } }),
    BenchGroup("Merkle tree over BabyBear columns", widest.flatMap { e in MerkleHash.allCases.map { tree($0, e) } }),
  ]
}

private func rows(_ hash: MerkleHash, _ engine: Engine) -> BenchCase {
  let (rows, columns) = (1 << 12, 64)
  let label = CaseLabel(
    kernel: "rows", field: hash.description, engine: engine.instructionSet.rawValue, rows: rows, columns: columns)
  return BenchCase(label, Work(elements: rows * columns, bytes: rows * (4 * columns + 32))) {
    let held = Held<BabyBear>(rows: rows, count: columns, on: engine)
    let inputs: [UnsafePointer<UInt32>?] = (0..<columns).map { UnsafePointer(held.pointer($0).words) }
    let digests = Digests(count: rows)
    let kernels = hash.kernels(for: engine)
    return { withExtendedLifetime(held) { kernels.rows(digests.bytes, inputs, columns, 0, rows) } }
  }
}

private func pairs(_ hash: MerkleHash, _ engine: Engine) -> BenchCase {
  let count = 1 << 12
  let label = CaseLabel(
    kernel: "pairs", field: hash.description, engine: engine.instructionSet.rawValue, rows: count)
  return BenchCase(label, Work(elements: count, bytes: count * 96)) {
    let (digests, children) = (Digests(count: count), Digests(count: 2 * count))
    let kernels = hash.kernels(for: engine)
    return { kernels.pairs(digests.bytes, children.bytes, count) }
  }
}

private func tree(_ hash: MerkleHash, _ engine: Engine) -> BenchCase {
  let (rows, columns) = (1 << 16, 64)
  let label = CaseLabel(
    kernel: "Merkle tree", field: hash.description, engine: engine.instructionSet.rawValue, rows: rows,
    columns: columns, threads: engine.threads)
  return BenchCase(label, Work(elements: rows * columns, bytes: 4 * rows * columns + 64 * rows)) {
    let held = Held<BabyBear>(rows: rows, count: columns, on: engine)
    return {
      let matrix = MerkleMatrix(held.columns)
      withExtendedLifetime(MerkleTree(committing: [matrix], hash: hash, on: engine)) {}
    }
  }
}

extension MerkleHash {
  /// The kernels that a tree over BabyBear columns takes.
  fileprivate func kernels(for engine: Engine) -> apus_hash_kernels {
    let isa = engine.instructionSet.code
    let table =
      switch self {
      case .blake3: apus_blake3_kernels_for(isa)
      case .sha256: apus_sha256_kernels_for(isa)
      case .keccak256: apus_keccak256_kernels_for(isa)
      case .poseidon2: apus_poseidon2_babybear_wide_hash_kernels_for(isa)
      }
    guard let table else { preconditionFailure("an engine's instruction set is supported") }
    return table.pointee
  }
}

/// Room for digests, zero at first, which is a canonical digest of every hash.
private final class Digests {
  let bytes: UnsafeMutablePointer<UInt8>

  init(count: Int) {
    bytes = .allocate(capacity: 32 * count)
    bytes.initialize(repeating: 0, count: 32 * count)
  }
  deinit { bytes.deallocate() }
}
