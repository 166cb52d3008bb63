// What one proof of headers says in public, and its bytes.

/// `count` headers, each linked to the one before, lead from `previous` to `last`; each has proof of work for the same
/// `bits`, and a time after the median of the 11 times before; the first carries this time, and these are the last times.
///
/// A value of this type is well formed, not true: it is true when a proof of it verifies. Even then `startHeight` and
/// `timesBefore` are only what the prover says: no header holds its height, or the times of those before it.
public struct HeaderClaim: Hashable, Sendable {
  /// The hash that the first header names as its parent.
  public let previous: Hash256
  /// The hash of the last header.
  public let last: Hash256
  /// nBits of every header.
  public let bits: UInt32
  public let firstTime: UInt32
  /// The times of the 11 blocks before the first header, as claimed.
  public let timesBefore: MedianWindow
  /// The times of the 11 blocks up to the last header: of these headers and, where they are fewer, of blocks before.
  public let lastTimes: MedianWindow
  /// From 1 to 2,016.
  public let count: Int
  /// The claimed height of the first header; with it, all headers lie in one difficulty period.
  public let startHeight: Int?

  /// What `bits` stand for.
  public let target: Target
  /// The work of all headers.
  public let work: UInt256

  public static let counts = 1...Retarget.period
  /// One below 2^32 − 1, which stands for no height in a claim's bytes.
  public static let maximumHeight = Int(UInt32.max) - 1

  public init(
    previous: Hash256, last: Hash256, bits: UInt32, firstTime: UInt32, timesBefore: MedianWindow,
    lastTimes: MedianWindow, count: Int, startHeight: Int? = nil
  ) throws(HeaderClaimError) {
    guard Self.counts.contains(count) else { throw .count(count) }
    if let startHeight {
      guard (0...Self.maximumHeight - (count - 1)).contains(startHeight) else { throw .startHeight(startHeight) }
      guard Retarget.offset(ofHeight: startHeight) + count <= Retarget.period else {
        throw .crossesPeriod(startHeight: startHeight, count: count)
      }
      guard timesBefore.isPossible(beforeHeight: startHeight) else { throw .timesBefore(startHeight: startHeight) }
    }
    do throws(TargetError) { target = try Target(bits: bits) } catch { throw .target(error) }
    let work = target.work.multipliedReportingOverflow(by: UInt64(count))
    guard !work.overflow else { throw .workOverflow(bits: bits, count: count) }

    self.previous = previous
    self.last = last
    self.bits = bits
    self.firstTime = firstTime
    self.timesBefore = timesBefore
    self.lastTimes = lastTimes
    self.count = count
    self.startHeight = startHeight
    self.work = work.partialValue
  }

  public var lastTime: UInt32 { lastTimes.times[MedianWindow.count - 1] }
  /// The height after the last header's.
  public var endHeight: Int? { startHeight.map { $0 + count } }
}

// MARK: Bytes

extension HeaderClaim {
  /// 42 words of 4 bytes:
  ///
  /// | bytes | field |
  /// |---|---|
  /// | 0 ..< 32 | `previous`, in the order of headers |
  /// | 32 ..< 64 | `last`, in the order of headers |
  /// | 64 ..< 68 | `bits` |
  /// | 68 ..< 72 | `firstTime` |
  /// | 72 ..< 76 | `count` |
  /// | 76 ..< 80 | `startHeight`; 2^32 − 1 for none |
  /// | 80 ..< 124 | `timesBefore`, the oldest first |
  /// | 124 ..< 168 | `lastTimes`, the oldest first |
  ///
  /// Integers are little-endian. Different bytes are different claims.
  public static let byteCount = 168

  public var bytes: [UInt8] {
    previous.bytes + last.bytes
      + ([bits, firstTime, UInt32(count), startHeight.map { UInt32($0) } ?? .max] + timesBefore.times + lastTimes.times)
      .flatMap(\.littleEndianBytes)
  }

  public init(bytes: Span<UInt8>) throws(HeaderClaimError) {
    guard bytes.count == Self.byteCount else { throw .length(bytes.count) }
    let height = bytes.littleEndianWord(at: 76)
    func window(at offset: Int) -> MedianWindow {
      MedianWindow((0..<MedianWindow.count).map { bytes.littleEndianWord(at: offset + 4 * $0) })
    }
    try self.init(
      previous: Hash256(bytes: bytes.extracting(0..<32)),
      last: Hash256(bytes: bytes.extracting(32..<64)),
      bits: bytes.littleEndianWord(at: 64),
      firstTime: bytes.littleEndianWord(at: 68),
      timesBefore: window(at: 80),
      lastTimes: window(at: 124),
      count: Int(bytes.littleEndianWord(at: 72)),
      startHeight: height == .max ? nil : Int(height))
  }
}

/// Why something is no claim about headers.
public enum HeaderClaimError: Error, Hashable, Sendable {
  case length(Int)
  case count(Int)
  case startHeight(Int)
  case crossesPeriod(startHeight: Int, count: Int)
  case timesBefore(startHeight: Int)
  case target(TargetError)
  case workOverflow(bits: UInt32, count: Int)
}

extension HeaderClaimError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .length(let length):
      "a claim about headers takes \(HeaderClaim.byteCount) bytes, not \(length.grouped)"
    case .count(let count):
      "a proof covers from 1 to 2,016 headers, not \(count.grouped)"
    case .startHeight(let height):
      "heights go from 0 to \(HeaderClaim.maximumHeight.grouped): \(height.grouped) cannot be the first header's"
    case .crossesPeriod(let start, let count):
      """
      \(count.grouped) headers from height \(start.grouped) pass the end of their difficulty period: it ends after \
      \((Retarget.period - Retarget.offset(ofHeight: start)).grouped) of them
      """
    case .timesBefore(let start):
      """
      the times claimed before height \(start.grouped) cannot be: fewer than \(MedianWindow.count) blocks come before \
      it, and the other entries are fixed
      """
    case .target(let error): error.description
    case .workOverflow(let bits, let count):
      "the work of \(count.grouped) headers of nBits \(bits.prefixedHex) takes more than 256 bits"
    }
  }
}
