// Which rows count: fewer than claimed, none, or the same ones twice.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

struct ActivityAttackTests {
  private let active = TraceColumns.active

  @Test func droppedAtTheLastRow() throws {
    var cheat = try Attack.trace(count: 3)
    cheat.cells[active][767] = .zero
    #expect(cheat.failures == ["active to the end"])
  }

  /// After the last header, in the padding.
  @Test(arguments: [769, 800, 1023])
  func raisedAgainLater(row: Int) throws {
    var cheat = try Attack.trace(count: 3)
    cheat.cells[active][row] = .one
    #expect(cheat.failures == ["active falls only"])
  }

  /// The row before the first is the last one, but `active` does not fall around that corner.
  @Test(arguments: [1, 2, 229, 256, 600])
  func droppedFromTheStart(rows: Int) throws {
    var cheat = try Attack.trace(count: 3)
    for row in 0..<rows { cheat.cells[active][row] = .zero }
    // Where it rises, the times before the first header are asked for.
    let expected: Set<String> = rows > 228 ? ["active falls only", "times claimed"] : ["active falls only"]
    #expect(cheat.failures == expected)
    // A last row that is active makes no first row active.
    cheat.cells[active][1023] = .one
    #expect(cheat.failures == expected)
  }

  @Test func neverActive() throws {
    var cheat = try Attack.trace(count: 3)
    for row in 0..<1024 { cheat.cells[active][row] = .zero }
    #expect(cheat.failures == ["active to the end"])
  }

  /// Longer than claimed: the padding would have to be headers.
  @Test func activeInThePadding() throws {
    var cheat = try Attack.trace(count: 3, anyHashPasses: false)
    for row in 768..<1024 { cheat.cells[active][row] = .one }
    #expect(
      cheat.failures == [
        "link", "nBits", "proof of work", "median time", "times pass on", "inactive after the end",
      ])
  }

  @Test func allZeros() throws {
    var cheat = try Attack.trace(count: 3, anyHashPasses: false)
    cheat.cells = cheat.cells.map { $0.map { _ in .zero } }
    #expect(
      cheat.failures == [
        "initial state", "round, a", "round, e", "padding 1", "padding 2", "comparison", "PREV", "LAST", "first time",
        "times compared", "times counted", "active to the end",
      ])
  }

  // MARK: Counts

  /// One real header, and a claim of five.
  @Test func oneHeaderClaimedAsFive() throws {
    let real = try Attack.chain(1)
    let header = real.headers[0]
    let claim = try HeaderClaim(of: Array(repeating: header, count: 5))
    // The others link, but nobody searched for their nonces; or they do not count.
    let cheap = CheatingHeaderTrace(
      of: Array(repeating: header, count: 5), claim: claim)
    #expect(cheap.failures == ["proof of work"])
    var padded = try Attack.trace(count: 5, anyHashPasses: false)
    for row in 256..<2048 { padded.cells[active][row] = .zero }
    #expect(padded.failures == ["active to the end", "times claimed"])
  }
}
