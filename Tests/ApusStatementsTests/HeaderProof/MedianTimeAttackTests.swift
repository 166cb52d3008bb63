// A header that is not later than the median of the 11 before, and every way to deny it.

import ApusField
import ApusStatements
import ApusTestSupport
import Testing

struct MedianTimeAttackTests {
  private static let time = TraceColumns.time
  /// The rows of a header that compare times.
  private static let compared = 228..<250

  /// The embedded day's first headers after these times, whatever they are.
  private static func trace(
    _ lies: Lies = [:], after window: [UInt32], count: Int = 1
  ) throws -> CheatingHeaderTrace {
    let headers = try Attack.chain(count).headers
    let claim = try HeaderClaim(of: headers, after: MedianWindow(window))
    return CheatingHeaderTrace(of: headers, claim: claim, lies: lies)
  }
  /// Of the 11 times before the day's first header this many are earlier; the others are the same.
  private static func window(earlier: Int) throws -> [UInt32] {
    let time = try dayInput().headers[0].time
    return (0..<11).map { $0 < earlier ? time - 1 : time }
  }
  /// A header with five earlier times, so that its own is the median.
  private static func traceAtTheMedian(_ lies: Lies = [:]) throws -> CheatingHeaderTrace {
    try trace(lies, after: window(earlier: 5))
  }

  // MARK: The rule

  @Test(arguments: 0...11)
  func sixEarlierTimesAreNeeded(earlier: Int) throws {
    let time = try dayInput().headers[0].time
    let expected: Set<String> = earlier >= 6 ? [] : ["median time"]
    let sooner = [time - 1, time - 0x1_0000, time & 0xffff_0000, 0]
    let later = [time, time + 1, time + 0x1_0000, time | 0xffff, .max]
    for order in 0..<11 {
      let times = (0..<11).map { $0 < earlier ? sooner[($0 + order) % 4] : later[($0 + order) % 5] }
      let window = Array(times[order...] + times[..<order])
      #expect(try Self.trace(after: window).failures == expected, "\(window)")
      let isAfter = time > MedianWindow(window).median
      #expect(isAfter == (earlier >= 6))
    }
  }

  /// Times of 32 bits, also those that are none of the field's elements.
  @Test func decidesAsSortingDoes() throws {
    var generator = SeededGenerator(seed: 14)
    var header = try dayInput().headers[0]
    let edges: [UInt32] = [0, 1, 0xffff, 0x1_0000, 0x7800_0000, 0x7800_0001, 0x7fff_ffff, 0x8000_0000, .max - 1, .max]
    var verdicts: [Bool: Int] = [:]
    for _ in 0..<60 {
      let pool = edges + (0..<3).map { _ in UInt32.random(in: .min ... .max, using: &generator) }
      let window = (0..<11).map { _ in pool.randomElement(using: &generator)! }
      header.time = pool.randomElement(using: &generator)!
      let claim = try HeaderClaim(of: [header], after: MedianWindow(window))
      let failures = CheatingHeaderTrace(of: [header], claim: claim, target: Attack.everyHash).failures
      let isAfter = window.count { $0 < header.time } >= 6
      #expect(failures == (isAfter ? [] : ["median time"]), "\(header.time) after \(window)")
      verdicts[isAfter, default: 0] += 1
    }
    #expect(verdicts.values.allSatisfy { $0 > 10 })
  }

  /// Later headers are judged by the times that the ones before have brought along.
  @Test func timesOfTheChainItself() throws {
    var headers = try Attack.chain(14).headers
    let start = headers[0].time
    for (index, header) in headers.indices.enumerated() { headers[header].time = start + UInt32(index) }
    // Six before the last one have its time or a later one: five are earlier.
    for (changed, expected) in [(5, []), (6, ["median time"])] as [(Int, Set<String>)] {
      var late = headers
      for index in 0..<changed { late[12 - index].time = late[13].time + UInt32(index % 2) }
      // The twin: the times themselves are in order, each after its own median.
      let claim = try HeaderClaim(of: late)
      #expect(CheatingHeaderTrace(of: late, claim: claim, target: Attack.everyHash).failures == expected)
    }
  }

  // MARK: Comparisons

  /// Whether a limb borrows; the next limb takes what was borrowed, so that it follows the lie.
  @Test(arguments: 0..<11, 0..<2)
  func borrowLiedAbout(step: Int, half: Int) throws {
    let cheat = try Self.traceAtTheMedian(.at(.timeBorrow(half), header: 0, step: step) { 1 - $0 })
    #expect(cheat.failures.subtracting(["median time"]) == ["times compared"])
  }

  /// The last time before is the same; that it is not earlier is denied.
  @Test func borrowDenied() throws {
    let cheat = try Self.traceAtTheMedian(.at(.timeBorrow(1), header: 0) { _ in 0 })
    #expect(cheat.failures == ["times compared"])
  }

  @Test(arguments: 0..<11, 0..<2)
  func difference(step: Int, half: Int) throws {
    for bit in [0, 15] {
      let lies = Lies.at(.timeDifference(half), header: 0, step: step) { $0 ^ 1 << UInt32(bit) }
      #expect(try Self.trace(lies, after: Self.window(earlier: 11)).failures == ["times compared"])
    }
  }

  /// The negative difference as one element, in a cell that should hold a bit: everything is satisfied but that.
  @Test func differenceThatIsNoSumOfBits() throws {
    let row = Self.compared.lowerBound
    var cheat = try Self.traceAtTheMedian(.at(.timeBorrow(1), header: 0) { _ in 0 })
    // The times are the same, so that of the high halves only the borrow is left.
    cheat.cells[TraceColumns.a + 16][row] = .zero - .one
    for bit in 17..<32 { cheat.cells[TraceColumns.a + bit][row] = .zero }
    cheat.solveSums(row + 1..<row + 4)
    #expect(cheat.failures == ["bits"])
  }

  /// Another time is compared than the header's own: from some comparison on, or in one half.
  @Test(arguments: 0..<11, [7, 31])
  func anotherTimeCompared(step: Int, bit: Int) throws {
    let cheat = try Self.traceAtTheMedian(.at(.comparedTime, header: 0, step: step) { $0 ^ 1 << UInt32(bit) })
    #expect(cheat.failures.subtracting(["median time"]) == ["time compared"])
  }

  // MARK: Counting

  @Test(arguments: 0..<11)
  func countLiedAbout(step: Int) throws {
    let cheat = try Self.traceAtTheMedian(.at(.timesNotAfter, header: 0, step: step) { $0 - 1 })
    #expect(cheat.failures == ["times counted"])
  }

  /// In bits that are no bits, the highest is 0: eight is seven and one more.
  @Test func countInOtherBits() throws {
    var cheat = try Self.traceAtTheMedian()
    let row = Self.compared.upperBound - 2
    for bit in 0..<4 { cheat.cells[TraceColumns.w + bit][row] = bit < 3 ? .one : .zero }
    cheat.cells[TraceColumns.w][row] += .one
    cheat.solveSums(row + 1..<row + 16)
    #expect(cheat.failures == ["bits"])
  }

  // MARK: Times on their way

  /// A changed time goes on from there: into comparisons, later headers and the claim.
  @Test(arguments: 0..<2)
  func carriedTimeChanged(half: Int) throws {
    func failures(header: Int, row: Int) throws -> Set<String> {
      var cheat = try Attack.trace(
        .at(.time(half), header: header, step: row) { $0 ^ 1 }, count: 3, anyHashPasses: false)
      cheat.takeLastTimes()
      return cheat.failures
    }
    for row in 0..<256 {
      let isCompared = Self.compared.contains(row) && row % 2 == 0
      let name = row == 73 ? "time loads" : isCompared ? "times pass on" : "time holds"
      #expect(try failures(header: row % 2 + 1, row: row) == [name], "row \(row)")
      guard isCompared else { continue }
      #expect(try failures(header: 0, row: row) == ["times claimed"], "row \(row)")
      #expect(try failures(header: 3, row: row) == ["times pass on"], "row \(row)")
    }
  }

  /// The first header's first rows, which follow on the last header's last.
  @Test(arguments: 0..<73)
  func carriedTimeAroundTheCorner(row: Int) throws {
    var cheat = try Attack.trace(count: 3)
    cheat.cells[Self.time + row % 2][row] += .one
    #expect(cheat.failures == ["time holds"])
  }

  // MARK: The ends of the chain

  /// Times before the first header and up to the last that are others than the trace's.
  @Test func claimedTimesReplaced() throws {
    let honest = try Self.trace(after: Self.window(earlier: 6), count: 2)
    #expect(honest.failures == [])
    for index in PublicNumbers.timesBefore.lowerBound..<PublicNumbers.lastTimes.upperBound {
      var cheat = honest
      cheat.statement.publicValues[index] += .one
      #expect(cheat.failures == ["times claimed"])
    }
  }

  /// The last header passes for the one before the first, which would choose its own times before.
  @Test func paddingThatCounts() throws {
    let honest = try Attack.trace(count: 3)
    for rows in [768..<769, 768..<1024, 1023..<1024] {
      var cheat = honest
      for row in rows { cheat.cells[TraceColumns.active][row] = .one }
      let failures = cheat.failures.subtracting(["link", "nBits", "times pass on", "times claimed", "median time"])
      #expect(failures == [rows.lowerBound == 768 ? "inactive after the end" : "active falls only"])
    }
    var cheat = honest
    cheat.cells[TraceColumns.active][768] = .one
    #expect(cheat.failures == ["inactive after the end"])
  }

  /// A trace without padding: before the first header is the last one.
  @Test func noPadding() throws {
    var cheat = try Attack.trace(count: 3)
    let claim = try HeaderClaim(of: Attack.chain(4).headers)
    let all = CheatingHeaderTrace(of: try Attack.chain(4).headers, claim: claim, target: Attack.everyHash)
    for column in 0..<TraceColumns.count { cheat.cells[column] = Array(all.cells[column].prefix(1024)) }
    cheat.statement.publicRows = [73, 1023, 0]
    for index in PublicNumbers.last { cheat.statement.publicValues[index] = all.statement.publicValues[index] }
    for row in 0..<73 {
      for half in 0..<2 { cheat.cells[Self.time + half][row] = cheat.cells[Self.time + half][1023] }
    }
    cheat.solveSums(0..<20)
    #expect(cheat.failures == ["inactive after the end", "times pass on"])
  }

  /// One header more than claimed is there, and the times are those up to it.
  @Test func lastTimesOfALongerChain() throws {
    var cheat = try Attack.trace(count: 2)
    let longer = try Attack.trace(count: 3)
    let (rows, values) = (cheat.statement.publicRows, cheat.statement.publicValues)
    cheat.cells = longer.cells
    cheat.statement.publicRows = rows
    cheat.statement.publicValues.replaceSubrange(
      PublicNumbers.lastTimes, with: longer.statement.publicValues[PublicNumbers.lastTimes])
    #expect(cheat.failures == ["inactive after the end"])
    // Its own last times do not help: they are asked for where the longer chain ends.
    cheat.statement.publicValues = values
    #expect(cheat.failures == ["inactive after the end", "times claimed"])
  }

  /// Behind the header after the last, times are the prover's: they meet none of the claim's.
  @Test func anyTimesInThePadding() throws {
    let lies = Self.compared.filter { $0 % 2 == 0 }.reduce(Lies()) {
      $0 + .at(.time($1 / 2 % 2), header: 3, step: $1) { _ in 0x4321 }
    }
    let cheat = try Attack.trace(lies, count: 2)
    #expect(cheat.failures == [])
    #expect(cheat.statement.publicValues == (try Attack.trace(count: 2)).statement.publicValues)
  }
}
