// The 138 columns of the header statement's trace.

public import ApusSTARK

/// A column of the header trace, by what it holds.
///
/// `a`, `e` and `w` are the bits of SHA-256's state words a and e after a row's round and of its schedule word; the
/// words b, c, d and f, g, h are a and e of earlier rows.
public struct HeaderColumn: TraceColumn, Sendable, Hashable {
  public let index: Int

  static func a(_ bit: Int) -> Self { Self(index: bit) }
  static func e(_ bit: Int) -> Self { Self(index: 32 + bit) }
  static func w(_ bit: Int) -> Self { Self(index: 64 + bit) }
  /// Limbs (low 0, high 1) of Sigma0(a) + Maj(a, b, c) of the row before.
  static func sumA(_ limb: Int) -> Self { Self(index: 96 + limb) }
  /// Limbs of Sigma1(e) + Ch(e, f, g) of the row before.
  static func sumE(_ limb: Int) -> Self { Self(index: 98 + limb) }
  /// Limbs of sigma0(w 15 rows back) + sigma1(w 2 rows back).
  static func sumW(_ limb: Int) -> Self { Self(index: 100 + limb) }
  /// Bits of the carries out of each limb of the sums for e, a and w.
  static func carryE(_ limb: Int, _ bit: Int) -> Self { Self(index: 102 + 3 * limb + bit) }
  static func carryA(_ limb: Int, _ bit: Int) -> Self { Self(index: 108 + 3 * limb + bit) }
  static func carryW(_ limb: Int, _ bit: Int) -> Self { Self(index: 114 + 2 * limb + bit) }
  /// The digest last computed, as sixteen 16-bit limbs: high and low half of each of its eight words.
  static func register(_ limb: Int) -> Self { Self(index: 118 + limb) }
  /// The borrow of the comparison with the target.
  static let borrow = Self(index: 134)
  /// 1 from the first row to the last row of the last header that counts.
  static let active = Self(index: 135)

  /// Limbs of a time on its way through the trace.
  static func time(_ limb: Int) -> Self { Self(index: 136 + limb) }

  package static let count = 138

  public static let names: [String] = {
    func numbered(_ name: String, _ count: Int) -> [String] { (0..<count).map { "\(name)\($0)" } }
    func limbs(_ name: String, _ bits: Int) -> [String] {
      (0..<2).flatMap { limb in (0..<bits).map { "\(name)\(limb).\($0)" } }
    }
    return numbered("a", 32) + numbered("e", 32) + numbered("w", 32) + numbered("sumA", 2) + numbered("sumE", 2)
      + numbered("sumW", 2) + limbs("carryE", 3) + limbs("carryA", 3) + limbs("carryW", 2) + numbered("register", 16)
      + ["borrow", "active"] + numbered("time", 2)
  }()
}
