// Bech32 and Bech32m: five bits a character, under a checksum that finds up to four errors (BIP-173, BIP-350).

public enum Bech32 {
  public enum Variant: UInt32, Sendable {
    case bech32 = 1
    /// For witness versions from 1 on.
    case bech32m = 0x2bc8_30a3
  }

  public struct Decoded: Hashable, Sendable {
    /// In lower case.
    public let prefix: String
    /// Five bits each.
    public let values: [UInt8]
    public let variant: Variant
  }

  public static let maximumLength = 90
  private static let checksumLength = 6
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  private static func polynomial(_ values: some Sequence<UInt8>) -> UInt32 {
    let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
    var checksum: UInt32 = 1
    for value in values {
      let top = checksum >> 25
      checksum = (checksum & 0x1ff_ffff) << 5 ^ UInt32(value)
      for (i, term) in generator.enumerated() where top >> UInt32(i) & 1 == 1 { checksum ^= term }
    }
    return checksum
  }

  private static func expanded(_ prefix: [UInt8]) -> [UInt8] { prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 } }

  /// - Precondition: the prefix is in lower case, and values have five bits.
  public static func encode(prefix: String, values: [UInt8], variant: Variant) -> String {
    let prefix = Array(prefix.utf8)
    let zeros = [UInt8](repeating: 0, count: checksumLength)
    let checksum = polynomial(expanded(prefix) + values + zeros) ^ variant.rawValue
    let tail = (0..<checksumLength).map { UInt8(checksum >> UInt32(5 * (5 - $0)) & 31) }
    return String(
      decoding: prefix + [UInt8(ascii: "1")] + (values + tail).map { alphabet[Int($0)] }, as: UTF8.self)
  }

  /// `nil` if the text is too long, mixes cases, holds other characters, or its checksum is wrong.
  public static func decode(_ text: String) -> Decoded? {
    let given = Array(text.utf8)
    let isUpper = given.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let isLower = given.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    guard given.count <= maximumLength, given.allSatisfy({ (33...126).contains($0) }), !(isUpper && isLower) else {
      return nil
    }
    let characters = isUpper ? Array(text.lowercased().utf8) : given
    guard let separator = characters.lastIndex(of: UInt8(ascii: "1")), separator > 0 else { return nil }
    let prefix = Array(characters[..<separator])
    var values: [UInt8] = []
    for character in characters[(separator + 1)...] {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      values.append(UInt8(value))
    }
    guard values.count >= checksumLength, let variant = Variant(rawValue: polynomial(expanded(prefix) + values)) else {
      return nil
    }
    return Decoded(
      prefix: String(decoding: prefix, as: UTF8.self), values: values.dropLast(checksumLength), variant: variant)
  }

  /// Bytes as groups of five bits, the last one filled up with zeros.
  public static func groups(of bytes: [UInt8]) -> [UInt8] { regrouped(bytes, from: 8, to: 5).groups }

  /// Groups of five bits as bytes; `nil` if more than what fills the last group is left, or it is not zero.
  public static func bytes(of groups: [UInt8]) -> [UInt8]? {
    let (bytes, left, rest) = regrouped(groups, from: 5, to: 8)
    guard left < 5, rest == 0 else { return nil }
    return left == 0 ? bytes : bytes.dropLast()
  }

  private static func regrouped(_ groups: [UInt8], from: Int, to: Int) -> (groups: [UInt8], left: Int, rest: UInt8) {
    var (result, pending, bits): ([UInt8], Int, Int) = ([], 0, 0)
    for group in groups {
      pending = (pending << from | Int(group)) & 0xfff
      bits += from
      while bits >= to {
        bits -= to
        result.append(UInt8(pending >> bits & (1 << to - 1)))
      }
    }
    let rest = UInt8(pending << (to - bits) & (1 << to - 1))
    return (bits == 0 ? result : result + [rest], bits, bits == 0 ? 0 : rest)
  }
}
