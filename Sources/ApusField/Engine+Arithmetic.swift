// Element-wise arithmetic on columns of any field that has kernels. The work is cut into pieces of the tuning's block
// size, which stay in a core's cache, and spread over the engine's threads.

extension Engine {
  /// `a + b`, element by element.
  ///
  /// - Precondition: here and below, columns that are combined have the same shape.
  public func sum<F: ColumnField>(_ a: borrowing Columns<F>, _ b: borrowing Columns<F>) -> Columns<F> {
    let out = Columns<F>(uninitialized: a.rows, count: a.count, on: self)
    combine(a, b, into: out, kernels(F.self, rows: a.rows).add)
    return out
  }

  /// Adds `b` to `a`, element by element.
  public func add<F: ColumnField>(_ b: borrowing Columns<F>, to a: inout Columns<F>) {
    combine(a, b, into: a, kernels(F.self, rows: a.rows).add)
  }

  /// `a - b`, element by element.
  public func difference<F: ColumnField>(_ a: borrowing Columns<F>, _ b: borrowing Columns<F>) -> Columns<F> {
    let out = Columns<F>(uninitialized: a.rows, count: a.count, on: self)
    combine(a, b, into: out, kernels(F.self, rows: a.rows).subtract)
    return out
  }

  /// Subtracts `b` from `a`, element by element.
  public func subtract<F: ColumnField>(_ b: borrowing Columns<F>, from a: inout Columns<F>) {
    combine(a, b, into: a, kernels(F.self, rows: a.rows).subtract)
  }

  /// `a * b`, element by element.
  public func product<F: ColumnField>(_ a: borrowing Columns<F>, _ b: borrowing Columns<F>) -> Columns<F> {
    let out = Columns<F>(uninitialized: a.rows, count: a.count, on: self)
    combine(a, b, into: out, kernels(F.self, rows: a.rows).multiply)
    return out
  }

  /// Multiplies `a` by `b`, element by element.
  public func multiply<F: ColumnField>(_ a: inout Columns<F>, by b: borrowing Columns<F>) {
    combine(a, b, into: a, kernels(F.self, rows: a.rows).multiply)
  }

  /// `factor * a`.
  public func scaled<F: ColumnField>(_ a: borrowing Columns<F>, by factor: F) -> Columns<F> {
    let out = Columns<F>(uninitialized: a.rows, count: a.count, on: self)
    scale(a, by: factor, into: out)
    return out
  }

  /// Multiplies every element of `a` by `factor`.
  public func scale<F: ColumnField>(_ a: inout Columns<F>, by factor: F) { scale(a, by: factor, into: a) }

  /// Adds `a * b` to `sum`, element by element.
  public func addProduct<F: ColumnField>(
    of a: borrowing Columns<F>, and b: borrowing Columns<F>, to sum: inout Columns<F>
  ) {
    requireShape(a, of: sum)
    requireShape(b, of: sum)
    let (out, a, b, multiplyAdd) = (Cells(sum), Cells(a), Cells(b), kernels(F.self, rows: a.rows).multiplyAdd)
    forEachPiece(of: sum) { piece, _ in
      multiplyAdd(out[piece], a[piece], b[piece], out[piece], piece.rows.count)
    }
  }

  /// Every element's inverse; the inverse of zero is zero here.
  public func inverses<F: ColumnField>(of a: borrowing Columns<F>) -> Columns<F> {
    let out = Columns<F>(uninitialized: a.rows, count: a.count, on: self)
    invert(a, into: out)
    return out
  }

  /// Replaces every element by its inverse, and leaves zeros.
  public func invert<F: ColumnField>(_ a: inout Columns<F>) { invert(a, into: a) }

  /// One column of `rows` elements: `first * ratio^i`.
  public func powers<F: ColumnField>(of ratio: F, from first: F = .one, rows: Int) -> Columns<F> {
    let out = Columns<F>(uninitialized: rows, count: 1, on: self)
    let (cells, powers) = (Cells(out), kernels(F.self, rows: rows).powers)
    forEachPiece(of: out) { piece, _ in
      powers(cells[piece], first * ratio.power(piece.rows.lowerBound), ratio, piece.rows.count)
    }
    return out
  }

  private func combine<F: ColumnField>(
    _ a: borrowing Columns<F>, _ b: borrowing Columns<F>, into out: borrowing Columns<F>,
    _ kernel: @escaping ColumnKernels<F>.Binary
  ) {
    requireShape(b, of: a)
    let (cells, a, b) = (Cells(out), Cells(a), Cells(b))
    forEachPiece(of: out) { piece, _ in kernel(cells[piece], a[piece], b[piece], piece.rows.count) }
  }

  private func scale<F: ColumnField>(_ a: borrowing Columns<F>, by factor: F, into out: borrowing Columns<F>) {
    let (cells, a, kernel) = (Cells(out), Cells(a), kernels(F.self, rows: a.rows).scale)
    forEachPiece(of: out) { piece, _ in kernel(cells[piece], a[piece], factor, piece.rows.count) }
  }

  private func invert<F: ColumnField>(_ a: borrowing Columns<F>, into out: borrowing Columns<F>) {
    let scratch = Columns<F>(uninitialized: min(tuning.blockRows, a.rows), count: threads, on: self)
    let (cells, a, free, kernel) = (Cells(out), Cells(a), Cells(scratch), kernels(F.self, rows: a.rows).invert)
    forEachPiece(of: out) { piece, worker in
      kernel(cells[piece], a[piece], free.columns[worker], piece.rows.count)
    }
    withExtendedLifetime(scratch) {}
  }

  private func requireShape<F: ColumnField>(_ a: borrowing Columns<F>, of b: borrowing Columns<F>) {
    precondition(
      a.rows == b.rows && a.count == b.count,
      "columns of \(a.rows) x \(a.count) do not combine with columns of \(b.rows) x \(b.count)")
  }

  /// Calls `work` for every piece of every column, on all threads, and returns when all are done.
  private func forEachPiece<F: Field>(
    of columns: borrowing Columns<F>, _ work: @Sendable (_ piece: Piece, _ worker: Int) -> Void
  ) {
    let rows = columns.rows
    guard rows > 0 else { return }
    let block = min(tuning.blockRows, rows)
    let perColumn = (rows + block - 1) / block
    // Short columns go to a thread several at a time.
    let grain = max(1, tuning.blockRows / rows)
    forEachRange(columns.count * perColumn, grain: grain, cells: block) { range, worker in
      for i in range {
        let begin = i % perColumn * block
        work(Piece(column: i / perColumn, rows: begin..<min(rows, begin + block)), worker)
      }
    }
  }
}

/// Consecutive rows of one column.
private struct Piece {
  let column: Int
  let rows: Range<Int>
}

/// Where columns' elements are, for threads that work on pieces apart from each other.
/// The columns live at least until the work is done: their owner is borrowed by the call that waits for it.
private struct Cells<Element: Field>: @unchecked Sendable {
  let columns: [UnsafeMutablePointer<Element>]

  init(_ columns: borrowing Columns<Element>) {
    var starts: [UnsafeMutablePointer<Element>] = []
    for column in 0..<columns.count { starts.append(columns.pointer(column)) }
    self.columns = starts
  }

  subscript(piece: Piece) -> UnsafeMutablePointer<Element> { columns[piece.column] + piece.rows.lowerBound }
}
