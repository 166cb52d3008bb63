// Small pieces of text that messages and parsers share.

/// The value of an ASCII hexadecimal digit, upper or lower case; `nil` for any other byte.
func hexValue(ofDigit byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension UInt32 {
  /// As nBits are written: `0x` and eight hexadecimal digits.
  package var prefixedHex: String { "0x" + (0..<4).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }.hex }
}

extension BinaryInteger {
  /// Decimal digits in groups of three: `826,113`.
  package var grouped: String {
    let digits = String(magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return self < 0 ? "-" + text : text
  }
}

/// A block's height in a message. A claim may put the first height after any block, which then has none.
func heightInWords(_ height: Int) -> String {
  height < 0 ? "no height, being before height 0," : "height \(height.grouped)"
}

/// Input quoted in a message: at most 40 bytes of it, everything but printable ASCII replaced.
package func quoted(_ bytes: some Collection<UInt8>) -> String {
  let shown = bytes.prefix(40).map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }
  return "\"" + String(decoding: shown, as: UTF8.self) + (bytes.count > 40 ? "…" : "") + "\""
}
