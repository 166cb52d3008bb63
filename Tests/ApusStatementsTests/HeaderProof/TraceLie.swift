// What a cheating prover changes, and where.

/// A value that SHA-256 or the statement's rules determine.
enum RuledValue: Hashable {
  /// A word of the state that the header's first and third block start from, 0 to 7 for a to h.
  case initialState(Int)
  /// A schedule word: of the message below 16, expanded from there on.
  case word
  case constant
  case bigSigma0, bigSigma1, choose, majority, smallSigma0, smallSigma1
  /// What a round computes.
  case newA, newE
  /// A word of the state after a block, 0 to 7 for a to h.
  case feedForward(Int)
  /// A limb of the digest register; it stays changed until the next digest is loaded. `step` is the header's row.
  case register(Int)
  /// 16 bits of the hash as the comparison sees them.
  case comparedLimb
  /// 16 bits of target - hash.
  case difference
  /// The borrow into a step of the comparison; into step 16, the final one.
  case borrow
  /// A limb of a time on its way, from there on. `step` is the header's row.
  case time(Int)
  /// The header's time as a comparison with an earlier one sees it, and in those that follow.
  case comparedTime
  /// A limb of time - 1 - earlier time, and what it borrows.
  case timeDifference(Int), timeBorrow(Int)
  /// How many times the header's is not after, counted from 2, and from there on.
  case timesNotAfter
}

/// A value's place: which header, which of its three SHA-256 blocks, which step.
struct LieSite: Hashable {
  let value: RuledValue
  let header: Int
  let block: Int
  let step: Int
}

typealias Lies = [LieSite: @Sendable (UInt32) -> UInt32]

extension Lies {
  static func at(
    _ value: RuledValue, header: Int, block: Int = 0, step: Int = 0, _ lie: @escaping @Sendable (UInt32) -> UInt32
  ) -> Lies {
    [LieSite(value: value, header: header, block: block, step: step): lie]
  }
  static func + (a: Lies, b: Lies) -> Lies { a.merging(b) { first, _ in first } }
}
