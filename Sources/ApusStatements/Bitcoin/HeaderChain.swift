// Headers checked outside of any proof: what a prover must hold before it starts.

/// 1 to 2,016 headers that one proof covers: each links to the one before, has proof of work, all for one
/// target, and a time after the median of the 11 times before.
///
/// A value of this type has passed these checks.
public struct HeaderChain: Sendable {
  public let headers: [BlockHeader]
  /// What a proof of these headers says.
  public let claim: HeaderClaim

  /// - Parameter timesBefore: those of the blocks right before the first header, up to 11, the oldest first. The rule
  ///   on median times takes any that are missing as earlier than any time.
  public init(
    _ headers: [BlockHeader], startHeight: Int? = nil, timesBefore: [UInt32] = []
  ) throws(HeaderChainError) {
    try self.init(
      headers[...], startHeight: startHeight, after: Self.window(beforeHeight: startHeight, given: timesBefore)
    ) { HeaderPosition(index: $0, startHeight: startHeight) }
  }

  /// The input's headers, cut at the ends of difficulty periods: one chain for each proof.
  ///
  /// Without a start height, in the input or given, the ends of periods are unknown and nothing is cut.
  ///
  /// Each chain links to the one before it, and continues its times; `timesBefore` are those of the blocks right before
  /// the first header of all. That the difficulty follows the retarget rule from one to the next is
  /// ``ClaimedChain``'s to check, on their claims.
  public static func segments(
    of input: HeaderInput, startHeight given: Int? = nil, timesBefore: [UInt32] = []
  ) throws(HeaderChainError) -> [HeaderChain] {
    if let given, let named = input.startHeight, given != named {
      throw .startHeightContradicted(given: given, input: named)
    }
    let startHeight = given ?? input.startHeight
    if let startHeight, !(0...HeaderClaim.maximumHeight).contains(startHeight) {
      throw .claim(.startHeight(startHeight))
    }
    if startHeight == nil, input.headers.count > Retarget.period { throw .needsStartHeight(count: input.headers.count) }

    let position = { index in HeaderPosition(index: index, startHeight: startHeight, place: input.place(of: index)) }
    var chains: [HeaderChain] = []
    var window = try window(beforeHeight: startHeight, given: timesBefore)
    var start = 0
    repeat {
      let height = startHeight.map { $0 + start }
      let room = Retarget.period - Retarget.offset(ofHeight: height ?? 0)
      let end = min(start + room, input.headers.count)
      let segment = input.headers[start..<end]
      if let before = chains.last, let first = segment.first {
        try link(from: before.claim.last, to: first, at: position(start))
      }
      let chain = try HeaderChain(segment, startHeight: height, after: window, position)
      chains.append(chain)
      window = chain.claim.lastTimes
      start = end
    } while start < input.headers.count
    return chains
  }

  private init(
    _ headers: ArraySlice<BlockHeader>, startHeight: Int?, after timesBefore: MedianWindow,
    _ position: (Int) -> HeaderPosition
  ) throws(HeaderChainError) {
    guard let first = headers.first, let last = headers.last else { throw .noHeaders }
    do throws(HeaderClaimError) {
      claim = try HeaderClaim(
        previous: first.previous, last: last.hash, bits: first.bits, firstTime: first.time, timesBefore: timesBefore,
        lastTimes: headers.reduce(timesBefore) { $0.appending($1.time) }, count: headers.count,
        startHeight: startHeight)
    } catch {
      guard case .target(let reason) = error else { throw .claim(error) }
      throw .target(position(headers.startIndex), reason)
    }
    var hash = first.previous
    var window = timesBefore
    for (index, header) in zip(headers.indices, headers) {
      try Self.link(from: hash, to: header, at: position(index))
      guard header.bits == first.bits else {
        throw .difficultyChange(position(index), expected: first.bits, found: header.bits)
      }
      hash = header.hash
      guard claim.target.isMet(by: hash) else {
        throw .aboveTarget(position(index), hash: hash, target: claim.target)
      }
      guard header.time > window.median else {
        throw .timeNotAfterMedian(position(index), time: header.time, window)
      }
      window = window.appending(header.time)
    }
    self.headers = Array(headers)
  }

  private static func window(
    beforeHeight height: Int?, given: [UInt32]
  ) throws(HeaderChainError) -> MedianWindow {
    do throws(MedianWindowError) {
      return try MedianWindow(beforeHeight: height, given: given)
    } catch { throw .timesBefore(error) }
  }

  private static func link(
    from hash: Hash256, to header: BlockHeader, at position: HeaderPosition
  ) throws(HeaderChainError) {
    guard header.previous == hash else { throw .doNotLink(position, names: header.previous, expected: hash) }
  }
}
