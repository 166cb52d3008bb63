// Values of committed columns at extension points, by the barycentric formula over one coset.
//
// For f of degree below n and the points x_i = s g^i: f(z) = (1 - (z/s)^n) / n · sum over i of x_i / (x_i - z) f(x_i).
// At z g^r the weight of x_i is that of x_(i-r) at z, and the factor before the sum is the same: one column of weights
// serves all rotations.

internal import ApusField
internal import CApusKernels

struct OutOfDomainEvaluation: ~Copyable {
  private let shape: ProofShape
  private let engine: Engine
  /// Five columns: x / (x - z).
  private let weights: Columns<BabyBear>
  private let scale: BabyBear5

  /// - Precondition: `z` is outside the base field.
  init(shape: ProofShape, z: BabyBear5, on engine: Engine) {
    self.shape = shape
    self.engine = engine
    weights = Self.weights(shape, z, on: engine)
    let shiftInverse = EvaluationDomain(shape: shape).shift.inverse ?? .one
    scale = (.one - (z * shiftInverse).power(shape.rows)) * (BabyBear(shape.rows).inverse ?? .one)
  }

  private static func weights(_ shape: ProofShape, _ z: BabyBear5, on engine: Engine) -> Columns<BabyBear> {
    let rows = shape.rows
    let domain = EvaluationDomain(shape: shape)
    let kernels = engine.babyBearKernels
    let weights = Columns<BabyBear>(uninitialized: rows, count: 5, on: engine)
    let points = engine.powers(of: domain.generator, from: domain.shift, rows: rows)
    let point = words([z])
    let minimal = z.minimalPolynomial.map(\.montgomery)
    let shared = Shared((points: points.pointer(0), limbs: (0..<5).map { weights.pointer($0) }))
    engine.forEachRange(rows, grain: 4096) { range, _ in
      let points = (shared.value.points + range.lowerBound).words
      let limbs = shared.value.limbs.map { Optional(($0 + range.lowerBound).words) }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * range.count) { scratch in
        kernels.quintic_inverse_of_difference(limbs, points, point, minimal, scratch.baseAddress, range.count)
      }
      for limb in limbs { kernels.mul(limb, limb, points, range.count) }
    }
    withExtendedLifetime(points) {}
    return weights
  }

  /// Values at `z` times `g^rotation` of the given columns: for each rotation, each column.
  func values(
    of columns: [Int], in extended: borrowing CosetColumns<BabyBear>, rotations: [Int]
  ) -> [[BabyBear5]] {
    let rows = shape.rows
    let kernels = engine.babyBearKernels
    let words = 5 * columns.count
    // Each thread's sums, rotation by rotation.
    let sums = Columns<BabyBear>(rows: words * rotations.count, count: engine.threads, on: engine)
    let shared = Shared(
      (
        weights: (0..<5).map { weights.pointer($0) },
        columns: columns.map { Optional(UnsafePointer(extended.pointer($0, coset: 0).words)) },
        sums: (0..<sums.count).map { sums.pointer($0) }
      ))
    // So few rows that all columns' stay in the second cache from one rotation to the next.
    engine.forEachRange(rows, grain: 1024) { range, worker in
      let (weights, columns, sums) = shared.value
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: words) { share in
        for (number, rotation) in rotations.enumerated() {
          let sum = (sums[worker] + number * words).words
          for piece in RotatedRows.pieces(of: range, rotation: rotation, rows: rows) {
            kernels.quintic_dot(
              share.baseAddress, weights.map { UnsafePointer(($0 + piece.from).words) }, columns, columns.count,
              piece.row, piece.count)
            kernels.add(sum, sum, share.baseAddress, words)
          }
        }
      }
    }
    for worker in 1..<max(1, sums.count) {
      kernels.add(sums.pointer(0).words, sums.pointer(0).words, sums.pointer(worker).words, sums.rows)
    }
    return rotations.indices.map { rotation in
      columns.indices.map { column in
        let first = rotation * words + 5 * column
        return BabyBear5(coefficients: (first..<first + 5).map { sums[$0, 0] }) * scale
      }
    }
  }
}
