import ApusSTARK
import ApusTestSupport
import Glibc
import Testing

@Suite struct BinaryLogarithmTests {
  @Test func powersOfTwoAreExact() {
    for exponent in -1022...1023 { #expect(ApusSTARK.log2(scalbn(1, Int32(exponent))) == Double(exponent)) }
  }

  /// Within the 2^-40 that it promises, and the rounding of forty squarings.
  @Test func itAgreesWithTheSystems() {
    var generator = SeededGenerator(seed: 40)
    for _ in 0..<100_000 {
      let x = scalbn(Double.random(in: 1..<2, using: &generator), Int32.random(in: -60..<200, using: &generator))
      #expect(abs(ApusSTARK.log2(x) - Glibc.log2(x)) < 0x1p-38)
    }
    for x in [3.0, 0.1, 2_013_265_921, 0.9999999999, 1.0000000001, .greatestFiniteMagnitude, .leastNormalMagnitude] {
      #expect(abs(ApusSTARK.log2(x) - Glibc.log2(x)) < 0x1p-38)
    }
  }
}
