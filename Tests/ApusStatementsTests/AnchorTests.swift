// What ties a chain down, and what contradicts it.

import ApusStatements
import ApusTestSupport
import Testing

struct AnchorTests {
  private func chain(
    after previous: Hash256, to last: Hash256 = Hash256(number: 7), count: Int = 1, startHeight: Int? = nil
  ) throws -> ClaimedChain {
    try ClaimedChain([
      HeaderClaim(
        previous: previous, last: last, bits: 0x1d00_ffff, firstTime: 0, lastTime: 0, count: count,
        startHeight: startHeight)
    ])
  }
  private let genesis = Checkpoint.genesis.hash

  @Test func theDayFollowsACheckpoint() throws {
    let day = try ClaimedChain(HeaderChain.segments(of: dayInput()).map(\.claim))
    let anchoring = try #require(try day.anchoring())
    #expect(anchoring.anchor.source == .checkpoint)
    #expect(anchoring.anchor.height == 822_527)
    #expect(anchoring.headersBefore == 0)
    #expect(anchoring.startHeight == 822_528)
  }

  @Test func anEndAnchorsAsWellAsABeginning() throws {
    let checkpoint = Checkpoint.all[1]
    let anchoring = try #require(try chain(after: Hash256(number: 5), to: checkpoint.hash, count: 10).anchoring())
    #expect(anchoring.headersBefore == 10)
    #expect(anchoring.startHeight == checkpoint.height - 9)
  }

  @Test func aJointBetweenClaimsAnchors() throws {
    let second = try HeaderClaim(
      previous: genesis, last: Hash256(number: 9), bits: 0x1d00_ffff, firstTime: 0, lastTime: 0, count: 5)
    let joined = try ClaimedChain(chain(after: .zero, to: genesis).claims + [second])
    #expect(try joined.anchoring()?.headersBefore == 1)
    #expect(try joined.anchoring()?.startHeight == 0)
  }

  @Test func nothingKnownIsNoAnchor() throws {
    #expect(try chain(after: Hash256(number: 5)).anchoring() == nil)
    // Nothing is the parent of any block that claims to be the first.
    #expect(try chain(after: .zero, startHeight: 0).anchoring() == nil)
    #expect(try chain(after: .zero).anchoring(given: [Anchor(hash: .zero, height: 0)]) == nil)
  }

  @Test func givenAnchorsComeFirst() throws {
    let last = Hash256(number: 7)
    let both = try chain(after: genesis, to: last)
    #expect(try both.anchoring(given: [Anchor(hash: last)])?.anchor.source == .given)
    #expect(try both.anchoring(given: [Anchor(hash: last)])?.startHeight == nil)
    #expect(try both.anchoring(given: [Anchor(hash: Hash256(number: 8))])?.anchor.source == .checkpoint)
  }

  @Test func refusesHeightsThatContradictAnAnchor() throws {
    let checkpoint = Anchor(Checkpoint.genesis)
    #expect(throws: AnchorError.contradicted(anchor: checkpoint, headersBefore: 0, startHeight: 2)) {
      try chain(after: genesis, startHeight: 2).anchoring()
    }
    #expect(try chain(after: genesis, startHeight: 1).anchoring()?.startHeight == 1)
    // More headers than there are blocks up to it.
    #expect(throws: AnchorError.contradicted(anchor: checkpoint, headersBefore: 2, startHeight: nil)) {
      try chain(after: .zero, to: genesis, count: 2).anchoring()
    }
    // A given anchor without a height does not hide what a checkpoint knows.
    let given = Anchor(hash: Hash256(number: 7))
    #expect(throws: AnchorError.contradicted(anchor: checkpoint, headersBefore: 0, startHeight: 2)) {
      try chain(after: genesis, startHeight: 2).anchoring(given: [given])
    }
    let wrong = Anchor(hash: genesis, height: 5)
    #expect(throws: AnchorError.contradicted(anchor: wrong, headersBefore: 0, startHeight: 1)) {
      try chain(after: genesis, startHeight: 1).anchoring(given: [wrong])
    }
  }

  @Test func readsHashAndHeight() throws {
    let hash = HeaderFact.genesis.hash
    #expect(try Anchor(hash) == Anchor(hash: genesis))
    #expect(try Anchor(hash + ":0") == Anchor(hash: genesis, height: 0))
    for bad in ["", ":", ":5", String(hash.dropLast()), hash + "0", hash + " :5"] {
      #expect(throws: AnchorError.self, "\(bad)") { try Anchor(bad) }
    }
    for bad in ["", "-1", "+1", "1:2", "0x10", "4294967295", "99999999999999999999", "1 "] {
      #expect(throws: AnchorError.height("\"\(bad)\"")) { try Anchor(hash + ":" + bad) }
    }
  }

  @Test func checkpointsAreInOrder() {
    #expect(Checkpoint.all.first == .genesis)
    for (before, after) in zip(Checkpoint.all, Checkpoint.all.dropFirst()) {
      #expect(before.height < after.height)
      #expect(Retarget.offset(ofHeight: after.height) == Retarget.period - 1)
    }
    for checkpoint in Checkpoint.all { #expect(Checkpoint.containing(checkpoint.hash) == checkpoint) }
    #expect(Checkpoint.containing(.zero) == nil)
  }

  @Test(RealHeaders.needed)
  func checkpointsAreThoseOfTheMainNetwork() throws {
    let boundaries = try RealHeaders.boundaries()
    for checkpoint in Checkpoint.all.dropFirst() {
      // Two headers a period: its last one stands second.
      let header = boundaries[2 * (checkpoint.height / Retarget.period) + 1]
      #expect(header.hash == checkpoint.hash, "\(checkpoint.height.grouped)")
    }
  }
}
