// Numbers as text, without Foundation.

/// With so many digits after the point, rounded: `fixed(2.345, 2)` is `2.35`, or `2.34` where the number is below.
func fixed(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int((abs(value) * scale).rounded())
  let sign = value < 0 && scaled != 0 ? "-" : ""
  guard digits > 0 else { return sign + "\(scaled)" }
  let text = String(scaled)
  let filled = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return sign + filled.dropLast(digits) + "." + filled.suffix(digits)
}

/// Three digits that count, or all before the point: `0.0123`, `1.23`, `12.3`, `1234`.
func significant(_ value: Double) -> String {
  var digits = 2
  var bound = 10.0
  while digits > 0, abs(value) >= bound { (digits, bound) = (digits - 1, bound * 10) }
  bound = 1
  while digits < 6, abs(value) < bound, value != 0 { (digits, bound) = (digits + 1, bound / 10) }
  return fixed(value, digits)
}

/// A share as per cent: `3 %`, `0.4 %`.
func percent(_ share: Double) -> String { fixed(share * 100, abs(share) < 0.0995 ? 1 : 0) + " %" }

/// A number with commas between thousands.
func grouped(_ value: Int) -> String {
  var digits = Array(String(value.magnitude))
  var place = digits.count - 3
  while place > 0 {
    digits.insert(",", at: place)
    place -= 3
  }
  return (value < 0 ? "-" : "") + String(digits)
}

/// A power of two as one where that reads better: `2^16`, `4,096`.
func rowCount(_ rows: Int) -> String {
  rows >= 1 << 13 && rows.nonzeroBitCount == 1 ? "2^\(rows.trailingZeroBitCount)" : grouped(rows)
}
