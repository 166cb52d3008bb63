// Where the header trace's columns stand, written down a second time: the tests take no number from the statement.

import ApusStatements
import Testing

/// First columns of each kind, and how many columns a kind has.
enum TraceColumns {
  static let (a, e, w) = (0, 32, 64)
  static let (sumA, sumE, sumW) = (96, 98, 100)
  static let (carryE, carryA, carryW) = (102, 108, 114)
  static let register = 118
  static let borrow = 134
  static let active = 135
  static let time = 136
  static let count = 138

  /// A column's kind: its name without its number.
  static func kind(_ column: Int) -> String { String(HeaderColumn.names[column].prefix { !$0.isNumber }) }
}

struct TraceColumnTests {
  @Test func columnsStandWhereTheirNamesSay() {
    let firsts = [
      "a0": TraceColumns.a, "e0": TraceColumns.e, "w0": TraceColumns.w, "sumA0": TraceColumns.sumA,
      "sumE0": TraceColumns.sumE, "sumW0": TraceColumns.sumW, "carryE0.0": TraceColumns.carryE,
      "carryA0.0": TraceColumns.carryA, "carryW0.0": TraceColumns.carryW, "carryE1.0": TraceColumns.carryE + 3,
      "carryA1.0": TraceColumns.carryA + 3, "carryW1.0": TraceColumns.carryW + 2, "register0": TraceColumns.register,
      "register15": TraceColumns.register + 15, "borrow": TraceColumns.borrow, "active": TraceColumns.active,
      "time0": TraceColumns.time, "time1": TraceColumns.time + 1,
    ]
    for (name, column) in firsts { #expect(HeaderColumn.names[column] == name) }
    #expect(HeaderColumn.names.count == TraceColumns.count)
    #expect(Set(HeaderColumn.names).count == TraceColumns.count)
  }
}
