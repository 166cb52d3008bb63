// Exact products of dense matrices: a linear layer over columns, a change of basis, an encoding.

internal import CApusKernels

extension Engine {
  /// The matrix product `a · b`, exact in the field: entry `(i, j)` is the sum over `k` of `a[i, k] · b[k, j]`.
  ///
  /// Columns are a matrix by columns: `a` has `a.rows` rows and `a.count` columns, the result `a.rows` and `b.count`.
  /// A sum of no products is zero.
  ///
  /// - Precondition: `a.count == b.rows`.
  public func matrixProduct(
    _ a: borrowing Columns<BabyBear>, _ b: borrowing Columns<BabyBear>
  ) -> Columns<BabyBear> {
    precondition(
      a.count == b.rows, "a matrix of \(a.rows) x \(a.count) does not multiply one of \(b.rows) x \(b.count)")
    let (rows, terms, count) = (a.rows, a.count, b.count)
    let out = Columns<BabyBear>(uninitialized: rows, count: count, on: self)
    guard rows > 0, count > 0 else { return out }
    let kernel = matrixKernels(rows: rows).babybear_product
    let scratch = Columns<BabyBear>(
      uninitialized: Int(APUS_MATRIX_SCRATCH_WORDS), count: threads, on: self)
    let shared = Shared(
      (
        out: out.pointers.map(\.words), a: a.pointers.map(\.words), b: b.pointers.map(\.words),
        scratch: scratch.pointers.map(\.words)
      ))

    // By rows, matrices are transposed here: out^T = b^T a^T, whose rows are columns. A task prepares its part of both
    // factors, so it takes many rows and columns, unless threads would be left without work.
    let shares = threads == 1 ? 1 : 2 * threads
    let rowGrain = max(64, min(1024, (rows / shares + 63) / 64 * 64))
    let columnGrain = Int(APUS_MATRIX_BLOCK_ROWS)
    let rowPieces = (rows + rowGrain - 1) / rowGrain
    let columnPieces = (count + columnGrain - 1) / columnGrain
    forEachRange(rowPieces * columnPieces) { range, worker in
      let (out, a, b, scratch) = shared.value
      for task in range {
        let row = task % rowPieces * rowGrain
        let column = task / rowPieces * columnGrain
        let columns = column..<min(column + columnGrain, count)
        kernel?(
          columns.map { out[$0] + row }, columns.map { UnsafePointer(b[$0]) }, a.map { UnsafePointer($0 + row) },
          columns.count, terms, min(rowGrain, rows - row), scratch[worker])
      }
    }
    withExtendedLifetime(scratch) {}
    return out
  }

  private func matrixKernels(rows: Int) -> apus_matrix_kernels {
    guard let table = apus_matrix_kernels_for(instructionSet(for: .field, rows: rows).code) else {
      preconditionFailure("an engine's instruction set is supported")
    }
    return table.pointee
  }
}
