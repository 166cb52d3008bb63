// Which cells of an honest trace may hold something else: for whoever tests a statement. A cell that nothing binds is a
// prover's to choose; whether that is harmless is for the statement's author to say.

public import ApusField
internal import Synchronization

/// A change of one cell that no constraint notices.
public struct UnnoticedChange<Element: ProvingField>: Hashable, CustomStringConvertible, Sendable {
  public let column: Int
  public let columnName: String
  public let row: Int
  /// What the honest trace holds.
  public let value: Element
  /// What it may hold instead.
  public let other: Element

  package init(column: Int, columnName: String, row: Int, value: Element, other: Element) {
    self.column = column
    self.columnName = columnName
    self.row = row
    self.value = value
    self.other = other
  }

  public var description: String { "\(columnName) on row \(row) may be \(other) instead of \(value)" }
}

/// Changes the cells of an honest trace one at a time, and lists the changes that no constraint notices.
///
/// A missing constraint often leaves some cell free. Where others tie the same cells, it does not: what goes unnoticed only
/// when several cells change together is not found.
public struct CellMutations<Element: ProvingField>: Sendable {
  private let evaluator: RowEvaluator<Element>
  private let readings: [Reading]
  private let isConstraint: [Bool]

  /// A cell as a row's constraints see it: of that column, so many rows further on.
  private struct Reading: Sendable {
    let column: Int
    let offset: Int
    /// The cell's nodes and what depends on them, each after its operands.
    let nodes: [Int]
  }

  /// - Precondition: the statement's rows are a power of two.
  public init<S: Statement>(_ statement: S) where S.Element == Element { self.init(CapturedStatement(statement)) }

  /// - Precondition: the statement's rows are a power of two.
  package init(_ statement: CapturedStatement<Element>) {
    evaluator = RowEvaluator(statement)
    let (graph, rows) = (statement.graph, statement.rows)
    // Rotations that differ by the trace's rows read the same cell.
    var leaves: [[Int]: [Int]] = [:]
    for case (let leaf, .column(let column, let rotation)) in graph.nodes.enumerated() {
      leaves[[column, rotation & (rows - 1)], default: []].append(leaf)
    }
    readings = leaves.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { Reading(column: $0.key[0], offset: $0.key[1], nodes: graph.dependents(on: $0.value)) }
    var isConstraint = [Bool](repeating: false, count: graph.nodes.count)
    for constraint in graph.constraints { isConstraint[constraint.node] = true }
    self.isConstraint = isConstraint
  }

  // Copies for single elements' arithmetic, as in `Prover`.

  /// The cells that may hold something else, each with one such value, column by column.
  ///
  /// A cell is given one more, one less, its lowest bit flipped, and a random value.
  ///
  /// - Parameters:
  ///   - trace: an honest trace, which stays as it is.
  ///   - sample: as many cells only, drawn without preference; all if `nil`.
  ///   - seed: of the sample and of the random values.
  ///   - engine: whose threads share the rows; the result does not depend on it.
  /// - Complexity: for each cell, what the constraints that read it cost on the rows where they read it.
  /// - Throws: what the trace violates, if it is not honest.
  /// - Precondition: the trace has the statement's rows and columns.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func freeCells(
    in trace: borrowing Columns<Element>, sample: Int? = nil, seed: UInt64 = 0, on engine: Engine = .default
  ) throws(Violation) -> [UnnoticedChange<Element>] {
    let (rows, columns) = (evaluator.rows, evaluator.graph.columnCount)
    let isChosen = sample.map { SplitMix(seed: seed).sample($0, of: rows * columns) }
    let changes = try unnoticedChanges(in: trace, on: engine) { row, column, value in
      let cell = row * columns + column
      if let isChosen, !isChosen[cell] { return [] }
      let random = SplitMix(seed: ~seed).number(cell)
      return [value + .one, value - .one, Element(value.canonical ^ 1), Element(random)]
    }
    return changes.indices.filter {
      $0 == 0 || (changes[$0].row, changes[$0].column) != (changes[$0 - 1].row, changes[$0 - 1].column)
    }.map { changes[$0] }
  }

  /// The changes that no constraint notices among those that `others` names, column by column.
  ///
  /// - Parameters:
  ///   - trace: an honest trace, which stays as it is.
  ///   - engine: whose threads share the rows; the result does not depend on it.
  ///   - others: the values that a cell is given, at most eight; the same ones whenever it is asked, on any thread.
  /// - Throws: what the trace violates, if it is not honest.
  /// - Precondition: the trace has the statement's rows and columns.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  public func unnoticedChanges(
    in trace: borrowing Columns<Element>, on engine: Engine = .default,
    to others: @Sendable (_ row: Int, _ column: Int, _ value: Element) -> [Element]
  ) throws(Violation) -> [UnnoticedChange<Element>] {
    let cells = evaluator.cells(of: trace)
    if let violation = RowChecker(evaluator).firstViolation(in: trace) { throw violation }
    let (rows, columns) = (evaluator.rows, evaluator.graph.columnCount)

    // Bit i of a cell: nothing has noticed its change number i yet.
    var all = [UInt8](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = cells.value(row, column)
        let others = others(row, column, value)
        precondition(others.count <= UInt8.bitWidth, "a cell is changed to at most \(UInt8.bitWidth) values")
        for (i, other) in others.enumerated() where other != value { all[row * columns + column] |= 1 << i }
      }
    }

    // Each piece of rows strikes out what it notices; open is what no piece has.
    let everything = all
    let left = Mutex(all)
    engine.forEachRange(rows, grain: max(1, rows / (4 * engine.threads))) { range, _ in
      var open = everything
      for row in range { strikeOutNoticed(on: row, of: cells, changes: others, in: &open) }
      left.withLock { left in for cell in left.indices { left[cell] &= open[cell] } }
    }
    let open = left.withLock { $0 }

    var unnoticed: [UnnoticedChange<Element>] = []
    for column in 0..<columns {
      for row in 0..<rows where open[row * columns + column] != 0 {
        let value = cells.value(row, column)
        for (i, other) in others(row, column, value).enumerated() where open[row * columns + column] >> i & 1 == 1 {
          unnoticed.append(
            UnnoticedChange(
              column: column, columnName: evaluator.graph.columnNames[column], row: row, value: value, other: other))
        }
      }
    }
    return unnoticed
  }

  /// Takes out of `open` the changes that the constraints of one row notice.
  private func strikeOutNoticed(
    on row: Int, of cells: TraceCells<Element>, changes: (_ row: Int, _ column: Int, _ value: Element) -> [Element],
    in open: inout [UInt8]
  ) {
    let (rows, columns) = (evaluator.rows, evaluator.graph.columnCount)
    var (honest, changed): ([Element], [Element]) = ([], [])
    for reading in readings {
      let cellRow = (row + reading.offset) & (rows - 1)
      let cell = cellRow * columns + reading.column
      guard open[cell] != 0 else { continue }
      if honest.isEmpty {
        evaluator.evaluate(row: row, of: cells, into: &honest)
        changed = honest
      }
      let others = changes(cellRow, reading.column, cells.value(cellRow, reading.column))
      for (i, other) in others.enumerated() where open[cell] >> i & 1 == 1 {
        if notices(other, reading, in: &changed) { open[cell] &= ~(1 << i) }
        for node in reading.nodes { changed[node] = honest[node] }
      }
    }
  }

  /// Whether some constraint of the row whose values these are fails once the cell holds `other`. Leaves the nodes that
  /// depend on the cell changed.
  private func notices(_ other: Element, _ reading: Reading, in values: inout [Element]) -> Bool {
    for node in reading.nodes {
      switch evaluator.graph.nodes[node] {
      case .add(let a, let b): values[node] = values[a] + values[b]
      case .subtract(let a, let b): values[node] = values[a] - values[b]
      case .multiply(let a, let b): values[node] = values[a] * values[b]
      default: values[node] = other
      }
      if isConstraint[node], values[node] != .zero { return true }
    }
    return false
  }
}

/// SplitMix64 as a function of a counter.
private struct SplitMix {
  let seed: UInt64

  func number(_ counter: Int) -> UInt64 {
    var x = seed &+ (UInt64(counter) &+ 1) &* 0x9e37_79b9_7f4a_7c15
    x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
    return x ^ (x >> 31)
  }

  /// `count` of `total`, or all if there are no more: each is taken with the chance that fills up the rest.
  func sample(_ count: Int, of total: Int) -> [Bool] {
    var left = count
    return (0..<total).map { i in
      let isTaken = number(i).multipliedFullWidth(by: UInt64(total - i)).high < UInt64(max(0, left))
      if isTaken { left -= 1 }
      return isTaken
    }
  }
}
