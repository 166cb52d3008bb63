// One compression of SHA-256 from its standard initial value, without padding (FIPS 180-4, 6.2.2), for vectors of
// trees whose nodes are that. The constants are the roots of primes they are defined by.

import Glibc

/// - Parameter block: 64 bytes.
func sha256Compression(_ block: [UInt8]) -> [UInt8] {
  func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
  var w = (0..<16).map { i in block[4 * i..<4 * i + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
  for i in 16..<64 {
    let s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3
    let s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10
    w.append(w[i - 16] &+ s0 &+ w[i - 7] &+ s1)
  }
  let initial = firstPrimes(8).map { fraction($0.squareRoot()) }
  let k = firstPrimes(64).map { fraction(cbrt($0)) }
  var s = initial
  for i in 0..<64 {
    let s1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)
    let choice = s[4] & s[5] ^ ~s[4] & s[6]
    let t1 = s[7] &+ s1 &+ choice &+ k[i] &+ w[i]
    let s0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)
    let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
    s = [t1 &+ s0 &+ majority, s[0], s[1], s[2], s[3] &+ t1, s[4], s[5], s[6]]
  }
  return zip(initial, s).flatMap { a, b in
    let sum = a &+ b
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
  }
}

/// The first 32 bits of the fraction; a double has enough of them for roots below 32.
private func fraction(_ x: Double) -> UInt32 { UInt32((x - x.rounded(.down)) * 4_294_967_296) }

private func firstPrimes(_ count: Int) -> [Double] {
  let primes = (2...).lazy.filter { n in (2..<n).allSatisfy { n % $0 != 0 } }
  return primes.prefix(count).map(Double.init)
}
