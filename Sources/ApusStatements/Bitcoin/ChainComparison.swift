// Which of two chains has more work since their last common block.

/// Two chains, and the last block that both can be seen to pass through.
///
/// Only blocks at which a claim begins or ends are visible, so that the chains may part later than it seems. Which is
/// heavier does not depend on it: headers that both have after `common` count the same on both sides.
///
/// As with ``ClaimedChain``, whether the claims are true, their proofs say.
public struct ChainComparison: Sendable {
  /// One of the two chains.
  public enum Side: String, Hashable, Sendable { case first, second }

  /// The part of a chain after the common block.
  public struct Branch: Hashable, Sendable {
    /// Headers; 0 if the chain ends with the common block.
    public let count: Int
    public let work: UInt256
  }

  public let common: Hash256
  /// The common block's height, and whether an anchor fixes it; else it is what a prover says.
  public let height: (value: Int, isAnchored: Bool)?
  public let first, second: Branch

  /// The chain with more work after the common block; `nil` if there is a tie.
  public var heavier: Side? {
    if first.work == second.work { return nil }
    return first.work > second.work ? .first : .second
  }
  /// By how much it is heavier; 0 if there is a tie.
  public var lead: UInt256 {
    let (more, less) = (max(first.work, second.work), min(first.work, second.work))
    return more.subtractingReportingOverflow(less).partialValue
  }

  public init(_ first: ClaimedChain, _ second: ClaimedChain) throws(ChainComparisonError) {
    guard let (inFirst, inSecond) = try Self.lastCommonBlock(first, second) else { throw .noCommonBlock }
    common = inFirst.hash
    height = try Self.height(of: (inFirst, inSecond), in: (first, second))
    self.first = Branch(of: first, after: inFirst)
    self.second = Branch(of: second, after: inSecond)
  }

  /// As each of the chains sees it.
  ///
  /// - Throws: ``ChainComparisonError/contradiction(from:to:)`` unless both say the same of the headers from each common
  ///   block to the next, ``ChainComparisonError/times(block:)`` unless they say the same of the times that lead to it.
  ///   Where hashes are the same, the headers that lead there are.
  private static func lastCommonBlock(
    _ first: ClaimedChain, _ second: ClaimedChain
  ) throws(ChainComparisonError) -> (first: VisibleBlock, second: VisibleBlock)? {
    var last: (first: VisibleBlock, second: VisibleBlock)?
    let candidates = second.visibleBlocks
    for a in first.visibleBlocks {
      for b in candidates where b.hash == a.hash {
        guard a.times.agrees(with: b.times) else { throw .times(block: a.hash) }
        if let last {
          guard Branch(from: last.first, to: a) == Branch(from: last.second, to: b) else {
            throw .contradiction(from: last.first.hash, to: a.hash)
          }
        }
        last = (a, b)
      }
    }
    return last
  }

  /// - Throws: if the chains do not agree on it, or one contradicts what is known.
  private static func height(
    of block: (first: VisibleBlock, second: VisibleBlock), in chains: (first: ClaimedChain, second: ClaimedChain)
  ) throws(ChainComparisonError) -> (value: Int, isAnchored: Bool)? {
    let first = try height(of: block.first, in: chains.first, .first)
    let second = try height(of: block.second, in: chains.second, .second)
    guard let first, let second else { return first ?? second }
    guard first.value == second.value else {
      throw .heights(block: block.first.hash, first: first.value, second: second.value)
    }
    return (first.value, first.isAnchored || second.isAnchored)
  }

  private static func height(
    of block: VisibleBlock, in chain: ClaimedChain, _ side: Side
  ) throws(ChainComparisonError) -> (value: Int, isAnchored: Bool)? {
    let anchored: Int?
    do { anchored = try chain.anchoring()?.startHeight } catch { throw .anchor(side, error) }
    return (anchored ?? chain.startHeight).map { ($0 + block.headersBefore - 1, anchored != nil) }
  }
}

extension ChainComparison.Branch {
  fileprivate init(from start: VisibleBlock, to end: VisibleBlock) {
    count = end.headersBefore - start.headersBefore
    work = end.workBefore.subtractingReportingOverflow(start.workBefore).partialValue
  }
  fileprivate init(of chain: ClaimedChain, after block: VisibleBlock) {
    self.init(
      from: block,
      to: VisibleBlock(hash: chain.last, headersBefore: chain.count, workBefore: chain.work, times: chain.lastTimes))
  }
}

/// Why two chains cannot be compared.
public enum ChainComparisonError: Error, Hashable, Sendable {
  case noCommonBlock
  /// Only claims that are not true can do this.
  case contradiction(from: Hash256, to: Hash256)
  case heights(block: Hash256, first: Int, second: Int)
  /// Only claims that are not true can do this; times before a chain are not proven.
  case times(block: Hash256)
  case anchor(ChainComparison.Side, AnchorError)
}

extension ChainComparisonError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noCommonBlock:
      """
      the chains cannot be compared: no proof of one begins or ends at a block at which a proof of the other does; \
      give proofs that reach back to a common block
      """
    case .contradiction(let from, let to):
      """
      the chains contradict each other: both pass through blocks \(from.abbreviated) and \(to.abbreviated), but do not \
      claim the same headers between them
      """
    case .heights(let block, let first, let second):
      """
      the chains contradict each other: block \(block.abbreviated) has \(heightInWords(first)) in the first and \
      \(heightInWords(second)) in the second
      """
    case .times(let block):
      """
      the chains contradict each other: they claim different times of the \(MedianWindow.count) blocks up to block \
      \(block.abbreviated)
      """
    case .anchor(let side, let error): "the \(side) chain: \(error)"
    }
  }
}
