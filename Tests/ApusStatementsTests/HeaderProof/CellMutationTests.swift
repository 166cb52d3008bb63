// Every cell of a small real trace, changed by itself: noticed, or free for a reason that is written down.

import ApusField
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

struct CellMutationTests {
  private let count = 3

  /// Other values for a cell: one more, one less, its lowest bit flipped, anything.
  private func mutations(of value: BabyBear, using generator: inout SeededGenerator) -> Set<BabyBear> {
    let random = BabyBear(UInt32.random(in: 0..<BabyBear.modulus, using: &generator))
    return Set([value + .one, value - .one, BabyBear(value.value ^ 1), random]).subtracting([value])
  }
  /// All free cells hold bits: there, 0 and 1 are as good as each other, and nothing else is.
  private func isBit(_ value: BabyBear) -> Bool { value == .zero || value == .one }

  @Test func everyCellIsNoticedOrFree() throws {
    let trace = try Attack.trace(count: count, anyHashPasses: false)
    var checker = CellChecker(trace.statement, trace: trace.cells)
    var generator = SeededGenerator(seed: 11)
    let rules = FreeCells.all(count: count)
    var needed: Set<String> = []
    var surprises: [String] = []
    for column in 0..<TraceColumns.count {
      for row in 0..<trace.rows {
        let rule = rules.first { $0.explains(column: column, row: row) }
        for value in mutations(of: trace.cells[column][row], using: &generator) {
          let isFree = rule != nil && isBit(value)
          let survives = !checker.notices(value, row: row, column: column)
          if survives, let rule { needed.insert(rule.name) }
          if survives != isFree {
            surprises.append(
              "\(HeaderColumn.names[column]) on row \(row): \(trace.cells[column][row]) became \(value), "
                + (survives ? "which nothing notices" : "which \(rule?.name ?? "nothing") should have allowed"))
          }
        }
      }
    }
    #expect(surprises.isEmpty, "\(surprises.count) in all, first \(surprises.prefix(5))")
    #expect(needed == Set(rules.map(\.name)), "a rule that no cell needs is no rule")
  }

  /// The same verdicts from the checker that ships, on a sample of every kind of column.
  @Test func theRowCheckerAgrees() throws {
    let trace = try Attack.trace(count: count, anyHashPasses: false)
    var columns = trace.columns()
    let checker = RowChecker(trace.statement)
    var quick = CellChecker(trace.statement, trace: trace.cells)
    var generator = SeededGenerator(seed: 12)
    var verdicts: [String: Set<Bool>] = [:]
    let kinds = Dictionary(grouping: 0..<TraceColumns.count, by: TraceColumns.kind)
    for (kind, members) in kinds.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<500 {
        let column = members.randomElement(using: &generator)!
        let row = Int.random(in: 0..<trace.rows, using: &generator)
        let honest = trace.cells[column][row]
        // In a fixed order, unlike a set's own.
        let candidates = mutations(of: honest, using: &generator).sorted { $0.value < $1.value }
        let value = candidates.randomElement(using: &generator)!
        columns[row, column] = value
        let notices = quick.readingRows(row, column).contains {
          !checker.violations(row: $0, in: columns).isEmpty
        }
        columns[row, column] = honest
        #expect(
          notices == quick.notices(value, row: row, column: column), "\(HeaderColumn.names[column]) on row \(row)")
        verdicts[kind, default: []].insert(notices)
      }
    }
    #expect(verdicts.count == 12)
    // Both verdicts occur where cells may be free; a change of one row in a thousand is left to the other test.
    for kind in ["carryA", "carryE", "carryW", "borrow"] { #expect(verdicts[kind] == [true, false]) }
    for kind in ["a", "e", "w", "sumA", "sumE", "sumW", "register"] { #expect(verdicts[kind] == [true]) }
  }
}
