// The DEEP quotient: one codeword that is close to low degree only if every opened value is what it claims to be.
//
// D(x) = sum over groups G, rotations r of G:
//        gamma^e(G,r) / (x - z g^r) · sum over columns c of G: gamma^position(c) (f_c(x) - f_c(z g^r))
// e(G,r) counts the values before, so all powers of gamma are distinct, and the inner sum of a group over its columns
// is the same for each of its rotations. With x = s g^i, 1 / (x - z g^r) = g^-r / (s g^(i-r) - z): one column of
// inverses serves all rotations.

package import ApusField
internal import CApusKernels

/// A group of columns opened at the same rotations of z, and the weights of its terms.
package struct DeepGroup {
  /// Columns of the trace, or of the quotient.
  package let columns: [Int]
  package let isQuotient: Bool
  package let rotations: [Int]
  /// For each rotation, gamma to the number of values opened before.
  package let weights: [BabyBear5]
  /// For each rotation, the sum of gamma^position times the opened value.
  package let claims: [BabyBear5]
}

/// What both sides compute from gamma and the opened values.
package struct DeepCombination {
  package let groups: [DeepGroup]
  /// Powers of gamma, by position in a group.
  package let powers: [BabyBear5]
  /// All rotations, ascending.
  package let rotations: [Int]
  package let z: BabyBear5
  /// Generator of the trace domain.
  package let generator: BabyBear

  /// - Parameter openings: group by group, rotation by rotation, column by column; the quotient's columns last.
  package init(shape: ProofShape, openings: [BabyBear5], z: BabyBear5, gamma: BabyBear5) {
    var groups: [DeepGroup] = []
    var powers: [BabyBear5] = [.one]
    let all =
      shape.groups.map { ($0.columns, false, $0.rotations) } + [(Array(0..<shape.quotientColumns), true, [0])]
    let longest = all.map { $0.0.count }.max() ?? 0
    while powers.count <= longest { powers.append(powers[powers.count - 1] * gamma) }
    var weight = BabyBear5.one
    var next = 0
    for (columns, isQuotient, rotations) in all {
      var weights: [BabyBear5] = []
      var claims: [BabyBear5] = []
      for _ in rotations {
        weights.append(weight)
        var claim = BabyBear5.zero
        for position in columns.indices { claim += powers[position] * openings[next + position] }
        claims.append(claim)
        next += columns.count
        weight *= powers[columns.count]
      }
      groups.append(
        DeepGroup(
          columns: columns, isQuotient: isQuotient, rotations: rotations, weights: weights, claims: claims))
    }
    self.groups = groups
    self.powers = powers
    rotations = shape.rotations
    self.z = z
    generator = .rootOfUnity(log: shape.logRows)
  }

  /// `g^rotation`.
  package func rotationFactor(_ rotation: Int) -> BabyBear {
    let power = generator.power(rotation.magnitude)
    return rotation < 0 ? power.inverse ?? .one : power
  }
}

/// The quotient's codeword, coset by coset.
struct DeepQuotient {
  let combination: DeepCombination
  let shape: ProofShape
  let engine: Engine

  /// Five columns over the extension's cosets.
  func codeword(
    trace: borrowing CosetColumns<BabyBear>, quotient: borrowing CosetColumns<BabyBear>
  ) -> CosetColumns<BabyBear> {
    let codeword = CosetColumns<BabyBear>(
      uninitialized: shape.rows, count: 5, cosets: shape.blowup, on: engine)
    for coset in 0..<shape.blowup {
      evaluate(coset: coset, trace: trace, quotient: quotient, into: (0..<5).map { codeword.pointer($0, coset: coset) })
    }
    return codeword
  }

  private func evaluate(
    coset: Int, trace: borrowing CosetColumns<BabyBear>, quotient: borrowing CosetColumns<BabyBear>,
    into out: [UnsafeMutablePointer<BabyBear>]
  ) {
    let rows = shape.rows
    let domain = EvaluationDomain(shape: shape)
    let kernels = engine.babyBearKernels
    let groups = combination.groups
    let work = Columns<BabyBear>(uninitialized: rows, count: 6 + 5 * groups.count, on: engine)
    let points = work.pointer(0)
    let inverse = (0..<5).map { work.pointer(1 + $0) }
    fillPowers(points, first: domain.start(ofCoset: coset), ratio: domain.generator, count: rows, on: engine)

    let z = words([combination.z])
    let minimal = combination.z.minimalPolynomial.map(\.montgomery)
    var sources: [[UnsafePointer<UInt32>?]] = []
    for group in groups {
      var columns: [UnsafePointer<UInt32>?] = []
      for column in group.columns {
        let values = group.isQuotient ? quotient.pointer(column, coset: coset) : trace.pointer(column, coset: coset)
        columns.append(UnsafePointer(values.words))
      }
      sources.append(columns)
    }
    let sums = groups.indices.map { group in (0..<5).map { work.pointer(6 + 5 * group + $0) } }
    let coefficients = words(combination.powers)
    let pieces = Shared((points: points, inverse: inverse, sums: sums, sources: sources, out: out))
    engine.forEachRange(rows, grain: 4096) { range, _ in
      let (points, inverse, sums, sources, out) = pieces.value
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * range.count) { scratch in
        kernels.quintic_inverse_of_difference(
          inverse.map { ($0 + range.lowerBound).words }, (points + range.lowerBound).words, z, minimal,
          scratch.baseAddress, range.count)
      }
      for (sum, columns) in zip(sums, sources) {
        kernels.quintic_combine(
          sum.map { ($0 + range.lowerBound).words }, columns, coefficients, columns.count, range.lowerBound,
          range.count)
      }
      for column in out { (column + range.lowerBound).update(repeating: .zero, count: range.count) }
    }

    let shares = combination.rotations.map { DeepShare(rotation: $0, combination: combination) }
    engine.forEachRange(rows, grain: 4096) { range, _ in
      let (_, inverse, sums, _, out) = pieces.value
      for share in shares {
        for piece in RotatedRows.pieces(of: range, rotation: share.rotation, rows: rows) {
          kernels.quintic_deep(
            out.map { ($0 + piece.row).words }, inverse.map { UnsafePointer(($0 + piece.from).words) },
            share.groups.flatMap { sums[$0].map { UnsafePointer($0.words) } }, share.coefficients,
            share.groups.count, share.constant, piece.row, piece.count)
        }
      }
    }
    withExtendedLifetime(work) {}
  }
}

/// One opening point's share of the quotient, as words for the kernel.
private struct DeepShare {
  let rotation: Int
  let groups: [Int]
  let coefficients: [UInt32]
  let constant: [UInt32]

  init(rotation: Int, combination: DeepCombination) {
    self.rotation = rotation
    let factor = combination.rotationFactor(-rotation)
    var groups: [Int] = []
    var weights: [BabyBear5] = []
    var constant = BabyBear5.zero
    for (number, group) in combination.groups.enumerated() {
      guard let index = group.rotations.firstIndex(of: rotation) else { continue }
      let weight = group.weights[index] * factor
      groups.append(number)
      weights.append(weight)
      constant -= weight * group.claims[index]
    }
    self.groups = groups
    coefficients = words(weights)
    self.constant = words([constant])
  }
}

/// Montgomery words of extension elements, one after the other.
func words(_ elements: [BabyBear5]) -> [UInt32] { elements.flatMap { $0.coefficients.map(\.montgomery) } }
