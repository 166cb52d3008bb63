// The bytes of a claim, and the claims that cannot be.

import ApusStatements
import ApusTestSupport
import Testing

struct HeaderClaimTests {
  private func day() throws -> HeaderClaim { try HeaderChain.segments(of: dayInput())[0].claim }

  private func claim(bits: UInt32 = 0x1d00_ffff, count: Int = 1, startHeight: Int? = nil) throws -> HeaderClaim {
    try HeaderClaim(
      previous: .zero, last: .zero, bits: bits, firstTime: 0, lastTime: 0, count: count, startHeight: startHeight)
  }

  @Test func bytesAreFixed() throws {
    let day = try day()
    #expect(day.bytes.count == HeaderClaim.byteCount)
    #expect(Array(day.bytes[..<32]) == day.previous.bytes)
    #expect(Array(day.bytes[32..<64]) == day.last.bytes)
    #expect(
      day.bytes[64...].hex == "b3e80317" + "68788665" + "90000000" + "008d0c00"
        + day.timesBefore.times.flatMap(\.littleEndianBytes).hex + day.lastTimes.times.flatMap(\.littleEndianBytes).hex)
    #expect(Array(day.bytes.suffix(4)).hex == "aec08765")
    #expect(try HeaderClaim(bytes: day.bytes.span) == day)
    #expect(try claim().bytes[76..<80] == [0xff, 0xff, 0xff, 0xff])
  }

  @Test func workIsCountTimesThatOfTheTarget() throws {
    let day = try day()
    let target = try Target(bits: day.bits).value.gmp
    #expect(day.work.gmp == GMPInteger(144) * (.powerOfTwo(256) / (target + GMPInteger(1))))
  }

  @Test func countsAreFromOneToAPeriod() throws {
    for count in [0, -1, 2017, .min, .max] {
      #expect(throws: HeaderClaimError.count(count)) { try claim(count: count) }
    }
    #expect(try claim(count: 2016).count == 2016)
    var bytes = try day().bytes
    for (word, count) in [(0, 0), (2017, 2017), (0x1_0090, 0x1_0090), (UInt32.max, 0xffff_ffff)] {
      bytes.replaceSubrange(72..<76, with: word.littleEndianBytes)
      #expect(throws: HeaderClaimError.count(count)) { try HeaderClaim(bytes: bytes.span) }
    }
  }

  @Test func heightsStayInsideAPeriod() throws {
    #expect(try claim(count: 2016, startHeight: 2016).endHeight == 4032)
    #expect(try claim(count: 1, startHeight: 2015).endHeight == 2016)
    #expect(throws: HeaderClaimError.crossesPeriod(startHeight: 2015, count: 2)) {
      try claim(count: 2, startHeight: 2015)
    }
    #expect(throws: HeaderClaimError.crossesPeriod(startHeight: 1, count: 2016)) {
      try claim(count: 2016, startHeight: 1)
    }
    #expect(try claim(startHeight: HeaderClaim.maximumHeight).endHeight == Int(UInt32.max))
    for (height, count) in [(-1, 1), (HeaderClaim.maximumHeight, 2), (Int(UInt32.max), 1), (.max, 2016), (.min, 1)] {
      #expect(throws: HeaderClaimError.startHeight(height)) { try claim(count: count, startHeight: height) }
    }
  }

  @Test func refusesTargetsAndWorkThatCannotBe() throws {
    #expect(throws: HeaderClaimError.target(.aboveLimit(bits: 0x207f_ffff))) { try claim(bits: 0x207f_ffff) }
    #expect(try claim(bits: 0x0300_0001).work == 1 << 255)
    #expect(throws: HeaderClaimError.workOverflow(bits: 0x0300_0001, count: 2)) {
      try claim(bits: 0x0300_0001, count: 2)
    }
  }

  @Test func refusesOtherLengths() throws {
    let bytes = try day().bytes
    for length in 0..<HeaderClaim.byteCount {
      #expect(throws: HeaderClaimError.length(length)) { try HeaderClaim(bytes: bytes.span.extracting(first: length)) }
    }
    #expect(throws: HeaderClaimError.length(169)) { try HeaderClaim(bytes: (bytes + [0]).span) }
  }

  @Test func messagesSayWhatIsAllowed() {
    #expect(
      HeaderClaimError.crossesPeriod(startHeight: 824_000, count: 1000).description == """
        1,000 headers from height 824,000 pass the end of their difficulty period: it ends after 544 of them
        """)
    #expect(HeaderClaimError.count(0).description == "a proof covers from 1 to 2,016 headers, not 0")
  }
}
