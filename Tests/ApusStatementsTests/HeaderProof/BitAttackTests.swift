// Columns of bits that hold something else, where nothing but being bits stands against it.

import ApusField
import ApusStatements
import Testing

struct BitAttackTests {
  private static let columns =
    Array(TraceColumns.a..<TraceColumns.sumA) + Array(TraceColumns.carryE..<TraceColumns.register)
    + [TraceColumns.borrow, TraceColumns.active]

  @Test(arguments: columns)
  func cellThatHoldsNoBit(column: Int) throws {
    // An idle row, whose words and carries nothing reads; `active` is free nowhere, and pinned where nothing else reads it.
    let (count, row) = column == TraceColumns.active ? (3, 768) : (1, 252)
    var cheat = try Attack.trace(count: count)
    cheat.cells[column][row] = BabyBear(UInt32(2))
    cheat.solveSums(row..<row + 16)
    let pinned: Set<String> = column == TraceColumns.active ? ["inactive after the end"] : []
    #expect(cheat.failures.subtracting(pinned) == ["bits"], "\(HeaderColumn.names[column])")
  }

  /// Two more in one bit and one less in the next: the same difference in the comparison, made of no bits.
  @Test func sameNumberInOtherBits() throws {
    let row = 256 + 227
    var cheat = try Attack.trace()
    cheat.cells[TraceColumns.a][row] += BabyBear(UInt32(2))
    cheat.cells[TraceColumns.a + 1][row] = cheat.cells[TraceColumns.a + 1][row] - .one
    cheat.solveSums(row..<row + 4)
    #expect(cheat.failures == ["bits"])
  }
}
