// A header without proof of work, and every way to deny it.

import ApusField
import ApusStatements
import Testing

struct ComparisonAttackTests {
  /// The comparison's rows in the second header.
  private let compare = 256 + 212

  @Test func aboveTarget() throws { #expect(try Attack.traceWithoutWork().failures == ["proof of work"]) }

  @Test func finalBorrowLiedAbout() throws {
    let cheat = try Attack.traceWithoutWork(.at(.borrow, header: 1, step: 16) { _ in 0 })
    #expect(cheat.failures == ["comparison"])
  }

  /// The last difference is negative: as an element of the field it has a representative, whose low bits are taken.
  @Test func differenceModuloTheField() throws {
    let difference = try lastDifference()
    let cheat = try Attack.traceWithoutWork(
      .at(.borrow, header: 1, step: 16) { _ in 0 }
        + .at(.difference, header: 1, step: 15) { _ in difference.value & 0xffff })
    #expect(cheat.failures == ["comparison"])
  }

  /// The same difference as one element, in a cell that should hold a bit: everything is satisfied but that.
  @Test func differenceThatIsNoSumOfBits() throws {
    var cheat = try Attack.traceWithoutWork(.at(.borrow, header: 1, step: 16) { _ in 0 })
    cheat.cells[TraceColumns.a][compare + 15] = try lastDifference()
    for bit in 1..<32 { cheat.cells[TraceColumns.a + bit][compare + 15] = .zero }
    cheat.solveSums(compare + 16..<compare + 19)
    #expect(cheat.failures == ["bits"])
  }

  /// A borrow that is no bit pays for the difference of its step, and the step before cannot be asked.
  @Test func borrowThatIsNoBit() throws {
    var cheat = try Attack.traceWithoutWork(
      .at(.difference, header: 1, step: 15) { _ in 0 } + .at(.borrow, header: 1, step: 16) { _ in 0 })
    // target - hash - borrow = 0 at the last step, and the step before balances its 2^16 borrow with its bits.
    let difference = try lastDifference() + cheat.cells[TraceColumns.borrow][compare + 15]
    let before = cheat.cells[TraceColumns.borrow][compare + 15]
    cheat.cells[TraceColumns.borrow][compare + 15] = difference
    let change = (difference - before) * BabyBear(UInt32(1 << 16))
    cheat.cells[TraceColumns.a][compare + 14] += change
    cheat.solveSums(compare + 15..<compare + 19)
    #expect(cheat.failures == ["bits"])
  }

  private func lastDifference() throws -> BabyBear {
    let trace = try Attack.traceWithoutWork()
    let limb = (0..<16).reduce(UInt32(0)) {
      $0 | trace.cells[TraceColumns.e + $1][compare + 15].value << UInt32($1 ^ 8)
    }
    let target = trace.statement.publicValues[PublicNumbers.target.upperBound - 1]
    let difference = target - BabyBear(limb) - trace.cells[TraceColumns.borrow][compare + 15]
    #expect(difference.value > BabyBear.modulus / 2, "the header has proof of work after all")
    return difference
  }

  /// A hash may equal its target, and be above or below it in any limb alone.
  @Test func decidesToTheLastUnit() throws {
    let chain = try Attack.chain(1)
    var header = chain.headers[0]
    // Any nonce without work: a hash of full width, so that targets above and below it differ in each limb.
    while header.hash.number >> 240 == .zero || header.hash.number >> 255 != .zero { header.nonce &+= 1 }
    func failures(target: UInt256) -> Set<String> {
      CheatingHeaderTrace(of: [header], claim: chain.claim, target: target).failures
    }
    let hash = header.hash.number
    #expect(failures(target: hash) == [])
    for limb in 0..<16 {
      let unit = UInt256.one << (16 * limb)
      #expect(failures(target: hash.addingReportingOverflow(unit).partialValue) == [], "limb \(limb)")
      let below = hash.subtractingReportingOverflow(unit).partialValue
      #expect(failures(target: below) == ["proof of work"], "limb \(limb)")
    }
  }

  /// A borrow from nowhere, also into a comparison that it does not decide.
  @Test func firstBorrow() throws {
    #expect(try Attack.trace(.at(.borrow, header: 1) { _ in 1 }).failures == ["first borrow"])
    #expect(try Attack.trace(.at(.borrow, header: 0) { _ in 1 }, anyHashPasses: false).failures == ["first borrow"])
  }

  @Test(arguments: 1...15)
  func borrowInTheMiddle(step: Int) throws {
    #expect(try Attack.trace(.at(.borrow, header: 1, step: step) { 1 - $0 }).failures == ["comparison"])
  }

  @Test(arguments: 0..<16)
  func difference(step: Int) throws {
    for bit in [0, 15] {
      let cheat = try Attack.trace(.at(.difference, header: 1, step: step) { $0 ^ 1 << UInt32(bit) })
      #expect(cheat.failures == ["comparison"])
    }
  }

  /// Not the hash is compared, but something small.
  @Test func limbsFromElsewhere() throws {
    let lies = (0..<16).reduce(Lies()) { $0 + .at(.comparedLimb, header: 1, step: $1) { _ in 0 } }
    #expect(try Attack.traceWithoutWork(lies).failures == ["compared limb"])
  }
  @Test(arguments: 0..<16)
  func limbFromElsewhere(step: Int) throws {
    #expect(
      try Attack.trace(.at(.comparedLimb, header: 1, step: step) { $0 ^ 0x8001 }).failures == ["compared limb"])
  }

  /// The bytes of each limb change places between hash and number: a comparison that forgets it is another one.
  @Test func limbsInTheOrderOfTheDigest() throws {
    let lies = (0..<16).reduce(Lies()) {
      $0 + .at(.comparedLimb, header: 1, step: $1) { UInt32(UInt16($0).byteSwapped) }
    }
    #expect(try Attack.trace(lies).failures == ["compared limb"])
  }

  // MARK: Rows that count

  /// Where `active` is dropped: the second header then needs no work, if nothing notices.
  @Test func activeDroppedAfterTheDecision() throws {
    var cheat = try Attack.traceWithoutWork()
    for row in 256 + 229..<512 { cheat.cells[TraceColumns.active][row] = .zero }
    #expect(cheat.failures == ["proof of work", "active to the end", "times claimed"])
  }

  @Test func activeDroppedAroundTheDecision() throws {
    var cheat = try Attack.traceWithoutWork()
    cheat.cells[TraceColumns.active][compare + 16] = .zero
    #expect(cheat.failures == ["active falls only", "times claimed"])
  }

  @Test(arguments: [256, 257, 300, 256 + 211, 256 + 228])
  func activeDroppedInTheLastHeader(row: Int) throws {
    var cheat = try Attack.traceWithoutWork()
    for row in row..<511 { cheat.cells[TraceColumns.active][row] = .zero }
    #expect(cheat.failures == ["active falls only", "times claimed"])
    // To the last row and beyond.
    cheat.cells[TraceColumns.active][511] = .zero
    #expect(cheat.failures == ["active to the end", "times claimed"])
  }
}
