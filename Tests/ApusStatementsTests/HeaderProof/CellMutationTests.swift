// Every cell of a small real trace, changed by itself: noticed, or free for a reason that is written down.

import ApusField
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

struct CellMutationTests {
  private static let count = 3

  /// Other values for a cell: one more, one less, its lowest bit flipped, anything.
  private static func mutations(_ row: Int, _ column: Int, _ value: BabyBear) -> [BabyBear] {
    var generator = SeededGenerator(seed: UInt64(row * TraceColumns.count + column))
    let random = BabyBear(UInt32.random(in: 0..<BabyBear.modulus, using: &generator))
    let all = Set([value + .one, value - .one, BabyBear(value.value ^ 1), random]).subtracting([value])
    return all.sorted { $0.value < $1.value }
  }
  /// All free cells hold bits: there, 0 and 1 are as good as each other, and nothing else is.
  private static func isBit(_ value: BabyBear) -> Bool { value == .zero || value == .one }

  private static func unnoticed(in trace: CheatingHeaderTrace) throws -> [UnnoticedChange<BabyBear>] {
    try CellMutations(trace.statement).unnoticedChanges(in: trace.columns(), to: mutations)
  }

  @Test func everyCellIsNoticedOrFree() throws {
    let trace = try Attack.trace(count: Self.count, anyHashPasses: false)
    let rules = FreeCells.all
    func rule(_ row: Int, _ column: Int) -> FreeCells? { rules.first { $0.explains(column: column, row: row) } }

    let unnoticed = try Self.unnoticed(in: trace)
    let surprises = unnoticed.filter { rule($0.row, $0.column) == nil || !Self.isBit($0.other) }
    #expect(surprises.isEmpty, "\(surprises.count) in all, first \(surprises.prefix(5))")

    var allowed = 0
    for column in 0..<TraceColumns.count {
      for row in 0..<trace.rows where rule(row, column) != nil {
        allowed += Self.mutations(row, column, trace.cells[column][row]).filter(Self.isBit).count
      }
    }
    #expect(unnoticed.count == allowed, "whatever a rule allows goes unnoticed")
    let needed = Set(unnoticed.compactMap { rule($0.row, $0.column)?.name })
    #expect(needed == Set(rules.map(\.name)), "a rule that no cell needs is no rule")
  }

  /// The same verdicts from the row checker, on a sample of every kind of column.
  @Test func theRowCheckerAgrees() throws {
    let trace = try Attack.trace(count: Self.count, anyHashPasses: false)
    let unnoticed = Set(try Self.unnoticed(in: trace).map { [$0.row, $0.column, Int($0.other.value)] })
    var rotations = [[Int]](repeating: [], count: TraceColumns.count)
    for case .column(let column, let rotation) in ConstraintGraph(of: trace.statement).nodes {
      rotations[column].append(rotation)
    }
    var columns = trace.columns()
    let checker = RowChecker(trace.statement)
    var generator = SeededGenerator(seed: 12)
    var verdicts: [String: Set<Bool>] = [:]
    let kinds = Dictionary(grouping: 0..<TraceColumns.count, by: TraceColumns.kind)
    for (kind, members) in kinds.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<500 {
        let column = members.randomElement(using: &generator)!
        let row = Int.random(in: 0..<trace.rows, using: &generator)
        let honest = trace.cells[column][row]
        let value = Self.mutations(row, column, honest).randomElement(using: &generator)!
        columns[row, column] = value
        let notices = rotations[column].contains {
          !checker.violations(row: (row - $0 + trace.rows) % trace.rows, in: columns).isEmpty
        }
        columns[row, column] = honest
        #expect(
          notices == !unnoticed.contains([row, column, Int(value.value)]), "\(HeaderColumn.names[column]) on row \(row)"
        )
        verdicts[kind, default: []].insert(notices)
      }
    }
    #expect(verdicts.count == 13)
    // Both verdicts occur where cells may be free; a change of one row in a thousand is left to the other test.
    for kind in ["carryA", "carryE", "carryW", "borrow"] { #expect(verdicts[kind] == [true, false]) }
    for kind in ["a", "e", "w", "sumA", "sumE", "sumW", "register"] { #expect(verdicts[kind] == [true]) }
  }
}
