// Small statements with everything a statement can have.

import ApusField
import ApusSTARK
import ApusTestSupport

/// A statement with an honest trace.
protocol Provable: Statement {
  func trace(on engine: Engine) -> Columns<Element>
}

extension Provable {
  var trace: Columns<Element> { trace(on: .default) }
}

/// A walk from `start` that takes x to x^exponent + step is at `middle` on row `at` and ends at `end`.
///
/// Beside it run an echo that lags one row behind (rotation -1), a sum that is filled in three rows ahead on every
/// fourth row (periodic selector, rotation +3) and an idle column that no constraint reads.
///
/// `exponent`, `steps` and `bias` shape the constraints: each choice of them plays a type of statement of its own.
struct WalkOver<Element: ProvingField>: Provable {
  enum Column: Int, CaseIterable, TraceColumn { case x, idle, echo, sum }
  static var name: String { "walk" }

  var rows: Int
  var exponent = 3
  var steps = ([3, 1, 4, 1, 5, 9, 2, 6] as [UInt32]).map { Element($0) }
  var bias = Element(7 as UInt32)
  var start: Element
  var at = 5
  var middle = Element.zero
  var end = Element.zero
  var label: [UInt8] = Array("a label".utf8)
  /// Fills the idle column: a witness that no public value depends on.
  var idleSeed: UInt64 = 1

  init(rows: Int, exponent: Int = 3, start: UInt32 = 2, at: Int = 5) {
    self.rows = rows
    self.exponent = exponent
    self.start = Element(start)
    self.at = at
    let path = path
    middle = path[at]
    end = path[rows - 1]
  }

  var publicValues: [Element] { [start, middle, end] }
  var publicRows: [Int] { [at] }

  func constrain(_ c: inout Constraints<Column>) {
    let c = c
    let step = c.periodic("step", steps)
    let fourth = c.periodic("every fourth row", [1, 0, 0, 0])
    c.onFirstRow { $0.require(c[.x], equals: c.public(0), "starts at start") }
    c.onEachStep {
      let power = (1..<exponent).reduce(c[.x]) { power, _ in power * c[.x] }
      $0.require(c[.x, +1], equals: power + step, "walks")
    }
    c.onEachRowAfterFirst { $0.require(c[.echo], equals: c[.x, -1] + bias, "echoes the row before") }
    c.onRows(where: fourth) { $0.require(c[.sum, +3], equals: c[.sum] + c[.echo], "adds the echo") }
    c.onPublicRow(0) { $0.require(c[.x], equals: c.public(1), "passes the middle") }
    c.onLastRow { $0.require(c[.x], equals: c.public(2), "ends at end") }
  }

  private var path: [Element] {
    var path = [start]
    for row in 0..<rows - 1 { path.append(path[row].power(exponent) + steps[row % steps.count]) }
    return path
  }

  func trace(on engine: Engine) -> Columns<Element> {
    var trace = Columns<Element>(rows: rows, count: 4, on: engine)
    var generator = SeededGenerator(seed: idleSeed)
    for (row, x) in path.enumerated() {
      trace[row, 0] = x
      trace[row, 1] = .random(using: &generator)
      trace[row, 2] = row == 0 ? .random(using: &generator) : trace[row - 1, 0] + bias
      trace[row, 3] = row % 4 == 3 ? trace[row - 3, 3] + trace[row - 3, 2] : .random(using: &generator)
    }
    return trace
  }
}

typealias Walk = WalkOver<BabyBear>

/// Each value is twice the one before: a trace of one column.
struct DoublingOver<Element: ProvingField>: Provable {
  enum Column: Int, CaseIterable, TraceColumn { case value }
  static var name: String { "doubling" }

  let rows: Int
  private var two: Element { Element(2 as UInt32) }
  var publicValues: [Element] { [two.power(rows - 1)] }

  func constrain(_ c: inout Constraints<Column>) {
    let c = c
    c.onFirstRow { $0.require(c[.value], equals: Element.one, "starts at one") }
    c.onEachStep { $0.require(c[.value, +1], equals: 2 * c[.value], "doubles") }
    c.onLastRow { $0.require(c[.value], equals: c.public(0), "ends at the power") }
  }

  func trace(on engine: Engine) -> Columns<Element> {
    engine.powers(of: two, rows: rows)
  }
}

typealias Doubling = DoublingOver<BabyBear>

/// The first column goes round and round: it is read at rotations beyond the trace's ends, in both directions, and at
/// two rotations that are the same row.
struct CarouselOver<Element: ProvingField>: Provable {
  enum Column: Int, CaseIterable, TraceColumn { case horse, copy }
  static var name: String { "carousel" }

  let rows: Int
  var publicValues: [Element] { [] }

  func constrain(_ c: inout Constraints<Column>) {
    let c = c
    c.onEveryRow {
      $0.require(c[.copy], equals: c[.horse, -5] * c[.horse, 37], "multiplies neighbours")
      $0.require(c[.horse, -3], equals: c[.horse, rows - 3], "comes round")
    }
  }

  func trace(on engine: Engine) -> Columns<Element> {
    var trace = Columns<Element>(rows: rows, count: 2, on: engine)
    var generator = SeededGenerator(seed: 3)
    for row in 0..<rows { trace[row, 0] = .random(using: &generator) }
    for row in 0..<rows { trace[row, 1] = trace[(row + rows - 5) % rows, 0] * trace[(row + 37) % rows, 0] }
    return trace
  }
}

typealias Carousel = CarouselOver<BabyBear>

/// The same statement under another name.
struct Renamed: Provable {
  typealias Column = Walk.Column
  static let name = "stroll"

  var walk: Walk
  var rows: Int { walk.rows }
  var publicValues: [BabyBear] { walk.publicValues }
  var publicRows: [Int] { walk.publicRows }
  var label: [UInt8] { walk.label }

  func constrain(_ c: inout Constraints<Column>) { walk.constrain(&c) }
  func trace(on engine: Engine) -> Columns<BabyBear> { walk.trace(on: engine) }
}

extension TwoAdicField {
  static func random(using generator: inout SeededGenerator) -> Self {
    // The narrow draw is what the specimens' traces were made of.
    if let order = UInt32(exactly: order) { return Self(UInt32.random(in: 0..<order, using: &generator)) }
    return Self(UInt64.random(in: 0..<order, using: &generator))
  }
}

extension ExtensionField {
  static func random(using generator: inout SeededGenerator) -> Self {
    Self { _ in Base.random(using: &generator) }
  }
}
