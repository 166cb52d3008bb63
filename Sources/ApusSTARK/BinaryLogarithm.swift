// Base-2 logarithms from IEEE additions and multiplications alone, so that every machine computes the same parameters.

/// log2 of a positive finite number, to about 2^-40.
package func log2(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "a logarithm's argument is positive")
  var mantissa = x.significand
  var result = Double(x.exponent)
  var bit = 0.5
  for _ in 0..<40 {
    mantissa *= mantissa
    if mantissa >= 2 {
      mantissa /= 2
      result += bit
    }
    bit /= 2
  }
  return result
}
