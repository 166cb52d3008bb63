// Field arithmetic by GMP, on plain words and apart from every line of the package: what the tests compare with.

import ApusTestSupport

/// `Z/p[X] / (X^degree - constant)`; elements are `degree` words below p, constant coefficient first.
struct FieldOracle {
  let modulus: UInt64
  let degree: Int
  let constant: UInt64

  func sum(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] { zip(a, b).map { residue(GMPInteger($0) + GMPInteger($1)) } }
  func difference(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    zip(a, b).map { residue(GMPInteger($0) - GMPInteger($1)) }
  }

  /// The polynomial product over the integers, then reduced by X^degree = constant and modulo p.
  func product(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    let (a, b) = (a.map { GMPInteger($0) }, b.map { GMPInteger($0) })
    return (0..<degree).map { k in
      var low = GMPInteger()
      var high = GMPInteger()
      for i in 0..<degree {
        for j in 0..<degree where i + j == k { low = low + a[i] * b[j] }
        for j in 0..<degree where i + j == k + degree { high = high + a[i] * b[j] }
      }
      return residue(low + high * GMPInteger(constant))
    }
  }

  func power(_ a: [UInt64], _ exponent: UInt64) -> [UInt64] {
    if degree == 1 { return [GMPInteger(a[0]).power(GMPInteger(exponent), modulo: GMPInteger(modulus)).uint64] }
    var result = one
    for bit in (0..<64).reversed() {
      result = product(result, result)
      if exponent >> UInt64(bit) & 1 == 1 { result = product(result, a) }
    }
    return result
  }

  var one: [UInt64] { [1] + [UInt64](repeating: 0, count: degree - 1) }

  private func residue(_ x: GMPInteger) -> UInt64 { (x % GMPInteger(modulus)).uint64 }
}
