// The forms that keys of ECDSA have.

enum PublicKeyEncoding {
  /// Whether the size is what the first byte says: compressed, uncompressed or hybrid.
  static func isPlausible(_ key: [UInt8]) -> Bool {
    switch key.first {
    case 2, 3: key.count == 33
    case 4, 6, 7: key.count == 65
    default: false
    }
  }

  static func isCompressed(_ key: [UInt8]) -> Bool { key.count == 33 && (key[0] == 2 || key[0] == 3) }

  static func isCompressedOrUncompressed(_ key: [UInt8]) -> Bool {
    isCompressed(key) || key.count == 65 && key[0] == 4
  }
}
