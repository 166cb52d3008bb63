// Signatures in the one form that BIP-66 leaves: 30 length 02 length R 02 length S type.

enum StrictDER {
  /// Whether a signature with its hash type is in that form: both integers positive and without padding.
  static func isValid(_ signature: [UInt8]) -> Bool {
    let count = signature.count
    guard (9...73).contains(count), signature[0] == 0x30, Int(signature[1]) == count - 3 else { return false }
    let rCount = Int(signature[3])
    guard 5 + rCount < count else { return false }
    let sCount = Int(signature[5 + rCount])
    return rCount + sCount + 7 == count && isInteger(signature, at: 2, count: rCount)
      && isInteger(signature, at: 4 + rCount, count: sCount)
  }

  private static func isInteger(_ bytes: [UInt8], at tag: Int, count: Int) -> Bool {
    guard bytes[tag] == 0x02, count > 0, bytes[tag + 2] & 0x80 == 0 else { return false }
    return count == 1 || bytes[tag + 2] != 0 || bytes[tag + 3] & 0x80 != 0
  }
}
