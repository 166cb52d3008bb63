// What each of a header's 256 rows does: three SHA-256 blocks, two for the header and one for the second hash, then the
// comparison with the target and those with the 11 times before.

/// A header's rows.
package enum HeaderRows {
  package static let perHeader = 256

  /// What a row does; `step` counts from 0 within each kind and block.
  package enum Kind: Equatable {
    /// Loads a word of the initial state (d first, then c, b, a; likewise h, g, f, e).
    case initial(block: Int, step: Int)
    /// A round of SHA-256.
    case round(block: Int, step: Int)
    /// Adds a word of the block's starting state.
    case feedForward(block: Int, step: Int)
    /// Compares 16 bits of the hash with the target's, from the lowest.
    case compare(step: Int)
    /// Compares the header's time with an earlier one, the latest first.
    case median(step: Int)
    case idle
  }

  package static func kind(_ row: Int) -> Kind {
    switch row {
    case 0..<4: .initial(block: 0, step: row)
    case 4..<68: .round(block: 0, step: row - 4)
    case 68..<72: .feedForward(block: 0, step: row - 68)
    case 72..<136: .round(block: 1, step: row - 72)
    case 136..<140: .feedForward(block: 1, step: row - 136)
    case 140..<144: .initial(block: 2, step: row - 140)
    case 144..<208: .round(block: 2, step: row - 144)
    case 208..<212: .feedForward(block: 2, step: row - 208)
    case 212..<228: .compare(step: row - 212)
    case median..<median + 2 * MedianWindow.count where row % 2 == 0: .median(step: (row - median) / 2)
    default: .idle
    }
  }

  /// The row of a header whose schedule word is the header's time.
  package static let time = 73
  /// The first row on which times are compared; from there on it is every other row.
  static let median = 228
  /// How far back, on a comparison with an earlier time, the time one header further back stands: a header, less than
  /// which each pair of rows goes one header further.
  static let timesBack = perHeader + 2

  /// 1 on the rows of which `isOn` says so, 0 elsewhere.
  static func selector(_ isOn: (Kind) -> Bool) -> [UInt32] { values { isOn($0) ? 1 : 0 } }
  static func values(_ value: (Kind) -> UInt32) -> [UInt32] { (0..<perHeader).map { value(kind($0)) } }
}

/// SHA-256's constants (FIPS 180-4) and bit functions.
package enum SHA256Rounds {
  package static let initialState: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  package static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
  static func bigSigma0(_ x: UInt32) -> UInt32 { rotate(x, 2) ^ rotate(x, 13) ^ rotate(x, 22) }
  static func bigSigma1(_ x: UInt32) -> UInt32 { rotate(x, 6) ^ rotate(x, 11) ^ rotate(x, 25) }
  static func smallSigma0(_ x: UInt32) -> UInt32 { rotate(x, 7) ^ rotate(x, 18) ^ x >> 3 }
  static func smallSigma1(_ x: UInt32) -> UInt32 { rotate(x, 17) ^ rotate(x, 19) ^ x >> 10 }
  static func choose(_ e: UInt32, _ f: UInt32, _ g: UInt32) -> UInt32 { (e & f) ^ (~e & g) }
  static func majority(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt32 { (a & b) ^ (a & c) ^ (b & c) }

  /// Words 8 to 15 of the message block that ends the padding of `bits` bits, when the data ends with word 7 or 3.
  static func padding(after word: Int, bits: UInt32, at step: Int) -> UInt32 {
    step == word ? 1 << 31 : step == 15 ? bits : 0
  }
}
