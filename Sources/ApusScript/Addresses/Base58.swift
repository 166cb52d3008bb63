// Base58 with a checksum: numbers in an alphabet without look-alikes, leading zeros kept.

import ApusDigest

public enum Base58 {
  private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
  private static let values: [UInt8?] = {
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// Decoding takes the square of the length; nothing that is written this way is longer.
  public static let maximumLength = 512

  public static func encode(_ bytes: [UInt8]) -> String {
    let zeros = bytes.prefix { $0 == 0 }.count
    let digits = converted(bytes.map(Int.init), from: 256, to: 58)
    return String(
      decoding: [UInt8](repeating: alphabet[0], count: zeros) + digits.map { alphabet[$0] }, as: UTF8.self)
  }

  /// `nil` if a character is not in the alphabet, or the text is longer than ``maximumLength``.
  public static func decode(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count <= maximumLength else { return nil }
    var digits: [Int] = []
    for character in characters {
      guard let value = values[Int(character)] else { return nil }
      digits.append(Int(value))
    }
    let zeros = digits.prefix { $0 == 0 }.count
    return [UInt8](repeating: 0, count: zeros) + converted(digits, from: 58, to: 256).map { UInt8($0) }
  }

  /// The number in another base, highest digit first, without leading zeros.
  private static func converted(_ digits: [Int], from base: Int, to target: Int) -> [Int] {
    var result: [Int] = []  // lowest first
    for digit in digits {
      var carry = digit
      for i in result.indices {
        carry += result[i] * base
        result[i] = carry % target
        carry /= target
      }
      while carry > 0 {
        result.append(carry % target)
        carry /= target
      }
    }
    return result.reversed()
  }

  /// With the first four bytes of the double SHA-256 behind.
  public static func encodeWithChecksum(_ bytes: [UInt8]) -> String {
    encode(bytes + SHA256.doubleHash(bytes).prefix(4))
  }

  /// What stands before a checksum that is right; `nil` otherwise.
  public static func decodeWithChecksum(_ text: String) -> [UInt8]? {
    guard let bytes = decode(text), bytes.count >= 4 else { return nil }
    let payload = Array(bytes.dropLast(4))
    return SHA256.doubleHash(payload).prefix(4).elementsEqual(bytes.suffix(4)) ? payload : nil
  }
}
