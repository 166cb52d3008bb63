// A constraint program's inputs on one coset: the trace's columns, the row selectors, the periodic columns.

internal import ApusField
internal import CApusKernels

/// The columns that the program reads beside the trace's.
struct CosetLeaves: ~Copyable {
  private let graph: ConstraintGraph
  private let rows: Int
  /// x, x - 1, x - g^(rows - 1), and the polynomial that is 1 on the trace's first row and 0 on its others.
  private let selectors: Columns<BabyBear>
  private let periodic: Columns<BabyBear>

  private enum Selector { static let point = 0, notFirst = 1, notLast = 2, first = 3 }

  /// - Parameter start: the coset's first point.
  init(graph: ConstraintGraph, start: BabyBear, rows: Int, on engine: Engine) {
    self.graph = graph
    self.rows = rows
    selectors = Columns(uninitialized: rows, count: 4, on: engine)
    // A periodic column is a polynomial in x^(rows / period): on this coset, too, it repeats with its period.
    var tables: [[BabyBear]] = []
    for column in graph.periodic {
      tables.append(extendPeriodic(column.values, shift: start.power(rows / column.values.count)))
    }
    periodic = Columns(uninitialized: tables.map(\.count).max() ?? 0, count: tables.count, on: engine)
    for (index, table) in tables.enumerated() { periodic.pointer(index).update(from: table, count: table.count) }
    fillSelectors(start: start, on: engine)
  }

  private func fillSelectors(start: BabyBear, on engine: Engine) {
    let kernels = engine.babyBearKernels(rows: rows)
    let generator = BabyBear.rootOfUnity(log: rows.trailingZeroBitCount)
    let last = generator.inverse ?? .one
    // The first row's selector is (x^rows - 1) / (rows (x - 1)), and x^rows is the same on the whole coset.
    let scale = (start.power(rows) - .one) * (BabyBear(rows).inverse ?? .one)
    fillPowers(selectors.pointer(Selector.point), first: start, ratio: generator, count: rows, on: engine)
    let columns = Shared(
      (
        point: selectors.pointer(Selector.point), notFirst: selectors.pointer(Selector.notFirst),
        notLast: selectors.pointer(Selector.notLast), first: selectors.pointer(Selector.first)
      ))
    engine.forEachRange(rows, grain: engine.passRows, cells: 4) { range, _ in
      let (point, notFirst, notLast, first) = columns.value
      for i in range {
        notFirst[i] = point[i] - .one
        notLast[i] = point[i] - last
      }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: range.count) { scratch in
        let to = (first + range.lowerBound).words
        kernels.batch_inverse(to, (notFirst + range.lowerBound).words, scratch.baseAddress, range.count)
        kernels.scale(to, to, scale.montgomery, range.count)
      }
    }
  }

  /// Where the evaluator finds a leaf that varies with the row.
  func input(
    _ leaf: ConstraintNode, trace: borrowing CosetColumns<BabyBear>, coset: Int, publicRows: [Int]
  ) -> apus_input {
    switch leaf {
    case .column(let column, let rotation):
      Self.input(trace.pointer(column, coset: coset), rows: rows, rotation: rotation)
    case .periodic(let index):
      Self.input(periodic.pointer(index), rows: graph.periodic[index].values.count, rotation: 0)
    case .firstRow: selector(Selector.first)
    // Row r's selector at x is the first row's at x g^-r.
    case .lastRow: selector(Selector.first, rotation: 1)
    case .publicRow(let index): selector(Selector.first, rotation: -publicRows[index])
    case .notFirstRow: selector(Selector.notFirst)
    case .notLastRow: selector(Selector.notLast)
    case .constant, .publicValue, .add, .subtract, .multiply: preconditionFailure("\(leaf) is no input")
    }
  }

  private func selector(_ index: Int, rotation: Int = 0) -> apus_input {
    Self.input(selectors.pointer(index), rows: rows, rotation: rotation)
  }
  private static func input(_ values: UnsafeMutablePointer<BabyBear>, rows: Int, rotation: Int) -> apus_input {
    apus_input(values: UnsafePointer(values.words), rows: rows, rotation: rotation & (rows - 1))
  }
}

/// The values of the polynomial that interpolates one period, on a coset of the period's subgroup.
private func extendPeriodic(_ values: [BabyBear], shift: BabyBear) -> [BabyBear] {
  let log = values.count.trailingZeroBitCount
  let size = BabyBear(values.count).inverse ?? .one
  let coefficients = smallTransform(values, root: BabyBear.rootOfUnity(log: log).inverse ?? .one)
  var scaled: [BabyBear] = []
  var power = size
  for coefficient in coefficients {
    scaled.append(coefficient * power)
    power *= shift
  }
  return smallTransform(scaled, root: .rootOfUnity(log: log))
}

/// `out[i] = sum over j of in[j] root^(i j)`, for a root of unity of the values' number: recursive, for short columns.
private func smallTransform(_ values: [BabyBear], root: BabyBear) -> [BabyBear] {
  guard values.count > 1 else { return values }
  let half = values.count / 2
  let even = smallTransform((0..<half).map { values[2 * $0] }, root: root * root)
  let odd = smallTransform((0..<half).map { values[2 * $0 + 1] }, root: root * root)
  var result = [BabyBear](repeating: .zero, count: values.count)
  var power = BabyBear.one
  for i in 0..<half {
    result[i] = even[i] + power * odd[i]
    result[i + half] = even[i] - power * odd[i]
    power *= root
  }
  return result
}
