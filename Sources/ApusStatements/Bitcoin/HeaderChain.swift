// Headers checked outside of any proof: what a prover must hold before it starts.

/// 1 to 2,016 headers that one proof covers: each links to the one before and has proof of work, all for one target.
///
/// A value of this type has passed these checks.
public struct HeaderChain: Sendable {
  public let headers: [BlockHeader]
  /// What a proof of these headers says.
  public let claim: HeaderClaim

  public init(_ headers: [BlockHeader], startHeight: Int? = nil) throws(HeaderChainError) {
    try self.init(headers[...], startHeight: startHeight) { HeaderPosition(index: $0, startHeight: startHeight) }
  }

  /// The input's headers, cut at the ends of difficulty periods: one chain for each proof.
  ///
  /// Without a start height, in the input or given, the ends of periods are unknown and nothing is cut.
  ///
  /// Each chain links to the one before it. That the difficulty follows the retarget rule from one to the next is
  /// ``ClaimedChain``'s to check, on their claims.
  public static func segments(of input: HeaderInput, startHeight given: Int? = nil) throws(HeaderChainError)
    -> [HeaderChain]
  {
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
    var start = 0
    repeat {
      let height = startHeight.map { $0 + start }
      let room = Retarget.period - Retarget.offset(ofHeight: height ?? 0)
      let end = min(start + room, input.headers.count)
      let segment = input.headers[start..<end]
      if let before = chains.last, let first = segment.first {
        try link(from: before.claim.last, to: first, at: position(start))
      }
      chains.append(try HeaderChain(segment, startHeight: height, position))
      start = end
    } while start < input.headers.count
    return chains
  }

  private init(
    _ headers: ArraySlice<BlockHeader>, startHeight: Int?, _ position: (Int) -> HeaderPosition
  ) throws(HeaderChainError) {
    guard let first = headers.first, let last = headers.last else { throw .noHeaders }
    do throws(HeaderClaimError) {
      claim = try HeaderClaim(
        previous: first.previous, last: last.hash, bits: first.bits, firstTime: first.time, lastTime: last.time,
        count: headers.count, startHeight: startHeight)
    } catch {
      guard case .target(let reason) = error else { throw .claim(error) }
      throw .target(position(headers.startIndex), reason)
    }
    var hash = first.previous
    for (index, header) in zip(headers.indices, headers) {
      try Self.link(from: hash, to: header, at: position(index))
      guard header.bits == first.bits else {
        throw .difficultyChange(position(index), expected: first.bits, found: header.bits)
      }
      hash = header.hash
      guard claim.target.isMet(by: hash) else {
        throw .aboveTarget(position(index), hash: hash, target: claim.target)
      }
    }
    self.headers = Array(headers)
  }

  private static func link(
    from hash: Hash256, to header: BlockHeader, at position: HeaderPosition
  ) throws(HeaderChainError) {
    guard header.previous == hash else { throw .doNotLink(position, names: header.previous, expected: hash) }
  }
}
