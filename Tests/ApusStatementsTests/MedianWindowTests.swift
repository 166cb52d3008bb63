// The 11 times before a block: the same verdicts as consensus, from the first block on.

import ApusStatements
import Testing

struct MedianWindowTests {
  /// Bitcoin Core's rule: the middle one of the last 11 times, or of as many as there are, sorted. The first block has
  /// none before it, and may have any time that a block can have here.
  private func isAllowed(_ time: UInt32, after times: [UInt32]) -> Bool {
    let last = times.suffix(11).sorted()
    return last.isEmpty ? time > 0 : time > last[last.count / 2]
  }

  /// All chains of times from a few values, far enough that no entry is left of those before the first block.
  @Test(arguments: [([5, 7], 13), ([5, 6, 7], 9), ([0, 1, .max - 1, .max], 6)] as [([UInt32], Int)])
  func agreesWithConsensusFromTheFirstBlock(values: [UInt32], length: Int) {
    let candidates = Set(values.flatMap { [$0 == 0 ? 0 : $0 - 1, $0, $0 == .max ? .max : $0 + 1] })
    var checked = 0
    func extend(_ times: [UInt32], _ window: MedianWindow) {
      for time in candidates {
        let isAfter = time > window.median
        if isAfter != isAllowed(time, after: times) { Issue.record("\(time) after \(times)") }
        #expect(isAfter == (window.times.count { $0 < time } >= 6))
        checked += 1
      }
      guard times.count < length else { return }
      for value in values { extend(times + [value], window.appending(value)) }
    }
    extend([], .beforeGenesis)
    #expect(checked > 10_000)
  }

  @Test func entriesBeforeTheFirstBlockLeaveInOrder() throws {
    var window = MedianWindow.beforeGenesis
    for height in 0...12 {
      let given = (0..<UInt32(min(height, 11))).map { 100 + UInt32(height) - UInt32(min(height, 11)) + $0 }
      #expect(try MedianWindow(beforeHeight: height, given: given) == window)
      #expect(window.unknownCount(beforeHeight: height) == 0)
      window = window.appending(100 + UInt32(height))
    }
  }

  @Test func whatNobodyGaveIsEarlier() throws {
    #expect(try MedianWindow(beforeHeight: nil) == .unknown)
    #expect(MedianWindow.unknown.median == 0)
    let some = try MedianWindow(beforeHeight: 500, given: [7, 8])
    #expect(some.times == [0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 8])
    #expect(some.unknownCount(beforeHeight: 500) == 9)
    let early = try MedianWindow(beforeHeight: 3, given: [8])
    #expect(early.times == [0, .max, 0, .max, 0, .max, 0, .max, 0, 0, 8])
    #expect(early.unknownCount(beforeHeight: 3) == 2)
  }

  @Test func refusesMoreTimesThanThereAreBlocks() {
    for (height, blocks) in [(nil, 11), (11, 11), (4, 4), (0, 0)] as [(Int?, Int)] {
      let given = [UInt32](repeating: 1, count: blocks + 1)
      #expect(throws: MedianWindowError.tooManyTimes(given: blocks + 1, blocks: blocks, height: height)) {
        try MedianWindow(beforeHeight: height, given: given)
      }
    }
  }

  @Test func readsTimes() throws {
    #expect(try MedianWindow.times("1703311464") == [1_703_311_464])
    #expect(try MedianWindow.times("1,2,4294967295") == [1, 2, .max])
    for bad in ["", ",", "1,", ",1", "0", "1,0", "-1", "+1", "1 ,2", "4294967296", "0x10", "1,2,x"] {
      #expect(throws: MedianWindowError.notTimes("\"\(bad)\"")) { try MedianWindow.times(bad) }
    }
  }

  /// A claim cannot choose what stands before the first block.
  @Test func claimsOfLowHeights() throws {
    func claim(_ window: MedianWindow, at height: Int?) throws -> HeaderClaim {
      try HeaderClaim(
        previous: .zero, last: .zero, bits: 0x1d00_ffff, firstTime: 5, timesBefore: window, lastTimes: window, count: 1,
        startHeight: height)
    }
    for height in 0...10 {
      #expect(throws: HeaderClaimError.timesBefore(startHeight: height)) { try claim(.unknown, at: height) }
      let window = try MedianWindow(beforeHeight: height)
      #expect(try HeaderClaim(bytes: claim(window, at: height).bytes.span).timesBefore == window)
    }
    for height in [nil, 11, 822_528] { #expect(try claim(.unknown, at: height).timesBefore == .unknown) }
  }
}
