// 256-bit arithmetic against GMP, on edge values and random ones of all widths.

import ApusStatements
import ApusTestSupport
import Testing

private let edges: [UInt256] = [
  0, 1, 2, 0xffff, 0xffff_ffff_ffff_ffff, 0x1_0000_0000_0000_0000,
  0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff, 0x1_0000_0000_0000_0000_0000_0000_0000_0000,
  0x8000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000,
  0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe, .max,
]

/// Every pair of edge values, then random ones of all widths.
private func pairs(random count: Int, seed: UInt64) -> [(UInt256, UInt256)] {
  var generator = SeededGenerator(seed: seed)
  let random = (0..<count).map { _ in (UInt256.random(using: &generator), UInt256.random(using: &generator)) }
  return edges.flatMap { a in edges.map { (a, $0) } } + random
}

struct UInt256Tests {
  private let modulus = GMPInteger.powerOfTwo(256)

  @Test func ordersAsBigIntegers() {
    for (a, b) in pairs(random: 1000, seed: 1) {
      #expect((a < b) == (a.gmp < b.gmp), "\(a.hex) < \(b.hex)")
      #expect((a == b) == (a.gmp == b.gmp))
    }
  }

  @Test func addsAndSubtracts() {
    for (a, b) in pairs(random: 1000, seed: 2) {
      let sum = a.addingReportingOverflow(b)
      #expect(sum.partialValue.gmp == (a.gmp + b.gmp) % modulus, "\(a.hex) + \(b.hex)")
      #expect(sum.overflow == !(a.gmp + b.gmp < modulus))
      let difference = a.subtractingReportingOverflow(b)
      #expect(difference.partialValue.gmp == (a.gmp - b.gmp) % modulus, "\(a.hex) - \(b.hex)")
      #expect(difference.overflow == (a.gmp < b.gmp))
    }
  }

  @Test func multipliesByAWord() {
    for (a, b) in pairs(random: 1000, seed: 3) {
      let product = a.multipliedReportingOverflow(by: b.lowWord)
      let exact = a.gmp * GMPInteger(b.lowWord)
      #expect(product.partialValue.gmp == exact % modulus, "\(a.hex) · \(b.lowWord)")
      #expect(product.overflow == !(exact < modulus))
    }
  }

  @Test func divides() {
    for (a, b) in pairs(random: 1000, seed: 4) where b != .zero {
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      #expect(quotient.gmp == a.gmp / b.gmp, "\(a.hex) / \(b.hex)")
      #expect(remainder.gmp == a.gmp % b.gmp, "\(a.hex) % \(b.hex)")
    }
  }

  @Test func shifts() {
    for (a, _) in pairs(random: 20, seed: 5) {
      for count in [0, 1, 63, 64, 127, 128, 129, 200, 255, 256, 1000] {
        #expect((a << count).gmp == (a.gmp * .powerOfTwo(count)) % modulus, "\(a.hex) << \(count)")
        #expect((a >> count).gmp == a.gmp / .powerOfTwo(count), "\(a.hex) >> \(count)")
      }
    }
  }

  @Test func countsBits() {
    #expect(UInt256.zero.significantBitCount == 0)
    for bit in 0..<256 { #expect((UInt256.one << bit).significantBitCount == bit + 1) }
  }

  @Test func writesAndReadsText() {
    for (a, _) in pairs(random: 100, seed: 6) {
      #expect(UInt256(hex: a.hex) == a)
      #expect(UInt256(littleEndian: a.littleEndianBytes.span) == a)
      #expect(a.bigEndianBytes == a.littleEndianBytes.reversed())
      #expect(a.description == a.gmp.decimal)
    }
    #expect(UInt256(hex: "fF") == 255)
    for bad in ["", "0x1", "g", " 1", "+1", String(repeating: "0", count: 65)] { #expect(UInt256(hex: bad) == nil) }
  }

  @Test func literalsAreExact() {
    let literal: UInt256 = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210_0f1e_2d3c_4b5a_6978_8796_a5b4_c3d2_e1f0
    #expect(literal.hex == "0123456789abcdeffedcba98765432100f1e2d3c4b5a69788796a5b4c3d2e1f0")
    #expect((UInt256.max.hex) == String(repeating: "f", count: 64))
  }
}
