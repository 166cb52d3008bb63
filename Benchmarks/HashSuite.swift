// Hashing: many rows and many pairs on one thread, and whole Merkle trees.
//
// A row of 32 Goldilocks words has the bytes of one of 64 BabyBear words, so that their figures compare.

import ApusBench
import ApusField
import ApusMerkle
import CApusKernels

func hashSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  let widest = try options.widestEngines()
  return [
    BenchGroup("hashes of rows of 64 BabyBear words", engines.flatMap { e in MerkleHash.allCases.map { rows($0, e) } }),
    BenchGroup("hashes of rows of 32 Goldilocks words", engines.flatMap { e in goldilocksRows(e) }),
    BenchGroup("hash of one message, per byte", [message()]),
    BenchGroup("hashes of pairs of digests", engines.flatMap { e in MerkleHash.allCases.map { pairs($0, e) } }),
    BenchGroup(
      "Merkle tree over BabyBear columns",
      widest.flatMap { e in MerkleHash.allCases.map { tree(BabyBear.self, columns: 64, $0, e) } }),
    BenchGroup(
      "Merkle tree over Goldilocks columns", widest.map { tree(Goldilocks.self, columns: 32, .poseidon2, $0) }),
  ]
}

// MARK: Bounds

/// What one vector of rows or of pairs costs, and how many are in one.
private struct LaneCost {
  let lanes: Double
  let row, pair: VectorCost

  /// - Parameter columns: of BabyBear words in a row.
  init?(_ hash: MerkleHash, columns: Int, on set: InstructionSet) {
    guard let bytes = HashCosts.costs(on: set, hasSHA: apus_features() & APUS_FEATURE_SHA.rawValue != 0),
      let field = BabyBear.costs(on: set)
    else { return nil }
    lanes = bytes.lanes
    let words = Double(columns) * bytes.canonical
    switch hash {
    case .blake3: (row, pair) = (words + bytes.blake3(bytes: 4 * columns), bytes.blake3(bytes: 64))
    case .sha256: (row, pair) = (words + bytes.sha256(bytes: 4 * columns), bytes.sha256(bytes: 64))
    case .keccak256: (row, pair) = (words + bytes.keccak256(bytes: 4 * columns), bytes.keccak256(bytes: 64))
    case .poseidon2:
      // The sponge takes sixteen words at a time. Digests are bytes; a pair's come into Montgomery's form first.
      let digest = 8 * bytes.canonical
      row = Double((columns + 15) / 16) * field.permutation(.babyBear24) + digest
      pair = 16 * field.fixedProduct + field.permutation(.babyBear16) + digest
    }
  }
}

extension VectorCost {
  /// Of a sponge over rows of Goldilocks words by width 12, eight at a time, and of compressions by width 8.
  fileprivate static func goldilocks(columns: Int, on set: InstructionSet) -> (lanes: Double, row: Self, pair: Self)? {
    Goldilocks.costs(on: set).map { costs in
      (
        costs.lanes, Double((columns + 7) / 8) * costs.permutation(.goldilocks12), costs.permutation(.goldilocks8)
      )
    }
  }
}

// MARK: Cases

private func rows(_ hash: MerkleHash, _ engine: Engine) -> BenchCase {
  let (rows, columns) = (1 << 12, 64)
  let set = engine.instructionSet
  let label = CaseLabel(
    kernel: "rows", field: hash.description, engine: set.rawValue, rows: rows, columns: columns)
  let bytes = rows * (4 * columns + 32)
  let work = Work(
    elements: rows * columns, bytes: bytes, workingSet: bytes,
    cost: LaneCost(hash, columns: columns, on: set).map { Double(rows) / $0.lanes * $0.row },
    vectorBytes: set.vectorBytes)
  return BenchCase(label, work) {
    let held = Held<BabyBear>(rows: rows, count: columns, on: engine)
    let inputs: [UnsafePointer<UInt32>?] = (0..<columns).map { UnsafePointer(held.pointer($0).words) }
    let digests = Digests(count: rows)
    let kernels = hash.kernels(for: engine)
    return { withExtendedLifetime(held) { kernels.rows(digests.bytes, inputs, columns, 0, rows) } }
  }
}

/// Poseidon2 of columns; the others of the rows' bytes, one row after the other.
private func goldilocksRows(_ engine: Engine) -> [BenchCase] {
  let (rows, columns) = (1 << 12, 32)
  let set = engine.instructionSet
  func label(_ hash: MerkleHash) -> CaseLabel {
    CaseLabel(
      kernel: hash == .poseidon2 ? "rows" : "messages", field: hash.description, engine: set.rawValue, rows: rows,
      columns: columns)
  }
  func work(_ vector: (lanes: Double, row: VectorCost)?) -> Work {
    let bytes = rows * (8 * columns + 32)
    return Work(
      elements: rows * columns, bytes: bytes, workingSet: bytes,
      cost: vector.map { Double(rows) / $0.lanes * $0.row }, vectorBytes: set.vectorBytes)
  }
  let bytes = HashCosts.costs(on: set, hasSHA: apus_features() & APUS_FEATURE_SHA.rawValue != 0)
  let messages = [
    (MerkleHash.blake3, bytes.map { ($0.lanes, $0.blake3(bytes: 8 * columns)) }),
    (.sha256, bytes.map { ($0.lanes, $0.sha256(bytes: 8 * columns)) }),
    (.keccak256, bytes.map { ($0.lanes, $0.keccak256(bytes: 8 * columns)) }),
  ].map { hash, cost in
    BenchCase(label(hash), work(cost)) {
      let (digests, messages) = (Digests(count: rows), Digests(count: rows * columns / 4))
      let kernels = hash.kernels(for: engine)
      return { kernels.messages(digests.bytes, messages.bytes, 8 * columns, rows) }
    }
  }
  let sponge = VectorCost.goldilocks(columns: columns, on: set).map { ($0.lanes, $0.row) }
  let columnwise = BenchCase(label(.poseidon2), work(sponge)) {
    let held = Held<Goldilocks>(rows: rows, count: columns, on: engine)
    let inputs = (0..<columns).map { column -> UnsafePointer<UInt64>? in
      UnsafePointer(UnsafeMutableRawPointer(held.pointer(column)).assumingMemoryBound(to: UInt64.self))
    }
    let digests = Digests(count: rows)
    guard let kernels = apus_poseidon2_goldilocks_wide_hash_kernels_for(set.code)?.pointee else {
      preconditionFailure("an engine's instruction set is supported")
    }
    return { withExtendedLifetime(held) { kernels.rows(digests.bytes, inputs, columns, 0, rows) } }
  }
  return messages + [columnwise]
}

/// BLAKE3 of 1 MiB, whose chunks are a tree; on the best set of the machine.
private func message() -> BenchCase {
  let count = 1 << 20
  let set = InstructionSet.best
  let label = CaseLabel(kernel: "message", field: MerkleHash.blake3.description, engine: set.rawValue, rows: 1)
  let costs = HashCosts.costs(on: set, hasSHA: false)
  let chunks = Double(count / 1024)
  let work = Work(
    elements: count, bytes: count, workingSet: count,
    cost: costs.map { chunks / $0.lanes * ($0.blake3(bytes: 1024) + $0.blake3(bytes: 64)) },
    vectorBytes: set.vectorBytes)
  return BenchCase(label, work) {
    let (digest, bytes) = (Digests(count: 1), Digests(count: count / 32))
    return { apus_blake3(digest.bytes, bytes.bytes, count) }
  }
}

private func pairs(_ hash: MerkleHash, _ engine: Engine) -> BenchCase {
  let count = 1 << 12
  let set = engine.instructionSet
  let label = CaseLabel(kernel: "pairs", field: hash.description, engine: set.rawValue, rows: count)
  let work = Work(
    elements: count, bytes: count * 96, workingSet: count * 96,
    cost: LaneCost(hash, columns: 0, on: set).map { Double(count) / $0.lanes * $0.pair },
    vectorBytes: set.vectorBytes)
  return BenchCase(label, work) {
    let (digests, children) = (Digests(count: count), Digests(count: 2 * count))
    let kernels = hash.kernels(for: engine)
    return { kernels.pairs(digests.bytes, children.bytes, count) }
  }
}

private func tree<F: MerkleElement>(
  _ field: F.Type, columns: Int, _ hash: MerkleHash, _ engine: Engine
) -> BenchCase {
  let rows = 1 << 16
  let set = engine.instructionSet
  let label = CaseLabel(
    kernel: "Merkle tree", field: hash.description, engine: set.rawValue, rows: rows, columns: columns,
    threads: engine.threads)
  func total(_ lanes: Double, _ row: VectorCost, _ pair: VectorCost) -> VectorCost {
    Double(rows) / lanes * row + Double(rows - 1) / lanes * pair
  }
  let cost =
    F.self == BabyBear.self
    ? LaneCost(hash, columns: columns, on: set).map { total($0.lanes, $0.row, $0.pair) }
    : VectorCost.goldilocks(columns: columns, on: set).map(total)
  let bytes = MemoryLayout<F>.stride * rows * columns + 64 * rows
  let work = Work(
    elements: rows * columns, bytes: bytes, workingSet: bytes, cost: cost, vectorBytes: set.vectorBytes)
  return BenchCase(label, work) {
    let held = Held<F>(rows: rows, count: columns, on: engine)
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
