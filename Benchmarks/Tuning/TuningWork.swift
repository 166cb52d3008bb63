// The work that tunings are compared on: small, the same in every run, and made of what the prover calls.

import ApusExamples
import ApusField
import ApusMerkle
import ApusNTT
import ApusSTARK
import ApusStatements

struct TuningWork {
  let name: String
  let prepare: (_ tuning: Tuning) throws -> () -> Void

  /// A whole proof: every kind of work, as long as each lasts in practice.
  static func proof(logRows: Int) -> TuningWork {
    TuningWork(name: "proof of 2^\(logRows) rows") { tuning in
      let engine = try Engine(tuning: tuning)
      let rows = 1 << logRows
      let trace = Held(Fibonacci<BabyBear>.trace(a: .zero, b: .one, rows: rows, on: engine))
      let last = trace.columns[rows - 1, FibonacciColumn.next.rawValue]
      let statement = Fibonacci<BabyBear>(a: .zero, b: .one, last: last, rows: rows)
      let prover = Prover(.proven100, on: engine)
      _ = try prover.prove(statement, trace: trace.columns)
      // What was proven once is proven again.
      return { _ = try? prover.prove(statement, trace: trace.columns) }
    }
  }

  /// Many short runs of the pool with little between them.
  static var shortProof: TuningWork { proof(logRows: 8) }

  /// Far more memory than caches hold, where caches are not very large.
  static func `extension`(isQuick: Bool) -> TuningWork {
    let (logRows, columns) = isQuick ? (14, 8) : (16, 32)
    return TuningWork(name: "extension of \(columns) columns, 2^\(logRows) rows") { tuning in
      let engine = try Engine(tuning: tuning)
      let held = Held<BabyBear>(rows: 1 << logRows, count: columns, on: engine)
      let transform = try NTT<BabyBear>(rows: 1 << logRows)
      return {
        // The shape and the shift are right, so that nothing is thrown.
        _ = try? transform.lowDegreeExtension(of: held.columns, blowup: 4, shift: .generator, on: engine)
      }
    }
  }

  static func tree(logRows: Int) -> TuningWork {
    TuningWork(name: "BLAKE3 tree of 2^\(logRows) leaves") { tuning in
      tree(.blake3, rows: 1 << logRows, on: try Engine(tuning: tuning))
    }
  }

  private static func tree(_ hash: MerkleHash, rows: Int, on engine: Engine) -> () -> Void {
    let held = Held<BabyBear>(rows: rows, count: 16, on: engine)
    return { _ = MerkleTree(committing: [MerkleMatrix(held.columns)], hash: hash, on: engine) }
  }

  /// Transforms of four columns, from 2^4 to 2^14 rows; each length takes about the same time on one thread.
  static var shortTransforms: TuningWork {
    TuningWork(name: "transforms of 2^4 to 2^14 rows") { tuning in
      let engine = try Engine(tuning: tuning)
      let (shortest, longest) = (4, 14)
      let inputs = try (shortest...longest).map { log in
        (try NTT<BabyBear>(rows: 1 << log), Held<BabyBear>(rows: 1 << log, count: 4, on: engine))
      }
      return {
        for (transform, held) in inputs {
          for _ in 0..<max(1, (1 << longest) / (transform.rows * 4)) { transform.forward(&held.columns, on: engine) }
        }
      }
    }
  }

  // MARK: Kernel families, on one thread

  static func kernels(_ family: KernelFamily, _ size: SizeClass, isQuick: Bool) -> TuningWork {
    // There are not headers enough for constraints on more.
    let large = isQuick || family == .evaluate ? SizeClass.largeRows : 1 << 16
    // Preparing a constraint program takes as long as running it on some thousand rows.
    let small = family == .evaluate ? 1 << 13 : 1 << 11
    let rows = size == .small ? small : large
    return TuningWork(name: "\(family), \(rows) rows") { tuning in
      let engine = try Engine(threads: 1, tuning: tuning)
      switch family {
      case .field: return arithmetic(rows: rows, on: engine)
      case .ntt: return try transforms(rows: rows, on: engine)
      case .poseidon2: return tree(.poseidon2, rows: rows, on: engine)
      case .blake3: return tree(.blake3, rows: rows, on: engine)
      case .sha256: return tree(.sha256, rows: rows, on: engine)
      case .keccak256: return tree(.keccak256, rows: rows, on: engine)
      case .evaluate: return try constraints(rows: rows, on: engine)
      }
    }
  }

  private static func arithmetic(rows: Int, on engine: Engine) -> () -> Void {
    let (a, b) = (Held<BabyBear>(rows: rows, count: 4, on: engine), Held<BabyBear>(rows: rows, count: 4, on: engine))
    return {
      engine.multiply(&a.columns, by: b.columns)
      engine.add(b.columns, to: &a.columns)
      engine.invert(&a.columns)
    }
  }

  private static func transforms(rows: Int, on engine: Engine) throws -> () -> Void {
    let held = Held<BabyBear>(rows: rows, count: 4, on: engine)
    let transform = try NTT<BabyBear>(rows: rows)
    return { transform.forward(&held.columns, on: engine) }
  }

  /// The header statement's constraints on one coset.
  private static func constraints(rows: Int, on engine: Engine) throws -> () -> Void {
    // A header of padding follows.
    let count = rows / HeaderRows.perHeader - 1
    let chain = try HeaderChain.segments(of: try HeaderInput(reading: OneDay.csv).first(count))[0]
    let statement = HeaderStatement(chain.claim)
    let stages = try ProverStages<BabyBear5>(statement, preset: .proven100, hash: .blake3, on: engine)
    let trace = HeldExtension(try stages.extend(statement.trace(of: chain.headers, on: engine)))
    let alpha = BabyBear5(coefficients: [3, 1, 4, 1, 5].map { BabyBear($0) })
    return { _ = stages.quotientValues(coset: 0, of: trace.columns, alpha: alpha) }
  }
}

/// An extension that a closure keeps.
private final class HeldExtension {
  let columns: CosetColumns<BabyBear>
  init(_ columns: consuming CosetColumns<BabyBear>) { self.columns = columns }
}
