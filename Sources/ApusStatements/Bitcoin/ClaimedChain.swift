// Several proofs as one chain: what holds between their claims.

/// Claims in order: each leads from where the one before it ends, and continues its times.
///
/// With heights claimed, difficulty stays the same inside a period and follows the retarget rule from one to the next.
/// A value of this type has passed these checks; whether its claims are true, their proofs say.
public struct ClaimedChain: Sendable {
  /// At least one.
  public let claims: [HeaderClaim]
  public let work: UInt256
  public let retarget: RetargetCheck

  /// The hash that the first header of all names as its parent.
  public var previous: Hash256 { claims[0].previous }
  /// The hash of the last header of all.
  public var last: Hash256 { claims[claims.count - 1].last }
  public var count: Int { claims.reduce(0) { $0 + $1.count } }
  /// Claimed, if all claims have heights.
  public var startHeight: Int? { claims[0].startHeight }
  public var firstTime: UInt32 { claims[0].firstTime }
  /// The times of the 11 blocks before the first header of all, as claimed; and of the 11 up to the last of all.
  public var timesBefore: MedianWindow { claims[0].timesBefore }
  public var lastTimes: MedianWindow { claims[claims.count - 1].lastTimes }
  public var lastTime: UInt32 { claims[claims.count - 1].lastTime }
  /// Seconds from the first header of all to the last. Header times may run backwards.
  public var timeSpan: Int64 { Int64(lastTime) - Int64(firstTime) }

  public init(_ claims: [HeaderClaim]) throws(ClaimedChainError) {
    guard let first = claims.first else { throw .noClaims }
    var work = first.work
    var retarget = RetargetCheck()
    for index in claims.indices.dropFirst() {
      let (before, claim) = (claims[index - 1], claims[index])
      guard claim.previous == before.last else {
        throw .doNotLink(claim: index, names: claim.previous, expected: before.last)
      }
      guard claim.timesBefore == before.lastTimes else {
        throw .timesDoNotContinue(claim: index, before: before.lastTimes, found: claim.timesBefore)
      }
      let sum = work.addingReportingOverflow(claim.work)
      guard !sum.overflow else { throw .workOverflow(claim: index) }
      work = sum.partialValue

      guard let height = claim.startHeight, let expected = before.endHeight else {
        guard claim.startHeight == nil, before.endHeight == nil else { throw .heightMissing(claim: index) }
        continue
      }
      guard height == expected else { throw .heightNotNext(claim: index, expected: expected, found: height) }
      if Retarget.offset(ofHeight: height) == 0 {
        try retarget.cross(into: index, of: claims)
      } else if claim.bits != before.bits {
        throw .difficultyChange(claim: index, height: height, expected: before.bits, found: claim.bits)
      }
    }
    self.claims = claims
    self.work = work
    self.retarget = retarget
  }
}
