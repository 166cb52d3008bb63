// How transforms of columns are spread over an engine's threads: a column on each, or several threads on one.

internal import ApusField
internal import CApusKernels

extension TransformPlan {
  /// Calls `work` for each piece of each of the columns and stages, on all threads, and returns when all are done.
  ///
  /// A thread that has a whole column takes it through all stages, while it is in the cache; threads that share columns
  /// finish one stage before they begin the next.
  func onEachColumn(
    _ columns: Int, _ split: apus_ntt_split, stages: Int, on engine: Engine,
    _ work: @Sendable (_ column: Int, _ stage: Int, _ piece: Int) -> Void
  ) {
    let atOnce = split.pieces == 1 ? stages : 1
    for first in stride(from: 0, to: stages, by: atOnce) {
      engine.forEachRange(columns * split.pieces, cells: rows / split.pieces) { range, _ in
        for item in range {
          let (column, piece) = item.quotientAndRemainder(dividingBy: split.pieces)
          for stage in first..<first + atOnce { work(column, stage, piece) }
        }
      }
    }
  }

  /// One transform of each of the columns.
  func transform(
    _ transform: TransformPiece, columns: Int, on engine: Engine,
    _ operands: @Sendable (_ column: Int) -> (coset: TransformCoset?, out: Output, in: Input)
  ) {
    let split = split(columns, engine.threads)
    onEachColumn(columns, split, stages: split.stepCount, on: engine) { column, step, piece in
      let (coset, out, input) = operands(column)
      transform(coset, out, input, TransformPart(split: split, step: step, piece: piece))
    }
  }
}

extension TransformPlan {
  /// The factors of several cosets, each made by one thread: a good part of a short extension's time.
  func cosets(_ shifts: [Element], on engine: Engine) -> [TransformCoset] {
    Array(unsafeUninitializedCapacity: shifts.count) { cosets, count in
      let places = Shared(cosets)
      engine.forEachRange(shifts.count, cells: rows) { range, _ in
        for i in range { places.value.initializeElement(at: i, to: coset(shifts[i])) }
      }
      count = shifts.count
    }
  }
}

extension apus_ntt_split {
  var stepCount: Int { Int(steps) }
}
