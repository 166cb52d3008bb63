// The blocks that a chain of claims can be seen to pass through: those at which a claim begins or ends.

/// A block of a ``ClaimedChain``, with the headers that lead up to it and with it.
struct VisibleBlock {
  let hash: Hash256
  /// How many they are: 0 for the block that the chain starts after.
  let headersBefore: Int
  let workBefore: UInt256
  /// The times up to the block's own, as claimed.
  let times: MedianWindow
}

extension ClaimedChain {
  /// In the order of the chain; blocks inside a claim cannot be seen.
  ///
  /// All zeros, the first block's parent, is no block: anyone can mine a block on top of nothing.
  var visibleBlocks: [VisibleBlock] {
    var blocks = [VisibleBlock(hash: previous, headersBefore: 0, workBefore: .zero, times: timesBefore)]
    for claim in claims {
      let before = blocks[blocks.count - 1]
      blocks.append(
        VisibleBlock(
          hash: claim.last, headersBefore: before.headersBefore + claim.count,
          // Nothing is lost: the work of all claims fits.
          workBefore: before.workBefore.addingReportingOverflow(claim.work).partialValue, times: claim.lastTimes))
    }
    return blocks.filter { $0.hash != .zero }
  }
}
