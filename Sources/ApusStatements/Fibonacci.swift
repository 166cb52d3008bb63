// The tutorial statement.

public import ApusField
public import ApusSTARK

/// The columns of ``Fibonacci``'s trace.
public enum FibonacciColumn: Int, CaseIterable, TraceColumn { case current, next }

/// There is a sequence that starts a, b, in which each value is the sum of the two before it, and whose value number
/// `rows` (counting from 0) is `last`.
public struct Fibonacci<Element: ProvingField>: Statement {
  public typealias Column = FibonacciColumn

  public static var name: String { "fibonacci" }
  public let a, b, last: Element
  public let rows: Int

  public init(a: Element, b: Element, last: Element, rows: Int) {
    self.a = a
    self.b = b
    self.last = last
    self.rows = rows
  }

  public var publicValues: [Element] { [a, b, last] }

  public func constrain(_ c: inout Constraints<Column>) {
    let c = c
    c.onFirstRow {
      $0.require(c[.current], equals: c.public(0), "starts with a")
      $0.require(c[.next], equals: c.public(1), "then b")
    }
    c.onEachStep {
      $0.require(c[.current, +1], equals: c[.next], "next becomes current")
      $0.require(c[.next, +1], equals: c[.current] + c[.next], "next is the sum")
    }
    c.onLastRow { $0.require(c[.next], equals: c.public(2), "ends with last") }
  }

  /// The trace of the sequence that starts with a, b.
  public static func trace(a: Element, b: Element, rows: Int, on engine: Engine = .default) -> Columns<Element> {
    var trace = Columns<Element>(rows: rows, count: 2, on: engine)
    var (x, y) = (a, b)
    for row in 0..<rows {
      trace[row, 0] = x
      trace[row, 1] = y
      (x, y) = (y, x + y)
    }
    return trace
  }
}
