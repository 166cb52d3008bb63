// Several proofs as one chain: what holds between their claims.

/// Claims in order: each leads from where the one before it ends.
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
  fileprivate mutating func cross(into index: Int, of claims: [HeaderClaim]) throws(ClaimedChainError) {
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
    guard claim.bits == expected else { throw .retarget(claim: index, height: height, expected: expected, found: claim.bits) }
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

/// Why claims are not one chain. Claims count from 0, and are named from 1 in messages.
public enum ClaimedChainError: Error, Hashable, Sendable {
  case noClaims
  case doNotLink(claim: Int, names: Hash256, expected: Hash256)
  case heightMissing(claim: Int)
  case heightNotNext(claim: Int, expected: Int, found: Int)
  case difficultyChange(claim: Int, height: Int, expected: UInt32, found: UInt32)
  case difficultyJump(claim: Int, before: UInt32, found: UInt32)
  case retarget(claim: Int, height: Int, expected: UInt32, found: UInt32)
  case workOverflow(claim: Int)
}

extension ClaimedChainError: CustomStringConvertible {
  public var description: String { message { "proof \(($0 + 1).grouped)" } }

  /// The message in one line, with claims named by `name`, for instance by their files.
  public func message(naming name: (Int) -> String) -> String {
    switch self {
    case .noClaims:
      "there are no proofs to connect"
    case .doNotLink(let claim, let names, let expected):
      """
      \(name(claim - 1)) and \(name(claim)) do not link: \(name(claim)) starts after block \(names.abbreviated), but \
      \(name(claim - 1)) ends with \(expected.abbreviated); give proofs in the order of the chain
      """
    case .heightMissing(let claim):
      "of \(name(claim - 1)) and \(name(claim)) one claims a height and one does not: make both with a start height, or none"
    case .heightNotNext(let claim, let expected, let found):
      """
      \(name(claim)) claims to start at height \(found.grouped), but \(name(claim - 1)) leads up to \
      \(expected.grouped)
      """
    case .difficultyChange(let claim, let height, let expected, let found):
      """
      \(name(claim - 1)) and \(name(claim)) differ in difficulty: nBits \(expected.prefixedHex), then \
      \(found.prefixedHex) from height \(height.grouped), inside a period
      """
    case .difficultyJump(let claim, let before, let found):
      """
      \(name(claim - 1)) and \(name(claim)) differ too much in difficulty: nBits \(before.prefixedHex), then \
      \(found.prefixedHex); from one period to the next a target changes by at most a factor of 4
      """
    case .retarget(let claim, let height, let expected, let found):
      """
      \(name(claim)) breaks the retarget rule: the times of the period before height \(height.grouped) demand nBits \
      \(expected.prefixedHex), it has \(found.prefixedHex)
      """
    case .workOverflow(let claim):
      "the work up to \(name(claim)) takes more than 256 bits"
    }
  }
}
