// The DEEP quotient: one codeword that is close to low degree only if every opened value is what it claims to be.
//
// D(x) = sum over groups G, rotations r of G:
//        gamma^e(G,r) / (x - z g^r) · sum over columns c of G: gamma^position(c) (f_c(x) - f_c(z g^r))
// e(G,r) counts the values before, so all powers of gamma are distinct, and the inner sum of a group over its columns
// is the same for each of its rotations. With x = s g^i, 1 / (x - z g^r) = g^-r / (s g^(i-r) - z): one column of
// inverses serves all rotations.

package import ApusField
internal import ApusNTT

/// A group of columns opened at the same rotations of z, and the weights of its terms.
package struct DeepGroup<E: ChallengeField> {
  /// Columns of the trace, or of the quotient.
  package let columns: [Int]
  package let isQuotient: Bool
  package let rotations: [Int]
  /// For each rotation, gamma to the number of values opened before.
  package let weights: [E]
  /// For each rotation, the sum of gamma^position times the opened value.
  package let claims: [E]
}

/// What both sides compute from gamma and the opened values.
package struct DeepCombination<E: ChallengeField> where E.Base: ProvingField {
  package let groups: [DeepGroup<E>]
  /// Powers of gamma, by position in a group.
  package let powers: [E]
  /// All rotations, ascending.
  package let rotations: [Int]
  package let z: E
  /// Generator of the trace domain.
  package let generator: E.Base

  /// - Parameter openings: group by group, rotation by rotation, column by column; the quotient's columns last.
  package init(shape: ProofShape, openings: [E], z: E, gamma: E) {
    var groups: [DeepGroup<E>] = []
    var powers: [E] = [.one]
    let all =
      shape.groups.map { ($0.columns, false, $0.rotations) } + [(Array(0..<shape.quotientColumns), true, [0])]
    let longest = all.map { $0.0.count }.max() ?? 0
    while powers.count <= longest { powers.append(powers[powers.count - 1] * gamma) }
    var weight = E.one
    var next = 0
    for (columns, isQuotient, rotations) in all {
      var weights: [E] = []
      var claims: [E] = []
      for _ in rotations {
        weights.append(weight)
        var claim = E.zero
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
  package func rotationFactor(_ rotation: Int) -> E.Base {
    let power = generator.power(rotation.magnitude)
    return rotation < 0 ? power.inverse ?? .one : power
  }
}

/// The quotient's codeword, coset by coset.
///
/// The inner sums are polynomials of the trace's degree: they are taken on one coset, where each column is read once,
/// and extended from there, `E.degree` columns for each group instead of all the group's.
struct DeepQuotient<E: ChallengeField> where E.Base: ProvingField {
  let combination: DeepCombination<E>
  let shape: ProofShape
  let engine: Engine
  private let shares: [DeepShare<E>]

  init(combination: DeepCombination<E>, shape: ProofShape, engine: Engine) {
    self.combination = combination
    self.shape = shape
    self.engine = engine
    shares = combination.rotations.map { DeepShare(rotation: $0, combination: combination) }
  }

  /// `E.degree` columns over the extension's cosets, from the groups' sums on the coset that begins at `shift`.
  func codeword(_ sums: consuming Columns<E.Base>, shift: E.Base) throws -> CosetColumns<E.Base> {
    let ntt = try NTT<E.Base>(rows: shape.rows)
    let domain = EvaluationDomain<E.Base>(shape: shape)
    let codeword = uninitializedCodeword()
    var sums = sums
    // The extension's own coset, if the columns were read there.
    let known = (0..<shape.blowup).first { domain.start(ofCoset: $0) == shift }
    if let known { evaluate(coset: known, sums: sums.pointers, into: codeword.pointers(coset: known)) }
    ntt.bitReversedCoefficients(of: &sums, shift: shift, on: engine)
    for coset in 0..<shape.blowup where coset != known {
      ntt.coset(shift: domain.start(ofCoset: coset), ofBitReversedCoefficients: sums, on: engine).withCoset(0) {
        evaluate(coset: coset, sums: $0.columns, into: codeword.pointers(coset: coset))
      }
    }
    return codeword
  }

  /// The codeword, given the groups' sums on each coset: `E.degree` columns for each group.
  func codeword(_ sums: (_ coset: Int) throws -> CosetColumns<E.Base>) throws -> CosetColumns<E.Base> {
    let codeword = uninitializedCodeword()
    for coset in 0..<shape.blowup {
      try sums(coset).withCoset(0) {
        evaluate(coset: coset, sums: $0.columns, into: codeword.pointers(coset: coset))
      }
    }
    return codeword
  }

  private func uninitializedCodeword() -> CosetColumns<E.Base> {
    CosetColumns(uninitialized: shape.rows, count: E.degree, cosets: shape.blowup, on: engine)
  }

  /// The groups' sums where the columns are read: `E.degree` columns for each group.
  func sums(
    trace: borrowing some ExtendedColumns<E.Base> & ~Copyable,
    quotient: borrowing some ExtendedColumns<E.Base> & ~Copyable
  ) -> Columns<E.Base> {
    let result = Columns<E.Base>(uninitialized: shape.rows, count: E.degree * combination.groups.count, on: engine)
    for (number, group) in combination.groups.enumerated() {
      let limbs = (0..<E.degree).map { result.pointer(E.degree * number + $0) }
      if group.isQuotient {
        sum(group, of: quotient, into: limbs)
      } else {
        sum(group, of: trace, into: limbs)
      }
    }
    return result
  }

  private func sum(
    _ group: DeepGroup<E>, of matrix: borrowing some ExtendedColumns<E.Base> & ~Copyable,
    into sum: [UnsafeMutablePointer<E.Base>]
  ) {
    let combine = engine.kernels(over: E.self, rows: shape.rows).combine
    let add = engine.kernels(E.Base.self, rows: shape.rows).add
    matrix.withReadings(of: group.columns) { first, view in
      let count = view.columns.count
      let coefficients = limbs(Array(combination.powers[first..<first + count]))
      let pieces = Shared((sum: sum, columns: view.columns.map { UnsafePointer<E.Base>?($0) }))
      engine.forEachRange(shape.rows, grain: engine.tuning.blockRows, cells: count) { range, _ in
        let (sum, columns) = pieces.value
        let out = sum.map { Optional($0 + range.lowerBound) }
        if first == 0 {
          combine(out, columns, coefficients, count, range.lowerBound, range.count)
          return
        }
        withUnsafeTemporaryAllocation(of: E.Base.self, capacity: E.degree * range.count) { scratch in
          guard let share = scratch.baseAddress else { return }
          combine(
            (0..<E.degree).map { share + $0 * range.count }, columns, coefficients, count, range.lowerBound, range.count
          )
          for (limb, to) in sum.enumerated() {
            let to = to + range.lowerBound
            add(to, to, share + limb * range.count, range.count)
          }
        }
      }
    }
  }

  private func evaluate(
    coset: Int, sums: [UnsafeMutablePointer<E.Base>], into out: [UnsafeMutablePointer<E.Base>]
  ) {
    let rows = shape.rows
    let domain = EvaluationDomain<E.Base>(shape: shape)
    let kernels = engine.kernels(over: E.self, rows: rows)
    let inverses = Columns<E.Base>(uninitialized: rows, count: E.degree, on: engine)
    let powers = engine.kernels(E.Base.self, rows: rows).powers
    let (start, generator) = (domain.start(ofCoset: coset), domain.generator)
    let z = combination.z.coefficients
    let minimal = combination.z.minimalPolynomial
    let pieces = Shared((inverse: inverses.pointers, sums: sums, out: out))
    engine.forEachRange(rows, grain: engine.tuning.blockRows, cells: 1 + E.degree) { range, _ in
      let (inverse, _, out) = pieces.value
      withUnsafeTemporaryAllocation(of: E.Base.self, capacity: 3 * range.count) { scratch in
        guard let points = scratch.baseAddress else { return }
        powers(points, start * generator.power(range.lowerBound), generator, range.count)
        kernels.inverseOfDifference(
          inverse.map { $0 + range.lowerBound }, points, z, minimal, points + range.count, range.count)
      }
      for column in out { (column + range.lowerBound).update(repeating: .zero, count: range.count) }
    }

    engine.forEachRange(rows, grain: engine.tuning.blockRows, cells: sums.count) { [shares] range, _ in
      let (inverse, sums, out) = pieces.value
      for share in shares {
        let terms = share.groups.flatMap { group in
          (0..<E.degree).map { UnsafePointer<E.Base>?(sums[E.degree * group + $0]) }
        }
        for piece in RotatedRows.pieces(of: range, rotation: share.rotation, rows: rows) {
          kernels.deep(
            out.map { $0 + piece.row }, inverse.map { UnsafePointer($0 + piece.from) }, terms, share.coefficients,
            share.groups.count, share.constant, piece.row, piece.count)
        }
      }
    }
    withExtendedLifetime(inverses) {}
  }
}

/// One opening point's share of the quotient, as limbs for the kernel.
private struct DeepShare<E: ChallengeField>: Sendable where E.Base: ProvingField {
  let rotation: Int
  let groups: [Int]
  let coefficients: [E.Base]
  let constant: [E.Base]

  init(rotation: Int, combination: DeepCombination<E>) {
    self.rotation = rotation
    let factor = combination.rotationFactor(-rotation)
    var groups: [Int] = []
    var weights: [E] = []
    var constant = E.zero
    for (number, group) in combination.groups.enumerated() {
      guard let index = group.rotations.firstIndex(of: rotation) else { continue }
      let weight = group.weights[index] * factor
      groups.append(number)
      weights.append(weight)
      constant -= weight * group.claims[index]
    }
    self.groups = groups
    coefficients = limbs(weights)
    self.constant = constant.coefficients
  }
}

extension CosetColumns {
  /// Each column's first element on a coset.
  func pointers(coset: Int) -> [UnsafeMutablePointer<Element>] {
    var pointers: [UnsafeMutablePointer<Element>] = []
    for column in 0..<count { pointers.append(pointer(column, coset: coset)) }
    return pointers
  }
}
