// SHA-256's functions and constants from their definition in FIPS 180-4, sharing no line with the statement under test.

enum SHA256Definition {
  private static let primes: [UInt128] = {
    var primes: [UInt128] = []
    var candidate: UInt128 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }()

  /// The first 32 bits of the fractional parts of the square roots of the first 8 primes.
  static let initialState: [UInt32] = primes.prefix(8).map { prime in
    fraction { $0 * $0 <= prime << 64 }
  }
  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  static let constants: [UInt32] = primes.map { prime in
    fraction { $0 * $0 * $0 <= prime << 96 }
  }

  /// The low 32 bits of the largest number below 2^40 that is not too large.
  private static func fraction(_ isNotTooLarge: (UInt128) -> Bool) -> UInt32 {
    var root: UInt128 = 0
    for bit in (0..<40).reversed() where isNotTooLarge(root | 1 << UInt128(bit)) { root |= 1 << UInt128(bit) }
    return UInt32(truncatingIfNeeded: root)
  }

  static func rotate(_ x: UInt32, _ count: Int) -> UInt32 { x >> UInt32(count) | x << UInt32(32 - count) }

  static func bigSigma0(_ x: UInt32) -> UInt32 { rotate(x, 2) ^ rotate(x, 13) ^ rotate(x, 22) }
  static func bigSigma1(_ x: UInt32) -> UInt32 { rotate(x, 6) ^ rotate(x, 11) ^ rotate(x, 25) }
  static func smallSigma0(_ x: UInt32) -> UInt32 { rotate(x, 7) ^ rotate(x, 18) ^ (x >> 3) }
  static func smallSigma1(_ x: UInt32) -> UInt32 { rotate(x, 17) ^ rotate(x, 19) ^ (x >> 10) }
  static func choose(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> UInt32 { (x & y) ^ (~x & z) }
  static func majority(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> UInt32 { (x & y) ^ (x & z) ^ (y & z) }
}
