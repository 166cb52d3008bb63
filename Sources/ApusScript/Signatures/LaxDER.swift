// Signatures as OpenSSL read them when Bitcoin began: DER with every length form, padding and trailing bytes allowed.
// Blocks from before BIP-66 hold such signatures, so what is read from them is consensus.

enum LaxDER {
  /// R and S, 32 bytes each; zeros if one is too long; `nil` where there are no two integers.
  static func compact(_ bytes: [UInt8]) -> [UInt8]? {
    var reader = Reader(bytes: bytes)
    guard reader.skipSequenceHeader(), let r = reader.integer(), let s = reader.integer() else { return nil }
    guard r.count <= 32, s.count <= 32 else { return [UInt8](repeating: 0, count: 64) }
    return padded(r) + padded(s)
  }

  private static func padded(_ integer: ArraySlice<UInt8>) -> [UInt8] {
    [UInt8](repeating: 0, count: 32 - integer.count) + integer
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    var left: Int { bytes.count - position }

    private mutating func next() -> UInt8? {
      guard left > 0 else { return nil }
      defer { position += 1 }
      return bytes[position]
    }

    /// What the sequence says of its length is passed over.
    mutating func skipSequenceHeader() -> Bool {
      guard next() == 0x30, let length = next() else { return false }
      guard length & 0x80 != 0 else { return true }
      let lengthBytes = Int(length & 0x7f)
      guard lengthBytes <= left else { return false }
      position += lengthBytes
      return true
    }

    /// An integer's bytes without leading zeros.
    mutating func integer() -> ArraySlice<UInt8>? {
      guard next() == 0x02, let count = length(), count <= left else { return nil }
      defer { position += count }
      return bytes[position..<position + count].drop { $0 == 0 }
    }

    private mutating func length() -> Int? {
      guard let first = next() else { return nil }
      guard first & 0x80 != 0 else { return Int(first) }
      var lengthBytes = Int(first & 0x7f)
      guard lengthBytes <= left else { return nil }
      while lengthBytes > 0 && bytes[position] == 0 {
        position += 1
        lengthBytes -= 1
      }
      guard lengthBytes < 4 else { return nil }
      var length = 0
      for _ in 0..<lengthBytes {
        length = length << 8 | Int(bytes[position])
        position += 1
      }
      return length
    }
  }
}
