// UInt256 as bytes, hexadecimal and decimal.

extension UInt256 {
  /// From 32 bytes, the least significant first.
  public init(littleEndian bytes: Span<UInt8>) {
    precondition(bytes.count == Self.byteCount)
    func half(_ start: Int) -> UInt128 {
      (0..<16).reduce(0) { $0 | UInt128(bytes[start + $1]) << (8 * $1) }
    }
    self.init(high: half(16), low: half(0))
  }

  /// 32 bytes, the least significant first.
  public var littleEndianBytes: [UInt8] {
    [low, high].flatMap { half in (0..<16).map { UInt8(truncatingIfNeeded: half >> (8 * $0)) } }
  }
  /// 32 bytes, the most significant first.
  public var bigEndianBytes: [UInt8] { littleEndianBytes.reversed() }

  /// From 1 to 64 hexadecimal digits, the most significant first, without a prefix; `nil` for anything else.
  public init?(hex: some StringProtocol) { self.init(hex: hex.utf8) }

  /// From the bytes of 1 to 64 hexadecimal digits.
  init?(hex digits: some Collection<UInt8>) {
    guard (1...64).contains(digits.count) else { return nil }
    self = .zero
    for digit in digits {
      guard let value = hexValue(ofDigit: digit) else { return nil }
      self = self << 4
      low |= UInt128(value)
    }
  }

  /// 64 lower-case hexadecimal digits, the most significant first.
  public var hex: String { bigEndianBytes.hex }
}

extension UInt256: CustomStringConvertible {
  /// Decimal digits.
  public var description: String {
    let chunk: UInt64 = 10_000_000_000_000_000_000  // 10^19, the largest power of ten in 64 bits
    let (upper, lower) = quotientAndRemainder(dividingBy: UInt256(chunk))
    let digits = String(lower.lowWord)
    return upper == .zero ? digits : upper.description + String(repeating: "0", count: 19 - digits.count) + digits
  }
}
