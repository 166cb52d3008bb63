// Real headers as chains, each rule broken by itself, and where chains are cut.

import ApusStatements
import ApusTestSupport
import Testing

struct HeaderChainTests {
  private func position(_ index: Int, from startHeight: Int? = nil) -> HeaderPosition {
    HeaderPosition(index: index, startHeight: startHeight)
  }

  @Test func theDayIsAChain() throws {
    let segments = try HeaderChain.segments(of: dayInput())
    #expect(segments.count == 1)
    let claim = segments[0].claim
    #expect(claim.previous == HeaderFact.dayFirst.header.previous)
    #expect(claim.last.display == HeaderFact.dayLast.hash)
    #expect(claim.bits == 0x1703_e8b3)
    #expect((claim.firstTime, claim.lastTime) == (1_703_311_464, 1_703_395_502))
    #expect(claim.count == 144)
    #expect(claim.startHeight == 822_528)
    #expect(segments[0].headers.count == 144)
  }

  @Test func theFirstBlockIsAChain() throws {
    let chain = try HeaderChain([HeaderFact.genesis.header], startHeight: 0)
    #expect(chain.claim.previous == .zero)
    #expect(chain.claim.work == Target.limit.work)
  }

  // MARK: What is no chain

  @Test func refusesAFlippedNonce() throws {
    var headers = try dayInput().headers
    headers[7].nonce ^= 1
    #expect(
      throws: HeaderChainError.aboveTarget(
        position(7), hash: headers[7].hash, target: try Target(bits: 0x1703_e8b3))
    ) { try HeaderChain(headers) }
  }

  @Test func refusesAChangedTime() throws {
    var headers = try dayInput().headers
    headers[143].time += 1
    #expect(
      throws: HeaderChainError.aboveTarget(
        position(143, from: 822_528), hash: headers[143].hash, target: try Target(bits: 0x1703_e8b3))
    ) {
      try HeaderChain(headers, startHeight: 822_528)
    }
  }

  @Test func refusesSwappedHeaders() throws {
    var headers = try dayInput().headers
    headers.swapAt(3, 4)
    #expect(
      throws: HeaderChainError.doNotLink(
        position(3), names: headers[3].previous, expected: headers[2].hash)
    ) { try HeaderChain(headers) }
  }

  @Test func refusesAMissingHeader() throws {
    var headers = try dayInput().headers
    headers.remove(at: 100)
    #expect(
      throws: HeaderChainError.doNotLink(
        position(100), names: headers[100].previous, expected: headers[99].hash)
    ) { try HeaderChain(headers) }
  }

  @Test func refusesWrongBits() throws {
    var headers = try dayInput().headers
    headers[5].bits = 0x1703_e8b4
    #expect(throws: HeaderChainError.difficultyChange(position(5), expected: 0x1703_e8b3, found: 0x1703_e8b4)) {
      try HeaderChain(headers)
    }
    headers[0].bits = 0x0100_3456
    #expect(throws: HeaderChainError.target(position(0), .exponentTooSmall(bits: 0x0100_3456))) {
      try HeaderChain(headers)
    }
  }

  @Test func refusesEasyHeadersOfTheirOwnTarget() throws {
    // An easier target does not help: the hash changes with it, and nobody has searched for that nonce.
    var header = HeaderFact.genesis.header
    header.nonce = 0
    #expect(throws: HeaderChainError.aboveTarget(position(0), hash: header.hash, target: .limit)) {
      try HeaderChain([header])
    }
  }

  @Test func refusesTheWrongNumberOfHeaders() throws {
    let header = HeaderFact.genesis.header
    #expect(throws: HeaderChainError.noHeaders) { try HeaderChain([]) }
    #expect(throws: HeaderChainError.claim(.count(2017))) {
      try HeaderChain([BlockHeader](repeating: header, count: 2017))
    }
    #expect(throws: HeaderChainError.claim(.crossesPeriod(startHeight: 2015, count: 2))) {
      try HeaderChain([header, header], startHeight: 2015)
    }
    for height in [-1, Int(UInt32.max), .min, .max] {
      #expect(throws: HeaderChainError.claim(.startHeight(height))) { try HeaderChain([header], startHeight: height) }
    }
  }

  /// Each header is judged by those before it, and the message says by which times.
  @Test func refusesATimeThatIsNotAfterTheMedian() throws {
    let headers = try dayInput().headers
    let time = headers[4].time
    // Seven unknown times count as earlier: with four headers before, the sixth of 11 is none of them.
    #expect(throws: Never.self) { try HeaderChain(Array(headers[4..<5])) }
    let given = headers[..<4].map { _ in time } + [UInt32](repeating: time + 9, count: 3)
    let error = try #require(throws: HeaderChainError.self) {
      try HeaderChain(Array(headers[4..<5]), startHeight: 822_532, timesBefore: given)
    }
    let window = try MedianWindow(beforeHeight: 822_532, given: given)
    #expect(error == .timeNotAfterMedian(position(0, from: 822_532), time: time, window))
    #expect(
      error.description.hasPrefix(
        "header 822,532 is too early: its time \(time) is not after \(time), the median of the 11 times before it (0,"))
    #expect(error.description.hasSuffix("look at the times given for the blocks before the first header, if any"))

    // The first headers of all are judged by fewer: the second must be after the first.
    let genesis = HeaderFact.genesis.header
    let block1 = HeaderFact.block1.header
    #expect(throws: Never.self) { try HeaderChain([genesis, block1], startHeight: 0) }
    let late = try #require(throws: HeaderChainError.self) {
      try HeaderChain([block1], startHeight: 1, timesBefore: [block1.time])
    }
    guard case .timeNotAfterMedian(_, block1.time, let before) = late else {
      Issue.record("refused for another reason: \(late)")
      return
    }
    #expect(before.median == block1.time)
    #expect(throws: HeaderChainError.timesBefore(.tooManyTimes(given: 1, blocks: 0, height: 0))) {
      try HeaderChain([genesis], startHeight: 0, timesBefore: [1])
    }
  }

  // MARK: Difficulty periods

  private let acrossPeriods = [HeaderFact.periodLast, .nextPeriodFirst]

  @Test func cutsAtTheEndOfAPeriod() throws {
    let input = try HeaderInput(reading: acrossPeriods.flatMap(\.bytes))
    let segments = try HeaderChain.segments(of: input, startHeight: 824_543)
    #expect(segments.map(\.headers) == acrossPeriods.map { [$0.header] })
    #expect(segments.map(\.claim.startHeight) == [824_543, 824_544])
  }

  @Test func doesNotCutWithoutAHeight() throws {
    let input = try HeaderInput(reading: acrossPeriods.flatMap(\.bytes))
    let place = HeaderPosition(index: 1, startHeight: nil, place: .bytes(first: 80, last: 159))
    #expect(throws: HeaderChainError.difficultyChange(place, expected: 0x1703_e8b3, found: 0x1703_d869)) {
      try HeaderChain.segments(of: input)
    }
  }

  @Test func refusesAChangeOfDifficultyInsideAPeriod() throws {
    let input = try HeaderInput(reading: acrossPeriods.flatMap(\.bytes))
    let place = HeaderPosition(index: 1, startHeight: 824_544, place: .bytes(first: 80, last: 159))
    #expect(throws: HeaderChainError.difficultyChange(place, expected: 0x1703_e8b3, found: 0x1703_d869)) {
      try HeaderChain.segments(of: input, startHeight: 824_544)
    }
  }

  @Test func refusesABrokenLinkBetweenPeriods() throws {
    let headers = [HeaderFact.daySecond.header, HeaderFact.nextPeriodFirst.header]
    let input = try HeaderInput(reading: rawBytes(headers))
    let place = HeaderPosition(index: 1, startHeight: 824_543, place: .bytes(first: 80, last: 159))
    #expect(throws: HeaderChainError.doNotLink(place, names: headers[1].previous, expected: headers[0].hash)) {
      try HeaderChain.segments(of: input, startHeight: 824_543)
    }
  }

  @Test func refusesHeightsThatCannotBe() throws {
    let input = try dayInput()
    #expect(throws: HeaderChainError.startHeightContradicted(given: 822_529, input: 822_528)) {
      try HeaderChain.segments(of: input, startHeight: 822_529)
    }
    #expect(try HeaderChain.segments(of: input, startHeight: 822_528).count == 1)
    let raw = try HeaderInput(reading: rawBytes(input.headers))
    for height in [-1, Int(UInt32.max), .min, .max] {
      #expect(throws: HeaderChainError.claim(.startHeight(height))) {
        try HeaderChain.segments(of: raw, startHeight: height)
      }
    }
    // The last header's height counts too.
    let limit = HeaderClaim.maximumHeight - 100
    #expect(throws: HeaderChainError.claim(.startHeight(limit))) {
      try HeaderChain.segments(of: raw, startHeight: limit)
    }
  }

  @Test func asksForAHeightWhereOneProofIsNotEnough() throws {
    let headers = [BlockHeader](repeating: HeaderFact.genesis.header, count: 2017)
    let input = try HeaderInput(reading: rawBytes(headers))
    #expect(throws: HeaderChainError.needsStartHeight(count: 2017)) { try HeaderChain.segments(of: input) }
  }

  @Test(RealHeaders.needed)
  func bothWholePeriodsAreChains() throws {
    let input = try HeaderInput(reading: rawBytes(RealHeaders.twoPeriods()))
    let segments = try HeaderChain.segments(of: input, startHeight: 822_528)
    #expect(segments.map(\.headers.count) == [2016, 2016, 1])
    let chain = try ClaimedChain(segments.map(\.claim))
    #expect((chain.retarget.boundaries, chain.retarget.checked) == (2, 2))
    #expect(chain.count == 4033)
    #expect(
      chain.work
        == input.headers.reduce(UInt256.zero) {
          $0.addingReportingOverflow(try! Target(bits: $1.bits).work).partialValue
        })
    #expect(try chain.anchoring()?.startHeight == 822_528)

    // From the middle of a period, the first retarget cannot be checked.
    let later = try HeaderInput(reading: rawBytes(input.headers.dropFirst(1)))
    let claims = try HeaderChain.segments(of: later, startHeight: 822_529).map(\.claim)
    let check = try ClaimedChain(claims).retarget
    #expect((check.boundaries, check.checked) == (2, 1))
    #expect(!check.isComplete)
  }

  @Test(RealHeaders.needed)
  func theFirstTenThousandBlocksAreAChain() throws {
    let input = try HeaderInput(reading: rawBytes(RealHeaders.load("mainnet-000000-009999.bin")))
    let chain = try ClaimedChain(HeaderChain.segments(of: input, startHeight: 0).map(\.claim))
    #expect(chain.claims.map(\.count) == [2016, 2016, 2016, 2016, 1936])
    #expect(chain.retarget.isComplete)
    #expect(chain.work == Target.limit.work.multipliedReportingOverflow(by: 10_000).partialValue)
  }

  // MARK: Messages

  @Test func messagesNameHeadersAndPlaces() throws {
    var input = Array(rawBytes(try dayInput().headers))
    input.removeSubrange(80 * 5..<80 * 6)
    let headers = try HeaderInput(reading: input)
    let error = try #require(throws: HeaderChainError.self) {
      try HeaderChain.segments(of: headers, startHeight: 822_528)
    }
    let (names, expected) = (headers.headers[5].previous.abbreviated, headers.headers[4].hash.abbreviated)
    #expect(
      error.message(source: "headers.bin") == """
        headers 822,532 and 822,533 do not link: header 822,533 names \(names) as its parent, \
        but header 822,532 hashes to \(expected) (headers.bin, bytes 400–479)
        """)
    #expect(error.description.hasSuffix("(bytes 400–479)"))
    let unnumbered = try #require(throws: HeaderChainError.self) { try HeaderChain.segments(of: headers) }
    #expect(unnumbered.description.hasPrefix("headers #5 and #6 do not link: header #6 names"))
  }
}
