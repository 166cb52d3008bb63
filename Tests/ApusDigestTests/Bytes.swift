// Bytes as the tests of this room write them.

/// The input of BLAKE3's test vectors: 0, 1, …, 250, 0, 1, ….
func repeatingBytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

func randomBytes(_ count: Int, using generator: inout some RandomNumberGenerator) -> [UInt8] {
  (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The bytes that an even number of hexadecimal digits writes.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap { $0.hexDigitValue }
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
