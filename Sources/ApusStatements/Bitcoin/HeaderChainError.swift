// Why headers are no chain that a proof can cover.

/// A header as a message names it.
public struct HeaderPosition: Hashable, Sendable {
  /// Its number in the input, from 0.
  public let index: Int
  /// Its height, where the first one's is known.
  public let height: Int?
  /// Where it stands in the input, where that is known.
  public let place: HeaderPlace?

  package init(index: Int, startHeight: Int?, place: HeaderPlace? = nil) {
    self.index = index
    self.height = startHeight.map { $0 + index }
    self.place = place
  }

  /// Its height, or `#` and its number from 1.
  var name: String { height?.grouped ?? "#\((index + 1).grouped)" }
  /// The name of the header before it.
  var nameBefore: String { (height.map { ($0 - 1).grouped }) ?? "#\(index.grouped)" }
}

public enum HeaderChainError: Error, Hashable, Sendable {
  case noHeaders
  case needsStartHeight(count: Int)
  case startHeightContradicted(given: Int, input: Int)
  /// What the headers would claim is refused whatever they hold.
  case claim(HeaderClaimError)
  case timesBefore(MedianWindowError)

  // Each at the header in question; for a pair, the later one.
  case doNotLink(HeaderPosition, names: Hash256, expected: Hash256)
  case difficultyChange(HeaderPosition, expected: UInt32, found: UInt32)
  case target(HeaderPosition, TargetError)
  case aboveTarget(HeaderPosition, hash: Hash256, target: Target)
  case timeNotAfterMedian(HeaderPosition, time: UInt32, MedianWindow)

  /// Where in the input, if at one header.
  public var position: HeaderPosition? {
    switch self {
    case .noHeaders, .needsStartHeight, .startHeightContradicted, .claim, .timesBefore: nil
    case .doNotLink(let position, _, _), .difficultyChange(let position, _, _), .target(let position, _),
      .aboveTarget(let position, _, _), .timeNotAfterMedian(let position, _, _):
      position
    }
  }
}

extension HeaderChainError: CustomStringConvertible {
  public var description: String { message(source: nil) }

  /// The message in one line, with the place in `source`, the name of the file that was read.
  public func message(source: String?) -> String {
    guard let place = position?.place else { return facts }
    return "\(facts) (\(source.map { $0 + ", " } ?? "")\(place))"
  }

  private var facts: String {
    switch self {
    case .noHeaders:
      "there are no headers: a proof covers at least one"
    case .needsStartHeight(let count):
      """
      \(count.grouped) headers are more than one proof covers (2,016), and without a start height it is unknown where \
      difficulty periods end: give the start height, or fewer headers
      """
    case .startHeightContradicted(let given, let input):
      "the start height given is \(given.grouped), but the input's own is \(input.grouped)"
    case .claim(let error): error.description
    case .timesBefore(let error): error.description

    case .doNotLink(let header, let names, let expected):
      """
      headers \(header.nameBefore) and \(header.name) do not link: header \(header.name) names \(names.abbreviated) as \
      its parent, but header \(header.nameBefore) hashes to \(expected.abbreviated)
      """
    case .difficultyChange(let header, let expected, let found):
      """
      headers \(header.nameBefore) and \(header.name) differ in difficulty: nBits \(expected.prefixedHex), then \
      \(found.prefixedHex), \(Self.whereDifficultyChanges(header.height))
      """
    case .target(let header, let error):
      "header \(header.name) names no valid target: \(error)"
    case .aboveTarget(let header, let hash, let target):
      "header \(header.name) lacks proof of work: its hash \(hash) is above its target \(target.value.hex)"
    case .timeNotAfterMedian(let header, let time, let window):
      """
      header \(header.name) is too early: its time \(time) is not after \(window.median), the median of the 11 times \
      before it (\(window.times.map(String.init).joined(separator: ", ")))\(Self.whereTimesAreFrom(header))
      """
    }
  }

  /// The first headers are judged by times that may have been given.
  private static func whereTimesAreFrom(_ header: HeaderPosition) -> String {
    header.index < MedianWindow.count ? "; look at the times given for the blocks before the first header, if any" : ""
  }

  private static func whereDifficultyChanges(_ height: Int?) -> String {
    guard let height else { return "which only the start of a period allows: give the start height" }
    let start = height - Retarget.offset(ofHeight: height)
    return "inside the period from \(start.grouped) to \((start + Retarget.period - 1).grouped)"
  }
}
