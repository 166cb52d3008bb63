// Arithmetic on columns of an extension, and between them and columns of its base field: random linear combinations,
// and values at extension points.
//
// A column of the extension is `degree` columns, the constants first. Sums, differences and products with base
// elements are those of the columns, as they are.

extension Engine {
  /// `a * b`, element by element, of columns of the extension.
  ///
  /// - Precondition: columns of the same shape, `degree` of them for each column of the extension.
  public func product<E: ChallengeField>(
    _ a: borrowing Columns<E.Base>, _ b: borrowing Columns<E.Base>, over field: E.Type
  ) -> Columns<E.Base> {
    precondition(
      a.rows == b.rows && a.count == b.count && a.count % E.degree == 0,
      "columns of \(a.rows) x \(a.count) and of \(b.rows) x \(b.count) are not as many columns of the extension")
    let (rows, count) = (a.rows, a.count)
    let out = Columns<E.Base>(uninitialized: rows, count: count, on: self)
    let multiply = kernels(over: E.self, rows: rows).multiply
    let shared = Shared((out: out.pointers, a: a.pointers, b: b.pointers))
    forEachRange(rows, grain: tuning.blockRows, cells: 3 * count) { range, _ in
      let (out, a, b) = shared.value
      for first in stride(from: 0, to: count, by: E.degree) {
        let limbs = first..<first + E.degree
        multiply(
          limbs.map { out[$0] + range.lowerBound }, limbs.map { UnsafePointer(a[$0] + range.lowerBound) },
          limbs.map { UnsafePointer(b[$0] + range.lowerBound) }, range.count)
      }
    }
    return out
  }

  /// The sum of `coefficients[c]` times column `c`: one column of the extension.
  ///
  /// - Precondition: a coefficient for each column.
  public func combination<E: ChallengeField>(
    of columns: borrowing Columns<E.Base>, coefficients: [E]
  ) -> Columns<E.Base> {
    precondition(
      columns.count == coefficients.count, "\(coefficients.count) coefficients for \(columns.count) columns")
    let out = Columns<E.Base>(uninitialized: columns.rows, count: E.degree, on: self)
    let combine = kernels(over: E.self, rows: columns.rows).combine
    let factors = limbs(coefficients)
    let shared = Shared((out: out.pointers, columns: columns.pointers))
    forEachRange(columns.rows, grain: tuning.blockRows, cells: E.degree + columns.count) { range, _ in
      let (out, columns) = shared.value
      combine(
        out.map { $0 + range.lowerBound }, columns.map { UnsafePointer($0) }, factors, columns.count,
        range.lowerBound, range.count)
    }
    return out
  }

  /// For each column, the sum over all rows of the weight times the element.
  ///
  /// - Parameter weights: one column of the extension.
  /// - Precondition: as many rows as `columns` has.
  public func innerProducts<E: ChallengeField>(
    of columns: borrowing Columns<E.Base>, weights: borrowing Columns<E.Base>, over field: E.Type
  ) -> [E] {
    precondition(
      weights.count == E.degree && weights.rows == columns.rows,
      "weights of \(weights.rows) x \(weights.count) are no column of the extension for \(columns.rows) rows")
    let count = columns.count
    let dot = kernels(over: E.self, rows: columns.rows).dot
    let add = kernels(E.Base.self, rows: columns.rows).add
    let sums = Columns<E.Base>(rows: E.degree * count, count: threads, on: self)
    let shared = Shared((sums: sums.pointers, weights: weights.pointers, columns: columns.pointers))
    forEachRange(columns.rows, grain: tuning.blockRows, cells: E.degree + count) { range, worker in
      let (sums, weights, columns) = shared.value
      withUnsafeTemporaryAllocation(of: E.Base.self, capacity: E.degree * count) { share in
        guard let share = share.baseAddress else { return }
        dot(
          share, weights.map { UnsafePointer($0 + range.lowerBound) }, columns.map { UnsafePointer($0) }, count,
          range.lowerBound, range.count)
        add(sums[worker], sums[worker], share, E.degree * count)
      }
    }
    return (0..<count).map { column in
      var total = E.zero
      for worker in 0..<sums.count {
        total += E(coefficients: (E.degree * column..<E.degree * (column + 1)).map { sums[$0, worker] })
      }
      return total
    }
  }
}

/// The coefficients of extension elements, one element after the other.
@specialized(where E == BabyBear4)
@specialized(where E == BabyBear5)
@specialized(where E == Goldilocks3)
package func limbs<E: ExtensionField>(_ elements: [E]) -> [E.Base] {
  var limbs: [E.Base] = []
  limbs.reserveCapacity(E.degree * elements.count)
  for element in elements {
    for power in 0..<E.degree { limbs.append(element.coefficient(power)) }
  }
  return limbs
}
