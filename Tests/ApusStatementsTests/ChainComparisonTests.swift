// Which of two chains is heavier, and what makes two chains incomparable.

import ApusStatements
import ApusTestSupport
import Testing

/// A chain of made-up claims through blocks of these names, which starts after the first of them.
private func chain(
  _ names: UInt64..., counts: [Int], bits: [UInt32]? = nil, from startHeight: Int? = nil
) throws -> ClaimedChain {
  var claims = Claims()
  var height = startHeight
  for (index, count) in counts.enumerated() {
    try claims.add(
      count, bits: bits?[index] ?? 0x1c00_ffff, from: height, after: block(names[index]), to: block(names[index + 1]))
    height = height.map { $0 + count }
  }
  return try claims.chain()
}

private func block(_ name: UInt64) -> Hash256 { Hash256(number: UInt256(name)) }

private func work(_ count: UInt64, bits: UInt32 = 0x1c00_ffff) throws -> UInt256 {
  try Target(bits: bits).work.multipliedReportingOverflow(by: count).partialValue
}

/// The comparison, and that the other way round gives the same.
private func compared(_ first: ClaimedChain, _ second: ClaimedChain) throws -> ChainComparison {
  let comparison = try ChainComparison(first, second)
  let mirrored = try ChainComparison(second, first)
  #expect(mirrored.common == comparison.common)
  #expect((mirrored.first, mirrored.second) == (comparison.second, comparison.first))
  #expect(mirrored.lead == comparison.lead)
  #expect(mirrored.height?.value == comparison.height?.value)
  #expect(mirrored.height?.isAnchored == comparison.height?.isAnchored)
  switch comparison.heavier {
  case .first: #expect(mirrored.heavier == .second)
  case .second: #expect(mirrored.heavier == .first)
  case nil: #expect(mirrored.heavier == nil)
  }
  return comparison
}

/// Both ways round are refused, and `isReason` knows why.
private func refused(
  _ first: ClaimedChain, _ second: ClaimedChain, sourceLocation: SourceLocation = #_sourceLocation,
  because isReason: (ChainComparisonError) -> Bool
) {
  for (a, b) in [(first, second), (second, first)] {
    do throws(ChainComparisonError) {
      _ = try ChainComparison(a, b)
      Issue.record("compared", sourceLocation: sourceLocation)
    } catch { #expect(isReason(error), "\(error)", sourceLocation: sourceLocation) }
  }
}

struct ChainComparisonTests {
  // MARK: Good chains

  @Test func countsWorkAfterTheLastCommonBlock() throws {
    let comparison = try compared(
      chain(1, 2, 3, 14, counts: [100, 10, 5]), chain(1, 2, 3, 24, 25, counts: [100, 10, 3, 4]))
    #expect(comparison.common == block(3))
    #expect(comparison.height == nil)
    #expect((comparison.first.count, comparison.second.count) == (5, 7))
    #expect(try comparison.first.work == work(5))
    #expect(try comparison.second.work == work(7))
    #expect(comparison.heavier == .second)
    #expect(try comparison.lead == work(2))
  }

  /// Work decides, not length.
  @Test func fewerHeadersCanBeHeavier() throws {
    let comparison = try compared(
      chain(1, 2, 13, counts: [10, 100]), chain(1, 2, 23, counts: [10, 2], bits: [0x1c00_ffff, 0x1a00_ffff]))
    #expect(comparison.heavier == .second)
    #expect(try comparison.second.work == work(2, bits: 0x1a00_ffff))
  }

  /// What one chain says of the times up to a common block, the other may leave open, but not contradict.
  @Test func timesOfCommonBlocks() throws {
    func chain(_ times: [UInt32], to name: UInt64) throws -> ClaimedChain {
      let window = try MedianWindow(beforeHeight: nil, given: times)
      return try ClaimedChain([
        HeaderClaim(
          previous: block(1), last: block(name), bits: 0x1c00_ffff, firstTime: 90, lastTime: 90, count: 2, after: window
        )
      ])
    }
    let known = try chain([70, 80], to: 2)
    for times in [[], [80], [60, 70, 80]] as [[UInt32]] {
      #expect(try compared(known, chain(times, to: 3)).heavier == nil)
    }
    for times in [[81], [71, 80]] as [[UInt32]] {
      try refused(known, chain(times, to: 3)) { $0 == .times(block: block(1)) }
    }
  }

  /// The chains need neither start together nor have the same proofs up to the common block.
  @Test func startsMayDiffer() throws {
    let comparison = try compared(chain(1, 2, 3, 14, counts: [9, 10, 5]), chain(3, 24, counts: [6]))
    #expect(comparison.common == block(3))
    #expect((comparison.first.count, comparison.second.count) == (5, 6))

    let split = try compared(chain(1, 2, 5, 16, counts: [9, 10, 1]), chain(2, 3, 4, 5, 26, counts: [3, 3, 4, 2]))
    #expect(split.common == block(5))
    #expect((split.first.count, split.second.count) == (1, 2))
  }

  /// Where a proof of one chain covers the fork, an earlier block is the last that can be seen; the lead is the same.
  @Test func hiddenHeadersDoNotChangeTheLead() throws {
    let visible = try compared(chain(1, 2, 13, counts: [10, 7]), chain(1, 2, 23, counts: [10, 4]))
    let hidden = try compared(chain(1, 13, counts: [17]), chain(1, 2, 23, counts: [10, 4]))
    #expect((visible.common, hidden.common) == (block(2), block(1)))
    #expect((hidden.first.count, hidden.second.count) == (17, 14))
    #expect((visible.heavier, visible.lead) == (hidden.heavier, hidden.lead))
  }

  @Test func aPrefixIsLighter() throws {
    let comparison = try compared(chain(1, 2, 3, counts: [5, 6]), chain(1, 2, 3, 4, counts: [5, 6, 1]))
    #expect(comparison.common == block(3))
    #expect((comparison.first.count, comparison.first.work) == (0, .zero))
    #expect(comparison.heavier == .second)
    // A chain that starts where the other ends continues it.
    #expect(try compared(chain(1, 2, counts: [5]), chain(2, 3, counts: [1])).heavier == .second)
  }

  @Test func equalWorkIsATie() throws {
    let fork = try compared(chain(1, 2, 13, counts: [5, 6]), chain(1, 2, 23, 24, counts: [5, 4, 2]))
    #expect(fork.heavier == nil)
    #expect(fork.lead == .zero)
    #expect(fork.first.work == fork.second.work)
    let same = try chain(1, 2, 3, counts: [5, 6])
    let itself = try compared(same, same)
    #expect(itself.heavier == nil)
    #expect((itself.common, itself.first.count, itself.second.count) == (block(3), 0, 0))
  }

  @Test func agreesWithBigIntegers() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      func branch(_ name: UInt64) throws -> (claims: [HeaderClaim], work: GMPInteger) {
        var claims = Claims()
        var sum = GMPInteger(0)
        for index in 0..<UInt64.random(in: 0...4, using: &random) {
          let mantissa = UInt32.random(in: 0x8000...0x7f_ffff, using: &random)
          let bits = UInt32.random(in: 0x06...0x1c, using: &random) << 24 | mantissa
          let count = Int.random(in: 1...2016, using: &random)
          try claims.add(
            count, bits: bits, from: nil, after: index == 0 ? block(2) : nil, to: block(name + index))
          let target = try #require(try? Target(bits: bits)).value.gmp
          sum = sum + GMPInteger.powerOfTwo(256) / (target + GMPInteger(1)) * GMPInteger(UInt64(count))
        }
        return (claims.claims, sum)
      }
      let trunk = try chain(1, 2, counts: [7]).claims
      let (a, b) = (try branch(100), try branch(200))
      let comparison = try compared(ClaimedChain(trunk + a.claims), ClaimedChain(trunk + b.claims))
      #expect(comparison.first.work.gmp == a.work)
      #expect(comparison.second.work.gmp == b.work)
      #expect((comparison.heavier == .first) == (b.work < a.work))
      #expect((comparison.heavier == .second) == (a.work < b.work))
    }
  }

  // MARK: Heights

  @Test func knowsTheCommonBlocksHeight() throws {
    let placed = try chain(1, 2, 13, counts: [5, 6], from: 100)
    let unplaced = try chain(1, 2, 23, counts: [5, 7])
    let height = try #require(try compared(placed, unplaced).height)
    #expect(height == (104, false))
    #expect(try compared(unplaced, chain(2, 24, counts: [1])).height == nil)
  }

  /// Of two chains that share a block, a known block in one fixes the heights of both.
  @Test func anAnchorInOneChainCountsForBoth() throws {
    let checkpoint = Checkpoint.all[1]
    func anchored(from startHeight: Int?) throws -> ClaimedChain {
      var claims = Claims()
      try claims.add(5, from: startHeight, after: checkpoint.hash, to: block(2))
      return try claims.chain()
    }
    let first = checkpoint.height + 1
    let height = try #require(try compared(anchored(from: first), chain(2, 3, counts: [4])).height)
    #expect(height == (checkpoint.height + 5, true))
    refused(try anchored(from: nil), try chain(2, 3, counts: [4], from: 9)) {
      $0 == .heights(block: block(2), first: checkpoint.height + 5, second: 8)
        || $0 == .heights(block: block(2), first: 8, second: checkpoint.height + 5)
    }
    refused(try anchored(from: 9), try chain(2, 3, counts: [4])) {
      guard case .anchor(_, .contradicted) = $0 else { return false }
      return true
    }
  }

  @Test func refusesHeightsThatDiffer() throws {
    #expect(throws: ChainComparisonError.heights(block: block(2), first: 104, second: 105)) {
      try ChainComparison(chain(1, 2, counts: [5], from: 100), chain(1, 2, counts: [5], from: 101))
    }
  }

  // MARK: Chains that cannot be compared

  @Test func refusesChainsWithoutACommonBlock() throws {
    refused(try chain(1, 2, 3, counts: [5, 6]), try chain(11, 12, counts: [5])) { $0 == .noCommonBlock }
    // Nothing is no block, though every chain that claims to be whole starts there.
    refused(try chain(0, 2, counts: [5], from: 0), try chain(0, 12, counts: [5], from: 0)) { $0 == .noCommonBlock }
    #expect(ChainComparisonError.noCommonBlock.description.hasPrefix("the chains cannot be compared: no proof of one"))
  }

  /// Between common blocks lie the same headers, or a claim is not true.
  @Test func refusesDifferentHeadersBetweenCommonBlocks() throws {
    let contradiction = ChainComparisonError.contradiction(from: block(1), to: block(2))
    refused(try chain(1, 2, 3, counts: [5, 6]), try chain(1, 2, 3, counts: [6, 6])) { $0 == contradiction }
    refused(
      try chain(1, 2, 3, counts: [5, 6]), try chain(1, 2, 3, counts: [5, 6], bits: [0x1c00_fffe, 0x1c00_ffff])
    ) { $0 == contradiction }
  }

  @Test func refusesCommonBlocksInAnotherOrder() throws {
    refused(try chain(1, 2, 3, counts: [5, 5]), try chain(1, 3, 2, counts: [5, 5])) {
      if case .contradiction = $0 { true } else { false }
    }
  }

  /// No hash leads back to itself; claims that say so are chains, but meet no other twice.
  @Test func refusesLoops() throws {
    let loop = try chain(1, 2, 1, counts: [5, 5])
    for other in [loop, try chain(1, 3, counts: [5]), try chain(1, 1, counts: [1])] {
      refused(loop, other) { if case .contradiction = $0 { true } else { false } }
    }
  }

  @Test func reorderedAndRepeatedProofsAreNoChain() throws {
    let claims = try chain(1, 2, 3, counts: [5, 6]).claims
    for wrong in [[claims[1], claims[0]], [claims[0], claims[0]], [claims[0], claims[1], claims[1]]] {
      #expect(throws: ClaimedChainError.self) { try ClaimedChain(wrong) }
    }
  }

  // MARK: Widths

  /// A target of 1 makes 2^255 of work: one such header fits, beside others of all but as much.
  @Test func workOfFullWidth() throws {
    let half: UInt256 = .one << 255
    let comparison = try compared(
      chain(1, 2, 13, counts: [1, 1], bits: [0x1c00_ffff, 0x0300_0001]),
      chain(1, 2, 23, counts: [1, 1], bits: [0x1c00_ffff, 0x0300_0002]))
    #expect(comparison.first.work == half)
    #expect(comparison.heavier == .first)
    #expect(comparison.lead == half.subtractingReportingOverflow(comparison.second.work).partialValue)
    // Both branches together need more than 256 bits, and are never added.
    let fork = try compared(
      chain(1, 12, counts: [1], bits: [0x0300_0001]), chain(1, 22, counts: [1], bits: [0x0300_0001]))
    #expect(fork.heavier == nil)
  }

  @Test func workBeyondItsWidthIsNoChain() throws {
    #expect(throws: ClaimedChainError.workOverflow(claim: 1)) {
      try chain(1, 2, 3, counts: [1, 1], bits: [0x0300_0001, 0x0300_0001])
    }
  }
}
