// Numbers on Script's stack: little-endian bytes of the magnitude, the sign in the last byte's highest bit.
// Operands are bounded, results are not: the sum of two operands is a number that no arithmetic opcode accepts any more.

/// A number that arithmetic opcodes accept: at most 4 bytes, magnitude below 2^31.
public struct ScriptNumber: Hashable, Sendable {
  public static let maximumBytes = 4
  public let value: Int

  /// `nil` if the magnitude takes more than 4 bytes.
  public init?(_ value: Int) {
    guard value.magnitude < 1 << 31 else { return nil }
    self.value = value
  }

  /// Reads an operand.
  /// - Throws: ``ScriptRule/scriptNumber`` if it has more than 4 bytes, or is not minimal where that is asked.
  public init(_ bytes: [UInt8], minimal: Bool) throws(ScriptRule) {
    value = try NumberCoding.decode(bytes, maximumBytes: Self.maximumBytes, minimal: minimal)
  }

  public var bytes: [UInt8] { NumberCoding.encode(value) }
}

/// A number that OP_CHECKLOCKTIMEVERIFY and OP_CHECKSEQUENCEVERIFY accept: at most 5 bytes, since lock times have 32 bits.
public struct LockTimeNumber: Hashable, Sendable {
  public static let maximumBytes = 5
  public let value: Int

  /// `nil` if the magnitude takes more than 5 bytes.
  public init?(_ value: Int) {
    guard value.magnitude < 1 << 39 else { return nil }
    self.value = value
  }

  /// Reads an operand.
  /// - Throws: ``ScriptRule/scriptNumber`` if it has more than 5 bytes, or is not minimal where that is asked.
  public init(_ bytes: [UInt8], minimal: Bool) throws(ScriptRule) {
    value = try NumberCoding.decode(bytes, maximumBytes: Self.maximumBytes, minimal: minimal)
  }

  public var bytes: [UInt8] { NumberCoding.encode(value) }
}

/// The encoding both share, over words: bytes of a number that is short enough lie in a word, lowest first.
package enum NumberCoding {
  /// The bytes of a result of arithmetic.
  package static func encode(_ value: Int) -> [UInt8] {
    let (word, count) = words(of: value)
    return (0..<count).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
  }

  /// The same in a word. `value` is below 2^63 in magnitude, as every sum of operands is.
  @inline(__always)
  package static func words(of value: Int) -> (word: UInt64, count: Int) {
    if value == 0 { return (0, 0) }
    let magnitude = UInt64(value.magnitude)
    // One bit more than the magnitude has, for the sign.
    let count = (64 - magnitude.leadingZeroBitCount) / 8 + 1
    let sign: UInt64 = value < 0 ? 1 : 0
    return (magnitude | sign &<< UInt64(8 * count - 1), count)
  }

  @inline(__always)
  package static func value(of word: UInt64, count: Int) -> Int {
    if count == 0 { return 0 }
    let signBit = UInt64(1) &<< UInt64(8 * count - 1)
    let magnitude = Int(word & (signBit - 1))
    return word & signBit == 0 ? magnitude : -magnitude
  }

  /// Whether no shorter encoding means the same: the last byte holds more than a sign, unless the one before needs its
  /// highest bit.
  @inline(__always)
  package static func isMinimal(_ word: UInt64, count: Int) -> Bool {
    if count == 0 { return true }
    let last = UInt8(truncatingIfNeeded: word &>> UInt64(8 * count - 8))
    if last & 0x7f != 0 { return true }
    if count == 1 { return false }
    return UInt8(truncatingIfNeeded: word &>> UInt64(8 * count - 16)) & 0x80 != 0
  }

  static func decode(_ bytes: [UInt8], maximumBytes: Int, minimal: Bool) throws(ScriptRule) -> Int {
    guard bytes.count <= maximumBytes else { throw .scriptNumber }
    var word: UInt64 = 0
    for (i, byte) in bytes.enumerated() { word |= UInt64(byte) << UInt64(8 * i) }
    guard !minimal || isMinimal(word, count: bytes.count) else { throw .scriptNumber }
    return value(of: word, count: bytes.count)
  }
}
