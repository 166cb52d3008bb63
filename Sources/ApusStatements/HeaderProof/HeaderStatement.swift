// The header statement: `count` headers, each linked to the one before, lead from PREV to LAST; each satisfies
// SHA-256d(header) <= target(nBits) for one and the same nBits, and is later than the median of the 11 times before; the
// first carries this timestamp, these 11 are before it and those 11 the last.

public import ApusField
public import ApusSTARK

public struct HeaderStatement: Statement {
  public typealias Column = HeaderColumn

  public static let name = "bitcoin headers"

  public let claim: HeaderClaim

  public init(_ claim: HeaderClaim) { self.claim = claim }

  /// Derived from the count and never read: the next power of two of 256 rows a header, one header of padding at least.
  ///
  /// Rows wrap around, so that the last header of all is the one before the first: it must not count.
  public var rows: Int {
    var rows = HeaderRows.perHeader
    while rows < HeaderRows.perHeader * (claim.count + 1) { rows *= 2 }
    return rows
  }

  /// Where the claim's numbers stand among the public values.
  enum Public {
    static let previous = 0
    static let last = 16
    static let bits = 32
    static let target = 34
    static let firstTime = 50
    static let timesBefore = 52
    static let lastTimes = 74
  }
  /// Where the claim's rows stand among the public rows.
  enum PublicRow {
    static let firstTime = 0
    static let last = 1
    static let end = 2
  }

  /// All limbs are made from the claim's bytes here: 16 bits each, so that none can exceed the field.
  public var publicValues: [BabyBear] {
    var limbs = Self.digestLimbs(claim.previous) + Self.digestLimbs(claim.last)
    limbs += Self.wordLimbs(claim.bits)
    limbs += Self.targetLimbs(claim.target)
    limbs += Self.wordLimbs(claim.firstTime) + Self.timeLimbs(claim.timesBefore) + Self.timeLimbs(claim.lastTimes)
    return limbs.map { BabyBear(UInt32($0)) }
  }

  public var publicRows: [Int] {
    let lastHeader = HeaderRows.perHeader * (claim.count - 1)
    let end = lastHeader + HeaderRows.perHeader
    return [HeaderRows.time, end - 1, end]
  }

  /// The start height: a height is in no header, so nothing can prove it; a proof is only bound to what was claimed.
  public var label: [UInt8] {
    guard let height = claim.startHeight else { return [] }
    return (0..<8).map { UInt8(truncatingIfNeeded: height >> (8 * $0)) }
  }

  /// A digest's bytes as SHA-256 emits its words: pairs of bytes, big-endian.
  static func digestLimbs(_ hash: Hash256) -> [UInt16] {
    let bytes = hash.bytes
    return stride(from: 0, to: 32, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
  }
  /// From the lowest.
  static func targetLimbs(_ target: Target) -> [UInt16] {
    let bytes = target.value.littleEndianBytes
    return stride(from: 0, to: 32, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
  }
  /// Low and high half of the schedule word that a little-endian header field becomes.
  static func wordLimbs(_ field: UInt32) -> [UInt16] {
    let word = field.byteSwapped
    return [UInt16(truncatingIfNeeded: word), UInt16(truncatingIfNeeded: word >> 16)]
  }
  /// In the order of comparisons: the latest time first, low half before high.
  static func timeLimbs(_ window: MedianWindow) -> [UInt16] {
    window.times.reversed().flatMap { [UInt16(truncatingIfNeeded: $0), UInt16(truncatingIfNeeded: $0 >> 16)] }
  }
}
