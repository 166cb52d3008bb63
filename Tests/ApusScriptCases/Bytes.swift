// Bytes as cases are made of them: numbers, pushes and digits.

import ApusScript

/// Numbers on the stack, written down once more so that the generator does not lean on what it tests.
enum StackNumber {
  static func encode(_ value: Int) -> [UInt8] {
    guard value != 0 else { return [] }
    var (bytes, rest): ([UInt8], UInt) = ([], value.magnitude)
    while rest > 0 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    if bytes[bytes.count - 1] >= 0x80 { bytes.append(0) }
    if value < 0 { bytes[bytes.count - 1] |= 0x80 }
    return bytes
  }

  static func decode(_ bytes: [UInt8]) -> Int {
    guard let last = bytes.last else { return 0 }
    var value = Int(last & 0x7f)
    for byte in bytes.dropLast().reversed() { value = value << 8 | Int(byte) }
    return last & 0x80 == 0 ? value : -value
  }

  static func isTrue(_ bytes: [UInt8]) -> Bool {
    bytes.enumerated().contains { $0.element != 0 && !($0.offset == bytes.count - 1 && $0.element == 0x80) }
  }
}

/// One of the ways to push data, the shortest among them.
func pushed(_ data: [UInt8], lengthBytes: Int? = nil) -> [UInt8] {
  guard let lengthBytes else { return Push.minimal(data) }
  let length = (0..<lengthBytes).map { UInt8(truncatingIfNeeded: data.count >> (8 * $0)) }
  switch lengthBytes {
  case 1: return [0x4c] + length + data
  case 2: return [0x4d] + length + data
  default: return [0x4e] + length + data
  }
}

public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

extension RandomNumberGenerator {
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  mutating func pick<C: RandomAccessCollection>(_ choices: C) -> C.Element {
    choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
  }
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}
