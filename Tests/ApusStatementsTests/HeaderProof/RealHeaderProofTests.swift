// Proofs of headers from all of Bitcoin's history, and of a retarget.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

struct RealHeaderProofTests {
  private func prove(
    _ headers: some Collection<BlockHeader>, from startHeight: Int, after times: [UInt32] = []
  ) throws -> HeaderClaim {
    let proven = try ProvenHeaders(Array(headers), startHeight: startHeight, timesBefore: times)
    try Verifier(demanding: .proven100).verify(proven.bytes, of: HeaderStatement(proven.chain.claim))
    return proven.chain.claim
  }

  /// The first block's parent is 32 bytes of zeros; its target is the limit.
  @Test func genesis() throws {
    let claim = try prove([HeaderFact.genesis.header, HeaderFact.block1.header], from: 0)
    #expect(claim.previous == .zero)
    #expect(claim.last.display == HeaderFact.block1.hash)
  }

  @Test(RealHeaders.needed)
  func firstTwentyBlocks() throws {
    let claim = try prove(RealHeaders.load("mainnet-000000-009999.bin").prefix(20), from: 0)
    #expect(claim.bits == 0x1d00_ffff)
  }

  @Test(RealHeaders.needed)
  func twentyBlocksFrom822528() throws {
    let claim = try prove(RealHeaders.twoPeriods().prefix(20), from: 822_528)
    #expect(claim.bits == 0x1703_e8b3)
  }

  /// The last blocks of a period and the first of the next, as two proofs; the rest of the period is claimed only.
  @Test(RealHeaders.needed)
  func retargetBetweenTwoProofs() throws {
    let headers = try RealHeaders.twoPeriods()
    func times(before index: Int) -> [UInt32] { headers[index - 11..<index].map(\.time) }
    let before = try prove(headers[1996..<2016], from: 824_524, after: times(before: 1996))
    let after = try prove(headers[2016..<2036], from: 824_544, after: times(before: 2016))
    let period = try HeaderChain(Array(headers[..<1996]), startHeight: 822_528).claim

    let proven = try ClaimedChain([before, after]).retarget
    #expect((proven.boundaries, proven.checked) == (1, 0))
    let whole = try ClaimedChain([period, before, after])
    #expect(whole.retarget.isComplete)
    #expect((whole.count, whole.retarget.checked) == (2036, 1))

    // One second decides on other nBits only rarely; a day does.
    var fields = ClaimFields(before)
    fields.lastTimes[10] += 86_400
    let expected = Retarget.bits(
      after: before.target, firstTime: period.firstTime, lastTime: before.lastTime + 86_400)
    var next = ClaimFields(after)
    next.timesBefore = fields.lastTimes
    #expect(throws: ClaimedChainError.retarget(claim: 2, height: 824_544, expected: expected, found: after.bits)) {
      try ClaimedChain([period, fields.claim, next.claim])
    }
  }

  /// One header at a time, from the boundaries of periods: targets of all exponents there have been.
  @Test(RealHeaders.needed)
  func difficultiesOfAllTimes() throws {
    let headers = try RealHeaders.boundaries()
    var exponents: Set<UInt32> = []
    for (index, header) in headers.enumerated() where exponents.insert(header.bits >> 24).inserted {
      // First and last headers of periods take turns.
      let height = index / 2 * 2016 + index % 2 * 2015
      let claim = try prove([header], from: height)
      #expect(claim.bits == header.bits)
    }
    #expect(exponents == [0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d])
  }
}
