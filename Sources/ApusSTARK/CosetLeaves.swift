// A constraint program's inputs on one coset: the trace's columns, the row selectors, the periodic columns.

internal import ApusField
internal import ApusNTT
internal import CApusKernels

/// The columns that the program reads beside the trace's.
struct CosetLeaves<F: ProvingField>: ~Copyable {
  private let graph: ConstraintGraph
  private let rows: Int
  /// x, x - 1, x - g^(rows - 1), and the polynomial that is 1 on the trace's first row and 0 on its others.
  private let selectors: Columns<F>
  private let periodic: Columns<F>

  /// - Parameter start: the coset's first point.
  init(graph: ConstraintGraph, start: F, rows: Int, on engine: Engine) {
    self.graph = graph
    self.rows = rows
    selectors = Columns(uninitialized: rows, count: 4, on: engine)
    periodic = Columns(
      uninitialized: graph.periodic.map(\.values.count).max() ?? 0, count: graph.periodic.count, on: engine)
    let byPeriod = Dictionary(grouping: graph.periodic.indices) { graph.periodic[$0].values.count }
    for (period, columns) in byPeriod { extend(columns, period: period, start: start, on: engine) }
    fillSelectors(start: start, on: engine)
  }

  // Copies for single elements' arithmetic, as in `Prover`.

  /// A periodic column is a polynomial in x^(rows / period): on this coset, too, it repeats with its period.
  @specialized(where F == BabyBear)
  @specialized(where F == Goldilocks)
  private func extend(_ numbers: [Int], period: Int, start: F, on engine: Engine) {
    var columns = Columns<F>(uninitialized: period, count: numbers.count, on: engine)
    for (place, number) in numbers.enumerated() {
      for (row, value) in graph.periodic[number].values.enumerated() { columns[row, place] = F(value) }
    }
    guard let ntt = try? NTT<F>(rows: period) else { preconditionFailure("a period divides the rows") }
    ntt.bitReversedCoefficients(of: &columns, shift: .one, on: engine)
    let values = ntt.coset(shift: start.power(rows / period), ofBitReversedCoefficients: columns, on: engine)
    for (place, number) in numbers.enumerated() {
      periodic.pointer(number).update(from: values.pointer(place, coset: 0), count: period)
    }
  }

  private func fillSelectors(start: F, on engine: Engine) {
    let kernels = engine.kernels(F.self, rows: rows)
    let generator = F.rootOfUnity(log: rows.trailingZeroBitCount)
    let last = generator.inverse ?? .one
    // The first row's selector is (x^rows - 1) / (rows (x - 1)), and x^rows is the same on the whole coset.
    let scale = (start.power(rows) - .one) * (F(UInt64(rows)).inverse ?? .one)
    fillPowers(selectors.pointer(SelectorColumn.point), first: start, ratio: generator, count: rows, on: engine)
    let columns = Shared(
      (
        point: selectors.pointer(SelectorColumn.point), notFirst: selectors.pointer(SelectorColumn.notFirst),
        notLast: selectors.pointer(SelectorColumn.notLast), first: selectors.pointer(SelectorColumn.first)
      ))
    engine.forEachRange(rows, grain: engine.passRows, cells: 4) { range, _ in
      let (point, notFirst, notLast, first) = columns.value
      for i in range {
        notFirst[i] = point[i] - .one
        notLast[i] = point[i] - last
      }
      withUnsafeTemporaryAllocation(of: F.self, capacity: range.count) { scratch in
        guard let free = scratch.baseAddress else { return }
        let to = first + range.lowerBound
        kernels.invert(to, notFirst + range.lowerBound, free, range.count)
        kernels.scale(to, to, scale, range.count)
      }
    }
  }

  /// Where the evaluator finds a leaf that varies with the row.
  func input(
    _ leaf: ConstraintNode, trace: CosetView<F>, publicRows: [Int]
  ) -> apus_input {
    switch leaf {
    case .column(let column, let rotation):
      Self.input(trace.columns[column], rows: rows, rotation: rotation)
    case .periodic(let index):
      Self.input(periodic.pointer(index), rows: graph.periodic[index].values.count, rotation: 0)
    case .firstRow: selector(SelectorColumn.first)
    // Row r's selector at x is the first row's at x g^-r.
    case .lastRow: selector(SelectorColumn.first, rotation: 1)
    case .publicRow(let index): selector(SelectorColumn.first, rotation: -publicRows[index])
    case .notFirstRow: selector(SelectorColumn.notFirst)
    case .notLastRow: selector(SelectorColumn.notLast)
    case .constant, .publicValue, .add, .subtract, .multiply: preconditionFailure("\(leaf) is no input")
    }
  }

  private func selector(_ index: Int, rotation: Int = 0) -> apus_input {
    Self.input(selectors.pointer(index), rows: rows, rotation: rotation)
  }
  private static func input(_ values: UnsafeMutablePointer<F>, rows: Int, rotation: Int) -> apus_input {
    apus_input(values: UnsafeRawPointer(values), rows: rows, rotation: rotation & (rows - 1))
  }
}

/// Where the selectors lie among their columns.
private enum SelectorColumn { static let point = 0, notFirst = 1, notLast = 2, first = 3 }
