// The claim's numbers: none can be another than the trace's, and none can be given in a form that means two things.

import ApusField
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

struct PublicNumberAttackTests {
  private static let names: [(Range<Int>, String)] = [
    (PublicNumbers.previous, "PREV"), (PublicNumbers.last, "LAST"), (PublicNumbers.bits, "nBits"),
    (PublicNumbers.target, "comparison"), (PublicNumbers.firstTime, "first time"),
    (PublicNumbers.timesBefore, "times claimed"), (PublicNumbers.lastTimes, "times claimed"),
  ]

  /// Each limb, by the least change and by one that leaves 16 bits.
  @Test(arguments: names)
  func limbReplaced(range: Range<Int>, name: String) throws {
    let honest = try Attack.trace(anyHashPasses: false)
    for index in range {
      for change in [BabyBear.one, .zero - .one, BabyBear(UInt32(1 << 16))] {
        var cheat = honest
        cheat.statement.publicValues[index] += change
        #expect(cheat.failures == [name], "public value \(index)")
      }
    }
  }

  /// Seconds as they are read, not as SHA-256 sees their bytes; and the right halves in the wrong order.
  @Test func firstTimeInAnotherOrder() throws {
    let (honest, range) = (try Attack.trace(anyHashPasses: false), PublicNumbers.firstTime)
    let time = try Attack.chain().claim.firstTime
    var cheat = honest
    cheat.statement.publicValues.replaceSubrange(
      range, with: [time & 0xffff, time >> 16].map { BabyBear($0) })
    #expect(cheat.failures == ["first time"])
    cheat.statement.publicValues.replaceSubrange(range, with: honest.statement.publicValues[range].reversed())
    #expect(cheat.failures == ["first time"])
  }

  /// The times at the ends of the chain: halves exchanged, bytes exchanged, the oldest first, one header older.
  @Test func timesInAnotherOrder() throws {
    let chain = try Attack.chain(12)
    let window = try MedianWindow(beforeHeight: nil, given: (1...11).map { 1_700_000_000 + 70_000 * $0 })
    let claim = try HeaderClaim(of: chain.headers, after: window)
    let honest = CheatingHeaderTrace(of: chain.headers, claim: claim)
    #expect(honest.failures == [])
    for range in [PublicNumbers.timesBefore, PublicNumbers.lastTimes] {
      let values = Array(honest.statement.publicValues[range])
      let pairs = stride(from: 0, to: 22, by: 2).map { [values[$0], values[$0 + 1]] }
      let orders: [[BabyBear]] = [
        pairs.flatMap { $0.reversed() }, Array(pairs.reversed().joined()), Array((pairs[1...] + pairs[..<1]).joined()),
        values.map { BabyBear($0.value >> 8 | $0.value << 8 & 0xff00) },
      ]
      for order in orders {
        var cheat = honest
        cheat.statement.publicValues.replaceSubrange(range, with: order)
        #expect(cheat.failures == ["times claimed"])
      }
    }
    var cheat = honest
    cheat.statement.publicValues.replaceSubrange(
      PublicNumbers.timesBefore, with: honest.statement.publicValues[PublicNumbers.lastTimes])
    #expect(cheat.failures == ["times claimed"])
  }

  /// The time of another header.
  @Test func firstTimeOfAnotherHeader() throws {
    var cheat = try Attack.trace(anyHashPasses: false)
    let word = try Attack.chain().headers[1].time.byteSwapped
    cheat.statement.publicValues.replaceSubrange(
      PublicNumbers.firstTime, with: [word & 0xffff, word >> 16].map { BabyBear($0) })
    #expect(cheat.failures == ["first time"])
  }

  /// One header of another difficulty, whichever it is.
  @Test(arguments: 0..<3)
  func bitsOfOneHeader(header: Int) throws {
    let cheat = try Attack.trace(
      .at(.word, header: header, block: 1, step: 2) { _ in UInt32(0x1d00_ffff).byteSwapped }, count: 3)
    #expect(cheat.failures == ["nBits"])
  }

  // MARK: What the statement makes of a claim

  private func claim(
    previous: Hash256 = .zero, bits: UInt32 = 0x1703_e8b3, firstTime: UInt32 = 0, lastTime: UInt32 = 0
  ) throws -> HeaderClaim {
    try HeaderClaim(
      previous: previous, last: .zero, bits: bits, firstTime: firstTime, lastTime: lastTime, count: 1)
  }
  private func values(_ claim: HeaderClaim) -> [UInt32] { HeaderStatement(claim).publicValues.map(\.value) }

  /// A claim carries no target: it follows from nBits, here by big integers.
  @Test(arguments: [0x1d00_ffff, 0x1703_e8b3, 0x1703_d869, 0x1b04_04cb, 0x0400_0001] as [UInt32])
  func targetFollowsFromBits(bits: UInt32) throws {
    let target =
      GMPInteger(UInt64(bits & 0x7f_ffff)) * GMPInteger.powerOfTwo(8 * (Int(bits >> 24) - 3))
    let bytes = target.littleEndian(count: 32)
    let limbs = (0..<16).map { UInt32(bytes[2 * $0]) | UInt32(bytes[2 * $0 + 1]) << 8 }
    #expect(try values(claim(bits: bits))[PublicNumbers.target] == limbs[...])
  }

  /// Numbers that are equal modulo the field's order are different limbs.
  @Test func numbersBeyondTheFieldStayApart() throws {
    let p = BabyBear.modulus
    for time in [p, p + 1, 0x8000_0000, .max] {
      let (first, last) = try (values(claim(firstTime: time)), values(claim(lastTime: time)))
      #expect(first[PublicNumbers.firstTime] != (try values(claim(firstTime: time - p)))[PublicNumbers.firstTime])
      #expect(last[PublicNumbers.lastTimes] != (try values(claim(lastTime: time - p)))[PublicNumbers.lastTimes])
      #expect(Array(last[PublicNumbers.lastTimes].prefix(2)) == [time & 0xffff, time >> 16])
      let word = time.byteSwapped
      #expect(Array(first[PublicNumbers.firstTime]) == [word & 0xffff, word >> 16])
      #expect(first.allSatisfy { $0 <= 0xffff } && last.allSatisfy { $0 <= 0xffff })
    }
    for position in stride(from: 0, to: 32, by: 4) {
      var bytes = [UInt8](repeating: 0, count: 32)
      bytes.replaceSubrange(position..<position + 4, with: (0..<4).map { UInt8(truncatingIfNeeded: p >> (8 * $0)) })
      #expect(try values(claim(previous: Hash256(bytes: bytes.span))) != values(claim()))
    }
  }

  /// A header of a time that the field does not hold, claimed as the number it is equal to there.
  @Test func timeBeyondTheField() throws {
    var headers = try Attack.chain().headers
    headers[0].time = 0xf000_0000
    func failures(claiming time: UInt32) throws -> Set<String> {
      var claimed = headers
      claimed[0].time = time
      let claim = try HeaderClaim(of: claimed)
      return CheatingHeaderTrace(of: headers, claim: claim, target: Attack.everyHash).failures
    }
    #expect(try failures(claiming: 0xf000_0000) == [])
    #expect(try failures(claiming: 0xf000_0000 - BabyBear.modulus) == ["first time", "times claimed"])
  }
}
