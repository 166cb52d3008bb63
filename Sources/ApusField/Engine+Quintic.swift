// Arithmetic on columns of the quintic extension of BabyBear, and between them and columns of the base field: random
// linear combinations, and values at extension points.
//
// A column of the extension is five columns, the constants first: columns 5 k ..< 5 k + 5 are its coefficients of
// 1, X, ..., X^4. Sums, differences and products with base elements are those of the five columns, as they are.

internal import CApusKernels

extension Engine {
  /// `a * b`, element by element, of columns of the extension.
  ///
  /// - Precondition: columns of the same shape, five for each column of the extension.
  public func quinticProduct(
    _ a: borrowing Columns<BabyBear>, _ b: borrowing Columns<BabyBear>
  ) -> Columns<BabyBear> {
    precondition(
      a.rows == b.rows && a.count == b.count && a.count % 5 == 0,
      "columns of \(a.rows) x \(a.count) and of \(b.rows) x \(b.count) are not as many columns of the extension")
    let (rows, count) = (a.rows, a.count)
    let out = Columns<BabyBear>(uninitialized: rows, count: count, on: self)
    let kernel = babyBearKernels.quintic_mul
    let shared = Shared((out: out.wordPointers, a: a.wordPointers, b: b.wordPointers))
    forEachRange(rows, grain: Self.quinticRows) { range, _ in
      let (out, a, b) = shared.value
      for first in stride(from: 0, to: count, by: 5) {
        let limbs = first..<first + 5
        kernel?(
          limbs.map { out[$0] + range.lowerBound }, limbs.map { UnsafePointer(a[$0] + range.lowerBound) },
          limbs.map { UnsafePointer(b[$0] + range.lowerBound) }, range.count)
      }
    }
    return out
  }

  /// The sum of `coefficients[c]` times column `c`: one column of the extension, that is five columns.
  ///
  /// - Precondition: a coefficient for each column.
  public func combination(
    of columns: borrowing Columns<BabyBear>, coefficients: [BabyBear5]
  ) -> Columns<BabyBear> {
    precondition(
      columns.count == coefficients.count, "\(coefficients.count) coefficients for \(columns.count) columns")
    let out = Columns<BabyBear>(uninitialized: columns.rows, count: 5, on: self)
    let kernel = babyBearKernels.quintic_combine
    let words = coefficients.flatMap { $0.coefficients.map(\.montgomery) }
    let shared = Shared((out: out.wordPointers, columns: columns.wordPointers))
    forEachRange(columns.rows, grain: Self.quinticRows) { range, _ in
      let (out, columns) = shared.value
      kernel?(
        out.map { $0 + range.lowerBound }, columns.map { UnsafePointer($0) }, words, columns.count, range.lowerBound,
        range.count)
    }
    return out
  }

  /// For each column, the sum over all rows of the weight times the element.
  ///
  /// - Parameter weights: one column of the extension, that is five columns.
  /// - Precondition: as many rows as `columns` has.
  public func innerProducts(
    of columns: borrowing Columns<BabyBear>, weights: borrowing Columns<BabyBear>
  ) -> [BabyBear5] {
    precondition(
      weights.count == 5 && weights.rows == columns.rows,
      "weights of \(weights.rows) x \(weights.count) are no column of the extension for \(columns.rows) rows")
    let (count, table) = (columns.count, babyBearKernels)
    let sums = Columns<BabyBear>(rows: 5 * count, count: threads, on: self)
    let shared = Shared((sums: sums.wordPointers, weights: weights.wordPointers, columns: columns.wordPointers))
    forEachRange(columns.rows, grain: Self.quinticRows) { range, worker in
      let (sums, weights, columns) = shared.value
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 5 * count) { share in
        table.quintic_dot(
          share.baseAddress, weights.map { UnsafePointer($0 + range.lowerBound) }, columns.map { UnsafePointer($0) },
          count, range.lowerBound, range.count)
        table.add(sums[worker], sums[worker], share.baseAddress, 5 * count)
      }
    }
    return (0..<count).map { column in
      var total = BabyBear5.zero
      for worker in 0..<sums.count {
        total += BabyBear5(coefficients: (5 * column..<5 * column + 5).map { sums[$0, worker] })
      }
      return total
    }
  }

  /// Rows that go to a thread at a time.
  private static var quinticRows: Int { 4096 }
}
