// Arithmetic on canonical integers modulo a graph's prime: constants are folded when they are written down, whatever the
// field.

package struct Modulus: Sendable, Hashable {
  package let value: UInt64

  package init(_ value: UInt64) { self.value = value }

  func residue(of integer: Int) -> UInt64 {
    let rest = UInt64(integer.magnitude) % value
    return integer < 0 && rest != 0 ? value - rest : rest
  }
  func sum(_ a: UInt64, _ b: UInt64) -> UInt64 { a >= value - b ? a - (value - b) : a + b }
  func difference(_ a: UInt64, _ b: UInt64) -> UInt64 { a >= b ? a - b : value - (b - a) }
  func product(_ a: UInt64, _ b: UInt64) -> UInt64 { value.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder }
}
