// What must hold between claims, each rule broken by itself.

import ApusStatements
import Testing

struct ClaimedChainTests {
  private let twoWeeks: UInt32 = 1_209_600
  private let name = { (index: UInt64) in Hash256(number: UInt256(index)) }

  @Test func sumsWhatItConnects() throws {
    var claims = Claims()
    try claims.add(16, from: 2000, times: (50, 70))
    try claims.add(100, bits: 0x1c01_0000, from: 2016, times: (10, 20))
    try claims.add(3, bits: 0x1c01_0000, from: 2116, times: (30, 40))
    let chain = try claims.chain()
    #expect(chain.count == 119)
    #expect(chain.startHeight == 2000)
    #expect(chain.previous == .zero)
    #expect(chain.last == name(3))
    #expect((chain.firstTime, chain.lastTime, chain.timeSpan) == (50, 40, -10))
    let works = try [(16, 0x1c00_ffff), (103, 0x1c01_0000)].map { (count: UInt64, bits: UInt32) in
      try Target(bits: bits).work.multipliedReportingOverflow(by: count).partialValue
    }
    #expect(chain.work == works[0].addingReportingOverflow(works[1]).partialValue)
  }

  @Test func refusesNothingAtAll() {
    #expect(throws: ClaimedChainError.noClaims) { try ClaimedChain([]) }
  }

  @Test func refusesClaimsThatDoNotLink() throws {
    var claims = Claims()
    try claims.add(1, from: nil)
    try claims.add(1, from: nil)
    try claims.add(1, from: nil, after: name(1))
    #expect(throws: ClaimedChainError.doNotLink(claim: 2, names: name(1), expected: name(2))) { try claims.chain() }
    #expect(throws: ClaimedChainError.doNotLink(claim: 1, names: .zero, expected: name(2))) {
      try ClaimedChain([claims.claims[1], claims.claims[0]])
    }
  }

  @Test func refusesTimesThatDoNotContinue() throws {
    let headers = try dayInput().headers
    let first = try HeaderChain(Array(headers[..<5]), startHeight: 822_528).claim
    let second = try HeaderChain(Array(headers[5..<20]), startHeight: 822_533, timesBefore: headers[..<5].map(\.time))
    #expect(try ClaimedChain([first, second.claim]).lastTimes.times == headers[9..<20].map(\.time))
    for given in [[], headers[1..<5].map(\.time), headers[..<5].map { $0.time + 1 }] {
      let other = try HeaderChain(Array(headers[5..<20]), startHeight: 822_533, timesBefore: given).claim
      let error = ClaimedChainError.timesDoNotContinue(claim: 1, before: first.lastTimes, found: other.timesBefore)
      #expect(throws: error) { try ClaimedChain([first, other]) }
      #expect(error.description.contains("prove it with those times given"))
    }
  }

  @Test func refusesHeightsThatAreNotContiguous() throws {
    for height in [2009, 2011] {
      var claims = Claims()
      try claims.add(10, from: 2000)
      try claims.add(1, from: height)
      #expect(throws: ClaimedChainError.heightNotNext(claim: 1, expected: 2010, found: height)) { try claims.chain() }
    }
  }

  @Test(arguments: [(nil, 2010), (2000, nil)] as [(Int?, Int?)])
  func refusesHeightsOnSomeClaimsAlone(first: Int?, second: Int?) throws {
    var claims = Claims()
    try claims.add(10, from: first)
    try claims.add(1, from: second)
    #expect(throws: ClaimedChainError.heightMissing(claim: 1)) { try claims.chain() }
  }

  @Test func refusesAChangeOfDifficultyInsideAPeriod() throws {
    var claims = Claims()
    try claims.add(10, from: 2000)
    try claims.add(1, bits: 0x1c00_fffe, from: 2010)
    #expect(
      throws: ClaimedChainError.difficultyChange(claim: 1, height: 2010, expected: 0x1c00_ffff, found: 0x1c00_fffe)
    ) { try claims.chain() }
  }

  // MARK: Retarget

  /// A period from `start` in three claims, then the first header of the next.
  private func period(from start: Int = 2016, times: (UInt32, UInt32), next bits: UInt32) throws -> ClaimedChain {
    var claims = Claims()
    try claims.add(1, from: start, times: (times.0, 7))
    try claims.add(2014, from: start + 1, times: (1, 2))
    try claims.add(1, from: start + 2015, times: (8, times.1))
    try claims.add(1, bits: bits, from: start + 2016)
    return try claims.chain()
  }

  @Test(
    arguments: [
      (0, 1_209_600, 0x1c00_ffff), (0, 2_419_200, 0x1c01_fffe), (0, 604_800, 0x1b7f_ff80),
      (0, 302_399, 0x1b3f_ffc0), (9_000_000, 0, 0x1b3f_ffc0), (0, 9_000_000, 0x1c03_fffc),
    ] as [(UInt32, UInt32, UInt32)])
  func followsTheRetargetRule(first: UInt32, last: UInt32, bits: UInt32) throws {
    let chain = try period(times: (first, last), next: bits)
    #expect((chain.retarget.boundaries, chain.retarget.checked) == (1, 1))
    #expect(chain.retarget.isComplete)
    #expect(chain.retarget.description == "retarget checked at 1 of 1 period ends")
    for wrong in [bits - 1, bits + 1] {
      #expect(throws: ClaimedChainError.retarget(claim: 3, height: 4032, expected: bits, found: wrong)) {
        try period(times: (first, last), next: wrong)
      }
    }
  }

  @Test func oneHeaderLessLeavesARetargetUnchecked() throws {
    var claims = Claims()
    try claims.add(2015, from: 2017, times: (0, twoWeeks))
    try claims.add(2016, bits: 0x1c03_fffc, from: 4032, times: (0, twoWeeks))
    let check = try claims.chain().retarget
    #expect((check.boundaries, check.checked) == (1, 0))
    #expect(!check.isComplete)
    #expect(check.description == "retarget not checked")

    // The next one can be: the period from 4,032 is whole.
    try claims.add(1, bits: 0x1c03_fffc, from: 6048)
    let more = try claims.chain().retarget
    #expect((more.boundaries, more.checked) == (2, 1))
    #expect(!more.isComplete)
  }

  @Test func anUncheckedRetargetStillHasItsBounds() throws {
    for bits in [0x1c03_fffd, 0x1b3f_ffbf] as [UInt32] {
      var claims = Claims()
      try claims.add(2015, from: 2017)
      try claims.add(1, bits: bits, from: 4032)
      #expect(throws: ClaimedChainError.difficultyJump(claim: 1, before: 0x1c00_ffff, found: bits)) {
        try claims.chain()
      }
    }
  }

  @Test func withoutHeightsNothingIsKnownOfPeriods() throws {
    var claims = Claims()
    try claims.add(2016, from: nil)
    try claims.add(1, bits: 0x1d00_ffff, from: nil)
    let check = try claims.chain().retarget
    #expect((check.boundaries, check.checked) == (0, 0))
    #expect(!check.isComplete)
    #expect(check.description == "retarget not checked")
  }

  @Test func refusesWorkBeyondItsWidth() throws {
    var claims = Claims()
    try claims.add(1, bits: 0x0300_0001, from: nil)
    try claims.add(1, bits: 0x0300_0001, from: nil)
    #expect(throws: ClaimedChainError.workOverflow(claim: 1)) { try claims.chain() }
  }

  @Test func messagesNameProofs() {
    let error = ClaimedChainError.retarget(claim: 1, height: 824_544, expected: 0x1703_d869, found: 0x1703_e8b3)
    #expect(
      error.description == """
        proof 2 breaks the retarget rule: the times of the period before height 824,544 demand nBits 0x1703d869, \
        it has 0x1703e8b3
        """)
    #expect(error.message { ["a.proof", "b.proof"][$0] }.hasPrefix("b.proof breaks"))
  }
}
