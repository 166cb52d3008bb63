// How quantities look in reports: units said once, digits that somebody reads.

import ApusStatements
import Foundation

/// A duration: `2.9 ms`, `0.41 s`, `12.3 s`, `3 min 05 s`.
func formatted(seconds: Double) -> String {
  switch seconds {
  case ..<0.1: String(format: "%.1f ms", seconds * 1000)
  case ..<10: String(format: "%.2f s", seconds)
  case ..<100: String(format: "%.1f s", seconds)
  default: String(format: "%d min %02d s", Int(seconds) / 60, Int(seconds) % 60)
  }
}

/// Bytes in the largest binary unit that leaves at least 1: `96 B`, `288 KiB`, `1.4 GiB`.
func formatted(bytes: Int) -> String {
  let units = ["KiB", "MiB", "GiB", "TiB"]
  guard bytes >= 1024 else { return "\(bytes) B" }
  var value = Double(bytes) / 1024
  var unit = 0
  while value >= 1024, unit + 1 < units.count { (value, unit) = (value / 1024, unit + 1) }
  return String(format: value < 10 ? "%.1f %@" : "%.0f %@", value, units[unit])
}

/// A rate: three digits that count.
func formatted(rate: Double) -> String { rate < 100 ? String(format: "%.3g", rate) : Int(rate).grouped }

/// Seconds since 1970, as `2023-12-22 18:57:44 UTC`.
func formatted(time: UInt32) -> String {
  var seconds = time_t(time)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  return String(
    format: "%04d-%02d-%02d %02d:%02d:%02d UTC", Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1,
    Int(parts.tm_mday), Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
}

/// A span of seconds, negative ones too, in its two largest units: `23 h 4 min`.
func formatted(span: Int64) -> String {
  let units: [(String, UInt64)] = [("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)]
  var rest = span.magnitude
  var parts: [String] = []
  for (name, size) in units where parts.count < 2 && (rest >= size || !parts.isEmpty || size == 1) {
    parts.append("\(rest / size) \(name)")
    rest %= size
  }
  return (span < 0 ? "minus " : "") + parts.joined(separator: " ")
}

/// The first and last four of many digits.
func abbreviated(_ digits: String) -> String { "\(digits.prefix(4))…\(digits.suffix(4))" }

extension UInt256 {
  /// `2^78.3`, for people; the exact number stands beside it.
  var powerOfTwo: String {
    let shift = Swift.max(0, significantBitCount - 53)
    return String(format: "2^%.1f", log2(Double((self >> shift).lowWord)) + Double(shift))
  }
  /// As an amount of work: the exact number, and what it is about.
  var hashes: String { self == .zero ? "0 hashes" : "\(self), about \(powerOfTwo) hashes" }
}

/// Lines of a report: a name, what there is to say, and at the right how long it took.
struct Rows {
  private(set) var text = ""

  mutating func title(_ line: String) { text += line + "\n" }
  mutating func row(
    _ name: String, _ detail: String, _ right: String? = nil, nameWidth: Int = 12, detailWidth: Int = 48
  ) {
    let left = "  " + padded(name, to: nameWidth) + " "
    text += right.map { left + padded(detail, to: detailWidth) + " " + $0 } ?? left + detail
    text += "\n"
  }
}

func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
