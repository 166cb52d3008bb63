// Values of committed columns at extension points, by the barycentric formula over one coset.
//
// For f of degree below n and the points x_i = s g^i: f(z) = (1 - (z/s)^n) / n · sum over i of x_i / (x_i - z) f(x_i).
// At z g^r the weight of x_i is that of x_(i-r) at z, and the factor before the sum is the same: one column of weights
// serves all rotations.

internal import ApusField
internal import CApusKernels

struct OutOfDomainEvaluation<E: ChallengeField>: ~Copyable where E.Base: ProvingField {
  private let shape: ProofShape
  private let engine: Engine
  /// `E.degree` columns: x / (x - z).
  private let weights: Columns<E.Base>
  private let scale: E

  /// - Parameter shift: the coset's first point.
  /// - Precondition: `z` is outside the base field.
  init(shape: ProofShape, shift: E.Base, z: E, on engine: Engine) {
    self.shape = shape
    self.engine = engine
    weights = Self.weights(shape, shift, z, on: engine)
    let shiftInverse = shift.inverse ?? .one
    scale = (.one - (z * shiftInverse).power(shape.rows)) * (E.Base(UInt64(shape.rows)).inverse ?? .one)
  }

  private static func weights(_ shape: ProofShape, _ shift: E.Base, _ z: E, on engine: Engine) -> Columns<E.Base> {
    let rows = shape.rows
    let generator = EvaluationDomain<E.Base>(shape: shape).generator
    let kernels = engine.kernels(over: E.self, rows: rows)
    let multiply = engine.kernels(E.Base.self, rows: rows).multiply
    let weights = Columns<E.Base>(uninitialized: rows, count: E.degree, on: engine)
    let points = engine.powers(of: generator, from: shift, rows: rows)
    let point = z.coefficients
    let minimal = z.minimalPolynomial
    let shared = Shared((points: points.pointer(0), limbs: weights.pointers))
    engine.forEachRange(rows, grain: engine.tuning.blockRows, cells: 1 + E.degree) { range, _ in
      let points = shared.value.points + range.lowerBound
      let limbs = shared.value.limbs.map { $0 + range.lowerBound }
      withUnsafeTemporaryAllocation(of: E.Base.self, capacity: 2 * range.count) { scratch in
        guard let free = scratch.baseAddress else { return }
        kernels.inverseOfDifference(limbs.map { $0 }, points, point, minimal, free, range.count)
      }
      for limb in limbs { multiply(limb, limb, points, range.count) }
    }
    withExtendedLifetime(points) {}
    return weights
  }

  /// Values at `z` times `g^rotation` of the given columns: for each rotation, each column.
  ///
  /// - Parameter matrix: read on this coset.
  func values(
    of columns: [Int], in matrix: borrowing some ExtendedColumns<E.Base> & ~Copyable, rotations: [Int]
  ) -> [[E]] {
    var values = rotations.map { _ in [E]() }
    matrix.withReadings(of: columns) { _, coset in
      for (rotation, more) in self.values(in: coset, rotations: rotations).enumerated() { values[rotation] += more }
    }
    return values
  }

  // Copies for single elements' arithmetic, as in `Prover`.
  @specialized(where E == BabyBear5)
  @specialized(where E == BabyBear4)
  @specialized(where E == Goldilocks3)
  private func values(in coset: CosetView<E.Base>, rotations: [Int]) -> [[E]] {
    let rows = shape.rows
    let columns = coset.columns
    let dot = engine.kernels(over: E.self, rows: rows).dot
    let add = engine.kernels(E.Base.self, rows: rows).add
    let words = E.degree * columns.count
    // Each thread's sums, rotation by rotation.
    let sums = Columns<E.Base>(rows: words * rotations.count, count: engine.threads, on: engine)
    let shared = Shared(
      (
        weights: weights.pointers,
        columns: columns.map { UnsafePointer<E.Base>?($0) },
        sums: sums.pointers
      ))
    // So few rows that all columns' stay in the second cache from one rotation to the next.
    engine.forEachRange(rows, grain: engine.tuning.blockRows / 4, cells: columns.count) { range, worker in
      let (weights, columns, sums) = shared.value
      withUnsafeTemporaryAllocation(of: E.Base.self, capacity: words) { scratch in
        guard let share = scratch.baseAddress else { return }
        for (number, rotation) in rotations.enumerated() {
          let sum = sums[worker] + number * words
          for piece in RotatedRows.pieces(of: range, rotation: rotation, rows: rows) {
            dot(
              share, weights.map { UnsafePointer($0 + piece.from) }, columns, columns.count, piece.row, piece.count)
            add(sum, sum, share, words)
          }
        }
      }
    }
    for worker in 1..<max(1, sums.count) {
      add(sums.pointer(0), sums.pointer(0), sums.pointer(worker), sums.rows)
    }
    return rotations.indices.map { rotation in
      columns.indices.map { column in
        let first = rotation * words + E.degree * column
        return E(coefficients: (first..<first + E.degree).map { sums[$0, 0] }) * scale
      }
    }
  }
}
