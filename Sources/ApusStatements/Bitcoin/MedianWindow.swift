// The rule that keeps miners from setting clocks back: a block's time must be after the median of the 11 before it.
// Consensus: Bitcoin Core, CBlockIndex::GetMedianTimePast (chain.h) and ContextualCheckBlockHeader (validation.cpp).

/// The times of the 11 blocks before a block.
///
/// Two kinds of entries stand for no block's time. A time that nobody gave is 0, which counts as earlier than any. The
/// first blocks have fewer than 11 before them, and the median that consensus takes there is that of 11 entries, of
/// which the missing ones are 0 or 2^32 - 1: see ``beforeGenesis``.
public struct MedianWindow: Hashable, Sendable {
  public static let count = 11
  /// The oldest first; always ``count``.
  public let times: [UInt32]

  /// - Precondition: `times` are ``count``, the oldest first.
  public init(_ times: [UInt32]) {
    precondition(times.count == Self.count, "a window has \(Self.count) times, not \(times.count)")
    self.times = times
  }

  /// Nothing is known of the times.
  public static let unknown = MedianWindow([UInt32](repeating: 0, count: count))

  /// What stands before the first block.
  ///
  /// Of n < 11 times consensus takes the one that n / 2 others precede when they are sorted. Among 11 entries it is the
  /// one that 5 precede if 5 - n / 2 of the missing entries are smaller than all times and the others larger. As blocks
  /// come, the missing entries leave in the order in which they stand here, and these numbers stay right.
  public static let beforeGenesis = MedianWindow([0, 0, .max, 0, .max, 0, .max, 0, .max, 0, .max])

  /// What is known before a block: the latest of these times, before them what ``beforeGenesis`` says, if the height
  /// is so low, and else that they are unknown.
  ///
  /// - Parameters:
  ///   - height: the block's; `nil` if unknown.
  ///   - given: the times of blocks right before it, the oldest first.
  public init(beforeHeight height: Int?, given: [UInt32] = []) throws(MedianWindowError) {
    let blocks = Self.blocks(beforeHeight: height)
    guard given.count <= blocks else { throw .tooManyTimes(given: given.count, blocks: blocks, height: height) }
    times =
      Self.beforeGenesis.times.suffix(Self.count - blocks)
      + [UInt32](repeating: 0, count: blocks - given.count) + given
  }

  /// How many of the entries for blocks that exist before this height nobody gave.
  public func unknownCount(beforeHeight height: Int?) -> Int {
    times.suffix(Self.blocks(beforeHeight: height)).count { $0 == 0 }
  }

  /// Whether all entries for blocks that do not exist before this height are as ``beforeGenesis`` has them.
  func isPossible(beforeHeight height: Int?) -> Bool {
    let missing = Self.count - Self.blocks(beforeHeight: height)
    return times.prefix(missing) == Self.beforeGenesis.times.suffix(missing)
  }

  /// How many of the 11 blocks there are.
  private static func blocks(beforeHeight height: Int?) -> Int { min(max(height ?? count, 0), count) }

  /// What the next block's time must exceed.
  public var median: UInt32 { times.sorted()[Self.count / 2] }

  /// Whether all times of blocks that stand in both are the same.
  func agrees(with other: MedianWindow) -> Bool {
    zip(times, other.times).allSatisfy { a, b in a == b || [a, b].contains { $0 == 0 || $0 == .max } }
  }

  /// The window one block later.
  public func appending(_ time: UInt32) -> MedianWindow { MedianWindow(times.dropFirst() + [time]) }
}

public enum MedianWindowError: Error, Hashable, Sendable {
  case tooManyTimes(given: Int, blocks: Int, height: Int?)
  /// What was given is no list of times.
  case notTimes(String)
}

extension MedianWindowError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooManyTimes(let given, let blocks, let height):
      """
      \(given.grouped) times were given, but the rule looks at \(blocks.grouped) before \
      \(height.map { "height \($0.grouped)" } ?? "a block"): give the latest of them
      """
    case .notTimes(let found):
      "times are numbers of seconds since 1970, from 1 to 4,294,967,295, with commas between them, not \(found)"
    }
  }
}

extension MedianWindow {
  /// From `TIME,TIME,…`: up to 11 decimal numbers of seconds since 1970, the oldest first.
  public static func times(_ text: String) throws(MedianWindowError) -> [UInt32] {
    var times: [UInt32] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let isDecimal = part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard isDecimal, let time = UInt32(Substring(part)), time > 0 else { throw .notTimes(quoted(text.utf8)) }
      times.append(time)
    }
    return times
  }
}
