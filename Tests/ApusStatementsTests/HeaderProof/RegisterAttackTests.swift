// The digest register, which carries a hash to the second hash, the comparison and the next header: broken by itself.

import ApusField
import ApusStatements
import Testing

struct RegisterAttackTests {
  /// Where a digest is loaded, something else is.
  @Test(arguments: 0..<16)
  func registerLoadsSomethingElse(limb: Int) throws {
    for row in [139, 211] {
      let cheat = try Attack.trace(.at(.register(limb), header: 1, step: row) { $0 ^ 0x8001 })
      #expect(cheat.failures == ["register loads"], "row \(row)")
    }
  }

  /// The whole register at once: the digest that the next header, LAST and the comparison see is made up.
  @Test func wholeRegisterReplaced() throws {
    for (header, row, name) in [(0, 211, "register loads"), (1, 139, "register loads"), (0, 230, "register holds")] {
      let lies = (0..<16).reduce(Lies()) { $0 + .at(.register($1), header: header, step: row) { _ in 0 } }
      #expect(try Attack.trace(lies).failures == [name])
    }
  }

  /// Between two loads the register changes: before a link, between links, before the second hash, inside the
  /// comparison, on the row of LAST, and from one header to the next.
  @Test(arguments: [0, 1, 5, 8, 138, 140, 144, 151, 210, 212, 220, 228, 255])
  func registerChangedInTheMiddle(row: Int) throws {
    for limb in [0, 7, 8, 15] {
      let cheat = try Attack.trace(.at(.register(limb), header: 1, step: row) { $0 ^ 0x0100 })
      #expect(cheat.failures == ["register holds"], "limb \(limb)")
    }
  }

  @Test(arguments: 0..<16)
  func registerStartsWithAnotherHash(limb: Int) throws {
    #expect(try Attack.trace(.at(.register(limb), header: 0) { $0 ^ 1 }).failures == ["PREV"])
  }

  @Test(arguments: 1...8, [0, 1])
  func linkBroken(step: Int, header: Int) throws {
    for bit in [0, 31] {
      let cheat = try Attack.trace(.at(.word, header: header, step: step) { $0 ^ 1 << UInt32(bit) })
      #expect(cheat.failures == ["link"])
    }
  }

  /// The last hash is claimed to be another.
  @Test(arguments: PublicNumbers.last)
  func lastReplaced(index: Int) throws {
    var cheat = try Attack.trace()
    cheat.statement.publicValues[index] += .one
    #expect(cheat.failures == ["LAST"])
  }
}
