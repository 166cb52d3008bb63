// Statements written down on the spot, for tests of what is captured from them.

import ApusField
import ApusSTARK

struct Adhoc: Statement {
  enum Column: Int, CaseIterable, TraceColumn { case a, b, c }
  static let name = "ad hoc"

  var rows = 64
  var publicValues: [BabyBear] = [2, 3]
  var publicRows: [Int] = [9, 4]
  let body: @Sendable (Constraints<Column>) -> Void

  init(_ body: @escaping @Sendable (Constraints<Column>) -> Void) { self.body = body }

  /// One expression that is zero on every row.
  static func zero(_ expression: @escaping @Sendable (Constraints<Column>) -> Expression) -> Adhoc {
    Adhoc { c in c.onEveryRow { $0.requireZero(expression(c), "zero") } }
  }

  func constrain(_ c: inout Constraints<Column>) { body(c) }

  var graph: ConstraintGraph { ConstraintGraph(of: self) }
}
