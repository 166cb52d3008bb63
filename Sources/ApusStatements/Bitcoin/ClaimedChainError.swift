// Why claims are not one chain.

/// Claims count from 0, and are named from 1 in messages.
public enum ClaimedChainError: Error, Hashable, Sendable {
  case noClaims
  case doNotLink(claim: Int, names: Hash256, expected: Hash256)
  case timesDoNotContinue(claim: Int, before: MedianWindow, found: MedianWindow)
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
    case .timesDoNotContinue(let claim, let before, let found):
      """
      \(name(claim)) does not continue the times of \(name(claim - 1)): it claims the times \
      \(found.times.map(String.init).joined(separator: ",")) before it, but \(name(claim - 1)) ends with \
      \(before.times.map(String.init).joined(separator: ",")); prove it with those times given
      """
    case .heightMissing(let claim):
      """
      of \(name(claim - 1)) and \(name(claim)) one claims a height and one does not: make both with a start height, \
      or none
      """
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
