// nBits, targets and work: the known edge cases of consensus, then random ones against GMP.

import ApusStatements
import ApusTestSupport
import Testing

struct TargetTests {
  @Test func decodesAsConsensus() throws {
    let known: [(UInt32, UInt256)] = [
      (0x1d00_ffff, 0x0000_0000_ffff_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000),
      (0x1703_e8b3, 0x3e8b3 << 160),
      (0x0500_9234, 0x9234_0000),
      (0x0412_3456, 0x1234_5600),
      (0x0312_3456, 0x123456),
      (0x0300_0001, 1),
      (0x1b04_04cb, 0x0000_0000_0004_04cb_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000),
      // A leading zero byte, which a retarget never makes.
      (0x1e00_00ff, 0xff << 216),
    ]
    for (bits, value) in known { #expect(try Target(bits: bits).value == value, "\(bits.prefixedHex)") }
  }

  @Test(
    arguments: [
      (0x0492_3456, TargetError.negative(bits: 0x0492_3456)),
      (0x01fe_dcba, .negative(bits: 0x01fe_dcba)),
      (0xff92_3456, .negative(bits: 0xff92_3456)),
      (0x0000_0000, .zero(bits: 0)),
      (0x1d00_0000, .zero(bits: 0x1d00_0000)),
      (0xff00_0000, .zero(bits: 0xff00_0000)),
      (0x0012_3456, .exponentTooSmall(bits: 0x0012_3456)),
      (0x0100_3456, .exponentTooSmall(bits: 0x0100_3456)),
      (0x0112_3456, .exponentTooSmall(bits: 0x0112_3456)),
      (0x0200_8000, .exponentTooSmall(bits: 0x0200_8000)),
      (0xff12_3456, .overflow(bits: 0xff12_3456)),
      (0x2301_0000, .overflow(bits: 0x2301_0000)),
      (0x2300_0001, .overflow(bits: 0x2300_0001)),
      (0x2201_0000, .overflow(bits: 0x2201_0000)),
      (0x2200_0100, .overflow(bits: 0x2200_0100)),
      (0x2101_0000, .overflow(bits: 0x2101_0000)),
      (0x2200_00ff, .aboveLimit(bits: 0x2200_00ff)),
      (0x2100_ffff, .aboveLimit(bits: 0x2100_ffff)),
      (0x2012_3456, .aboveLimit(bits: 0x2012_3456)),
      (0x207f_ffff, .aboveLimit(bits: 0x207f_ffff)),
      (0x1d01_0000, .aboveLimit(bits: 0x1d01_0000)),
      (0x1e00_ffff, .aboveLimit(bits: 0x1e00_ffff)),
    ] as [(UInt32, TargetError)])
  func refuses(bits: UInt32, reason: TargetError) {
    #expect(throws: reason) { try Target(bits: bits) }
  }

  /// The definition, in big integers: m · 256^(e − 3), with every reason in the order of consensus.
  @Test func agreesWithBigIntegers() {
    var generator = SeededGenerator(seed: 11)
    let limit = GMPInteger(0xffff) * .powerOfTwo(208)
    for _ in 0..<20_000 {
      let exponent = UInt32.random(in: 0...40, using: &generator)
      let mantissa = UInt32.random(in: 0...0xff_ffff, using: &generator) >> UInt32.random(in: 0...24, using: &generator)
      let bits = exponent << 24 | mantissa
      let target = try? Target(bits: bits)
      guard mantissa & 0x80_0000 == 0, mantissa != 0, exponent >= 3 else {
        #expect(target == nil, "\(bits.prefixedHex)")
        continue
      }
      let value = GMPInteger(UInt64(mantissa)) * .powerOfTwo(8 * (Int(exponent) - 3))
      #expect((target == nil) == (limit < value), "\(bits.prefixedHex)")
      guard let target else { continue }
      #expect(target.bits == value.compact, "\(bits.prefixedHex)")
      #expect(target.value.gmp == value, "\(bits.prefixedHex)")
      #expect(target.work.gmp == .powerOfTwo(256) / (value + GMPInteger(1)), "\(bits.prefixedHex)")
      // Compact forms with leading zero bytes come back without them.
      if target.bits >> 24 >= 3 { #expect((try? Target(bits: target.bits)) == target) }
      if mantissa >= 0x8000 { #expect(target.bits == bits, "\(bits.prefixedHex)") }
    }
  }

  @Test func encodesAsConsensus() {
    let known: [(UInt256, UInt32)] = [
      (0, 0), (0x12, 0x0112_0000), (0x80, 0x0200_8000), (0x1234, 0x0212_3400), (0x12_3456, 0x0312_3456),
      (0x1234_5600, 0x0412_3456), (0x9234_0000, 0x0500_9234), (0x1234_5678, 0x0412_3456),
      (.max, 0x2100_ffff), (Target.limit.value, 0x1d00_ffff),
    ]
    for (value, bits) in known { #expect(Target.compact(value) == bits, "\(value.hex)") }
  }

  @Test func worksOfKnownTargets() throws {
    #expect(Target.limit.work == 0x1_0001_0001)
    #expect(try Target(bits: 0x0300_0001).work == 1 << 255)
  }

  @Test func comparesHashesWithItself() throws {
    let target = try Target(bits: 0x1b04_04cb)
    #expect(target.isMet(by: Hash256(number: target.value)))
    #expect(!target.isMet(by: Hash256(number: target.value.addingReportingOverflow(1).partialValue)))
  }
}
