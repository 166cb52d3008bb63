// The retarget rule between claims: exact where a whole period is claimed, a bound elsewhere.

/// How far the difficulty of a ``ClaimedChain`` was checked against the retarget rule.
public struct RetargetCheck: Hashable, Sendable {
  /// Ends of periods between two claims.
  public private(set) var boundaries = 0
  /// Those before which a whole period is claimed, so that the rule says exactly what comes next. At the others only
  /// the factor of 4 that no retarget passes was checked.
  public private(set) var checked = 0

  /// Whether there was something to check, and all of it was.
  public var isComplete: Bool { boundaries > 0 && checked == boundaries }

  /// `claims` up to `index` are contiguous, and the one at `index` starts a period.
  mutating func cross(into index: Int, of claims: [HeaderClaim]) throws(ClaimedChainError) {
    let (before, claim) = (claims[index - 1], claims[index])
    boundaries += 1
    guard let height = claim.startHeight,
      let opening = claims[..<index].last(where: { $0.startHeight == height - Retarget.period })
    else {
      guard Retarget.permits(claim.target, after: before.target) else {
        throw .difficultyJump(claim: index, before: before.bits, found: claim.bits)
      }
      return
    }
    let expected = Retarget.bits(after: before.target, firstTime: opening.firstTime, lastTime: before.lastTime)
    guard claim.bits == expected else {
      throw .retarget(claim: index, height: height, expected: expected, found: claim.bits)
    }
    checked += 1
  }
}

extension RetargetCheck: CustomStringConvertible {
  public var description: String {
    if checked == 0 { return "retarget not checked" }
    return checked == boundaries
      ? "retarget checked at \(checked.grouped) of \(boundaries.grouped) period ends"
      : "retarget checked at \(checked.grouped) of \(boundaries.grouped) period ends, not checked at the others"
  }
}
