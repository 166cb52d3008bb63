// Values of committed columns at extension points, by the barycentric formula over one coset.
//
// For f of degree below n and the coset s·H: f(z) = ((z/s)^n - 1) / n · sum over i of g^i f(s g^i) / (z/s - g^i).

internal import ApusField
internal import CApusKernels

struct OutOfDomainEvaluation {
  let shape: ProofShape
  let engine: Engine

  /// Values at `z` times `g^rotation` of the given columns: for each rotation, each column.
  func values(
    of columns: [Int], in extended: borrowing CosetColumns<BabyBear>, z: BabyBear5, rotations: [Int]
  ) -> [[BabyBear5]] {
    let pointers = columns.map { UnsafePointer(extended.pointer($0, coset: 0)) }
    return rotations.map { rotation in
      let combination = BabyBear.rootOfUnity(log: shape.logRows)
      let power = combination.power(rotation.magnitude)
      let factor = rotation < 0 ? power.inverse ?? .one : power
      return values(of: pointers, at: z * factor)
    }
  }

  private func values(of columns: [UnsafePointer<BabyBear>], at point: BabyBear5) -> [BabyBear5] {
    let rows = shape.rows
    let domain = EvaluationDomain(shape: shape)
    let kernels = engine.babyBearKernels(rows: rows)
    // Weights x_i / (x_i - point) with x_i = s g^i; the sum is then scaled by (1 - (point / s)^n) / n.
    let weights = Columns<BabyBear>(uninitialized: rows, count: 6, on: engine)
    let points = weights.pointer(5)
    fillPowers(points, first: domain.shift, ratio: domain.generator, count: rows, on: engine)
    let z = words([point])
    let minimal = point.minimalPolynomial.map(\.montgomery)
    let limbs = (0..<5).map { weights.pointer($0) }
    let grain = engine.tuning.blockRows
    let chunks = (rows + grain - 1) / grain
    let partial = PartialSums(chunks: chunks, columns: columns.count)
    let shared = Shared((points: points, limbs: limbs, columns: columns))
    engine.forEachRange(chunks, cells: min(grain, rows) * (columns.count + 5)) { range, _ in
      let (points, limbs, columns) = shared.value
      for chunk in range {
        let first = chunk * grain
        let count = min(grain, rows - first)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * count) { scratch in
          kernels.quintic_inverse_of_difference(
            limbs.map { ($0 + first).words }, (points + first).words, z, minimal, scratch.baseAddress, count)
          for limb in limbs {
            kernels.mul((limb + first).words, (limb + first).words, (points + first).words, count)
          }
          let weights = limbs.map { Optional(UnsafePointer(($0 + first).words)) }
          var sum = [UInt32](repeating: 0, count: 5)
          for (column, values) in columns.enumerated() {
            kernels.quintic_dot(&sum, weights, (values + first).words, count)
            partial.set(chunk, column, BabyBear5(coefficients: sum.map(BabyBear.init(montgomery:))))
          }
        }
      }
    }
    withExtendedLifetime(weights) {}
    let shiftInverse = domain.shift.inverse ?? .one
    let scale = (.one - (point * shiftInverse).power(rows)) * (BabyBear(rows).inverse ?? .one)
    return columns.indices.map { partial.total($0) * scale }
  }
}

/// Sums by chunk and column; each chunk is written by one thread.
private final class PartialSums: @unchecked Sendable {
  private let sums: UnsafeMutableBufferPointer<BabyBear5>
  private let columns: Int

  init(chunks: Int, columns: Int) {
    sums = .allocate(capacity: chunks * columns)
    sums.initialize(repeating: .zero)
    self.columns = columns
  }
  deinit { sums.deallocate() }

  func set(_ chunk: Int, _ column: Int, _ value: BabyBear5) { sums[chunk * columns + column] = value }
  func total(_ column: Int) -> BabyBear5 {
    stride(from: column, to: sums.count, by: columns).reduce(.zero) { $0 + sums[$1] }
  }
}
