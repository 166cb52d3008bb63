// What `apus verify` reports of headers: the chain that the proofs are about, and what they say nothing of.

import ApusStatements

struct ChainReport: Report {
  struct AnchorFacts: Encodable {
    let hash: String
    let height: Int?
    let source: String
    let headersBefore: Int
  }
  struct RetargetFacts: Encodable {
    let periodEnds: Int
    let checked: Int
  }

  /// What no proof of headers checks here.
  static let notCheckedOfHeaders = [
    "that times are not in the future",
    "header versions",
    "block contents: transactions, signatures, amounts",
  ]

  let valid = true
  let count: Int
  let previous, last: String
  let startHeight: Int?
  /// `anchored`, or `claimed`: what the prover says, as headers hold no heights.
  let heightIs: String?
  let firstTime, lastTime: UInt32
  /// Of the 11 blocks before the first header, as claimed, and up to the last, the oldest first.
  let timesBefore, lastTimes: [UInt32]
  /// nBits of each proof.
  let bits: [String]
  /// Decimal digits: more than a JSON number holds.
  let work: String
  let provenBits: Double
  let anchor: AnchorFacts?
  let missedAnchor: String?
  let retarget: RetargetFacts
  let notChecked: [String]
  let proofs: [VerifiedProofFacts]

  let verdict: ChainVerdict

  init(_ verdict: ChainVerdict, files: [VerifiedFile]) {
    let chain = verdict.chain
    self.verdict = verdict
    count = chain.count
    previous = chain.previous.display
    last = chain.last.display
    startHeight = verdict.startHeight?.value
    heightIs = verdict.startHeight.map { $0.isAnchored ? "anchored" : "claimed" }
    firstTime = chain.firstTime
    lastTime = chain.lastTime
    timesBefore = chain.timesBefore.times
    lastTimes = chain.lastTimes.times
    notChecked =
      [Self.gapBeforeFirst(verdict)].compactMap { $0 } + Self.notCheckedOfHeaders + ["that this is the heaviest chain"]
    bits = chain.claims.map(\.bits.prefixedHex)
    work = chain.work.description
    provenBits = files.map(\.facts.provenBits).min() ?? 0
    anchor = verdict.anchoring.map {
      AnchorFacts(
        hash: $0.anchor.hash.display, height: $0.anchor.height, source: "\($0.anchor.source)",
        headersBefore: $0.headersBefore)
    }
    missedAnchor = verdict.missedAnchor?.hash.display
    retarget = RetargetFacts(periodEnds: chain.retarget.boundaries, checked: chain.retarget.checked)
    proofs = files.map(VerifiedProofFacts.init)
  }

  /// What the times before the first header leave open: no proof here is about them.
  static func gapBeforeFirst(_ verdict: ChainVerdict) -> String? {
    if verdict.startsWithGenesis { return nil }
    if verdict.unknownTimes > 0 {
      return """
        the first headers' median times in full: \(verdict.unknownTimes) of the \(MedianWindow.count) times before \
        them were not given and count as earlier
        """
    }
    return "that the \(MedianWindow.count) times before the first header are as claimed"
  }

  private enum CodingKeys: CodingKey {
    case valid, count, previous, last, startHeight, heightIs, firstTime, lastTime, timesBefore, lastTimes, bits, work,
      provenBits, anchor
    case missedAnchor, retarget, notChecked, proofs
  }
}
