// The retarget rule: against GMP, at its clamps, and at every retarget of the main network up to 832,608.

import ApusStatements
import ApusTestSupport
import Testing

struct RetargetTests {
  private static let twoWeeks: UInt32 = 1_209_600

  /// The rule in big integers, with consensus' own limit of 2^224 − 1.
  private func expected(_ target: Target, seconds: Int64) -> UInt32 {
    let span = UInt64(min(max(seconds, 302_400), 4_838_400))
    let value = target.value.gmp * GMPInteger(span) / GMPInteger(1_209_600)
    let limit = GMPInteger.powerOfTwo(224) - GMPInteger(1)
    return (limit < value ? limit : value).compact
  }

  @Test func agreesWithBigIntegers() throws {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<2000 {
      let exponent = UInt32.random(in: 3...0x1c, using: &generator)
      let target = try Target(bits: exponent << 24 | UInt32.random(in: 1...0x7f_ffff, using: &generator))
      let first = UInt32.random(in: 0 ... .max, using: &generator)
      for span in [0, 302_399, 302_400, 302_401, 1_209_599, 1_209_600, 4_838_399, 4_838_400, 4_838_401] as [UInt32] {
        guard !first.addingReportingOverflow(span).overflow else { continue }
        let bits = Retarget.bits(after: target, firstTime: first, lastTime: first + span)
        #expect(bits == expected(target, seconds: Int64(span)), "\(target.bits.prefixedHex), \(span) s")
      }
      let last = UInt32.random(in: 0 ... .max, using: &generator)
      #expect(
        Retarget.bits(after: target, firstTime: first, lastTime: last)
          == expected(target, seconds: Int64(last) - Int64(first)))
    }
  }

  @Test func clampsAndLimits() throws {
    let target = try Target(bits: 0x1c00_ffff)
    func next(_ first: UInt32, _ last: UInt32) -> UInt32 {
      Retarget.bits(after: target, firstTime: first, lastTime: last)
    }
    #expect(next(0, Self.twoWeeks) == 0x1c00_ffff)
    #expect(next(0, .max) == 0x1c03_fffc)
    #expect(next(0, 0) == 0x1b3f_ffc0)
    #expect(next(1_000_000, 0) == 0x1b3f_ffc0, "time that runs backwards counts as the shortest span")
    #expect(Retarget.bits(after: .limit, firstTime: 0, lastTime: 2 * Self.twoWeeks) == 0x1d00_ffff)
    // Between our limit and consensus' 2^224 − 1, which has the same compact form.
    let almost = try Target(bits: 0x1d00_fffe)
    #expect(Retarget.bits(after: almost, firstTime: 0, lastTime: Self.twoWeeks + 19) == 0x1d00_ffff)
    #expect(expected(almost, seconds: Int64(Self.twoWeeks) + 19) == 0x1d00_ffff)
    // The first retarget that was no clamp and no limit, at height 32,256.
    #expect(Retarget.bits(after: .limit, firstTime: 1_261_130_161, lastTime: 1_262_152_739) == 0x1d00_d86a)
  }

  @Test func aTinyTargetEndsAsNone() throws {
    let bits = Retarget.bits(after: try Target(bits: 0x0300_0001), firstTime: 0, lastTime: 0)
    #expect(bits == 0)
    #expect(throws: TargetError.zero(bits: 0)) { try Target(bits: bits) }
  }

  @Test func permitsAFactorOfFour() throws {
    let target = try Target(bits: 0x1c00_ffff)
    #expect(Retarget.permits(try Target(bits: 0x1c03_fffc), after: target))
    #expect(!Retarget.permits(try Target(bits: 0x1c03_fffd), after: target))
    #expect(Retarget.permits(try Target(bits: 0x1b3f_ffc0), after: target))
    #expect(!Retarget.permits(try Target(bits: 0x1b3f_ffbf), after: target))
  }

  @Test(RealHeaders.needed)
  func followsEveryRetargetOfTheMainNetwork() throws {
    let headers = try RealHeaders.boundaries()
    #expect(headers.count == 827)
    var changes: [Int] = []
    for period in 1...413 {
      let (first, last, next) = (headers[2 * period - 2], headers[2 * period - 1], headers[2 * period])
      let bits = Retarget.bits(after: try Target(bits: first.bits), firstTime: first.time, lastTime: last.time)
      #expect(first.bits == last.bits)
      #expect(bits == next.bits, "height \((period * Retarget.period).grouped)")
      #expect(next.previous == last.hash)
      if next.bits != last.bits { changes.append(period * Retarget.period) }
    }
    #expect(changes.count == 398)
    #expect(changes.first == 32_256)
  }

  @Test(RealHeaders.needed)
  func sumsTheWorkOfTheMainNetwork() throws {
    let headers = try RealHeaders.boundaries()
    let file = "bitcoin-headers/mainnet-retarget-boundaries-chainwork-0-832608.bin"
    let chainWork = try #require(ReferenceData.bytes(file).map(Array.init))
    #expect(chainWork.count == 32 * headers.count)
    var work = UInt256.zero
    for (index, header) in headers.enumerated() {
      // First headers follow one block, last headers follow 2,015 of the same difficulty.
      let blocks: UInt64 = index.isMultiple(of: 2) ? 1 : 2015
      let added = try Target(bits: header.bits).work.multipliedReportingOverflow(by: blocks)
      let sum = work.addingReportingOverflow(added.partialValue)
      #expect(!added.overflow && !sum.overflow)
      work = sum.partialValue
      #expect(work.bigEndianBytes == Array(chainWork[32 * index..<32 * index + 32]), "header \(index)")
    }
  }
}
