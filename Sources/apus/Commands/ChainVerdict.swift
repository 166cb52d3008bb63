// What may be concluded from a chain of verified claims, and whether that is enough.

import ApusStatements

struct ChainVerdict {
  let chain: ClaimedChain
  /// What ties the chain down.
  let anchoring: Anchoring?
  /// The block given, if the chain does not pass through it where that can be seen.
  let missedAnchor: Anchor?

  /// - Parameter claims: those of `files`, in the order of the chain.
  init(_ claims: [HeaderClaim], of files: [VerifiedFile], given: Anchor?) throws(Failure) {
    do { chain = try ClaimedChain(claims) } catch {
      throw .invalid(error.message { InputFile.name(of: files[$0].path) })
    }
    do { anchoring = try chain.anchoring(given: given.map { [$0] } ?? []) } catch { throw .invalid("\(error)") }
    missedAnchor = anchoring?.anchor.source == .given ? nil : given
  }

  /// The height of the first header, and whether an anchor fixes it; else it is what the prover says.
  var startHeight: (value: Int, isAnchored: Bool)? {
    if let height = anchoring?.startHeight { return (height, true) }
    return chain.startHeight.map { ($0, false) }
  }

  /// Nothing is before the first header: it is the first block.
  var startsWithGenesis: Bool { chain.startHeight == 0 && chain.previous == .zero }
  /// How many of the times before the first header the prover did not give.
  var unknownTimes: Int { chain.timesBefore.unknownCount(beforeHeight: chain.startHeight) }

  /// - Throws: if the chain has less work than demanded, or a gap that is not accepted.
  func satisfy(_ requirements: [Requirement], minimumWork: UInt256?) throws(Failure) {
    if let minimumWork, chain.work < minimumWork {
      throw .invalid("the chain has work \(chain.work), but \(minimumWork) is demanded (--min-work)")
    }
    for requirement in requirements {
      if let gap = gap(requirement) { throw .invalid("\(gap) (--require \(requirement))") }
    }
  }

  private func gap(_ requirement: Requirement) -> String? {
    switch requirement {
    case .anchored:
      if let missedAnchor { return "the chain is not anchored: no proof begins or ends at block \(missedAnchor.hash)" }
      return anchoring == nil ? "the chain is not anchored: no proof begins or ends at a known block" : nil
    case .retarget:
      if chain.retarget.isComplete { return nil }
      return "\(chain.retarget): give the proofs of whole periods, and of headers after them"
    case .times:
      if unknownTimes == 0 { return nil }
      return """
        of the \(MedianWindow.count) times before the first header \(unknownTimes) were not given: prove it with \
        --times-before
        """
    }
  }
}
