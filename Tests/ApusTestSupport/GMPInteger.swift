// Big integers by GMP: the tests' oracle, independent of every line under test.

internal import CGMP

/// A non-negative or negative integer of any size.
public final class GMPInteger {
  var z = mpz_t()

  public init(_ value: UInt64 = 0) {
    __gmpz_init(&z)
    withUnsafeBytes(of: value.littleEndian) { __gmpz_import(&z, 8, -1, 1, 0, 0, $0.baseAddress) }
  }
  /// Little-endian bytes.
  public convenience init(littleEndian bytes: [UInt8]) {
    self.init()
    bytes.withUnsafeBytes { __gmpz_import(&z, bytes.count, -1, 1, 0, 0, $0.baseAddress) }
  }
  public convenience init(bigEndian bytes: [UInt8]) { self.init(littleEndian: bytes.reversed()) }

  deinit { __gmpz_clear(&z) }

  /// The value as 64 bits; it must be from 0 to 2^64 - 1.
  public var uint64: UInt64 {
    let bytes = littleEndian(count: 8)
    return bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * $1.offset) }
  }
  /// `count` little-endian bytes of a non-negative value that fits them.
  public func littleEndian(count: Int) -> [UInt8] {
    precondition(__gmpz_sizeinbase(&z, 2) <= 8 * count)
    var bytes = [UInt8](repeating: 0, count: count)
    var written = 0
    bytes.withUnsafeMutableBytes { _ = __gmpz_export($0.baseAddress, &written, -1, 1, 0, 0, &z) }
    return bytes
  }

  private static func make(_ body: (GMPInteger) -> Void) -> GMPInteger {
    let r = GMPInteger()
    body(r)
    return r
  }
  public static func + (a: GMPInteger, b: GMPInteger) -> GMPInteger { make { __gmpz_add(&$0.z, &a.z, &b.z) } }
  public static func - (a: GMPInteger, b: GMPInteger) -> GMPInteger { make { __gmpz_sub(&$0.z, &a.z, &b.z) } }
  public static func * (a: GMPInteger, b: GMPInteger) -> GMPInteger { make { __gmpz_mul(&$0.z, &a.z, &b.z) } }
  /// Rounds towards negative infinity.
  public static func / (a: GMPInteger, b: GMPInteger) -> GMPInteger { make { __gmpz_fdiv_q(&$0.z, &a.z, &b.z) } }
  /// In `[0, b)`.
  public static func % (a: GMPInteger, b: GMPInteger) -> GMPInteger { make { __gmpz_mod(&$0.z, &a.z, &b.z) } }
  /// `2^n`.
  public static func powerOfTwo(_ n: Int) -> GMPInteger { make { __gmpz_setbit(&$0.z, UInt(n)) } }
  public func power(_ e: GMPInteger, modulo m: GMPInteger) -> GMPInteger {
    Self.make { __gmpz_powm(&$0.z, &z, &e.z, &m.z) }
  }
  /// `nil` if there is none.
  public func inverse(modulo m: GMPInteger) -> GMPInteger? {
    let r = GMPInteger()
    return __gmpz_invert(&r.z, &z, &m.z) != 0 ? r : nil
  }
  public static func == (a: GMPInteger, b: GMPInteger) -> Bool { __gmpz_cmp(&a.z, &b.z) == 0 }
  public static func < (a: GMPInteger, b: GMPInteger) -> Bool { __gmpz_cmp(&a.z, &b.z) < 0 }
}
