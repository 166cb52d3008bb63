// `apus verify`: proof files hold, and what they say together.

import ApusSTARK
import ApusStatements
import ArgumentParser

struct Verify: ReportingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify proofs, and say in plain words what they prove and what they do not.",
    discussion: """
      Several proofs of headers are given in the order of the chain: each must start where the one before ends, and \
      follow the rules of difficulty as far as the proofs show them.

      A chain is anchored where one of its proofs begins or ends at a block that is known: given by --anchor, or one of \
      the checkpoints in this program. Otherwise anyone can have mined it.
      """)

  @Argument(help: ArgumentHelp("Proof files, - for standard input.", valueName: "file"))
  var files: [String]

  @Option(help: "Proven bits of security demanded.")
  var security: SecurityPreset = .proven128

  @Option(
    help: ArgumentHelp("A block known to belong to the chain, perhaps with its height.", valueName: "hash[:height]"),
    transform: parseAnchor)
  var anchor: Anchor?

  @Option(
    help: ArgumentHelp("Work that the chain must have: hashes, decimal or 0x.", valueName: "work"),
    transform: parseWork)
  var minWork: UInt256?

  @Option(
    help: """
      A property that the chain must have: anchored (at the block given, if one is), retarget (checked at every end \
      of a period), or times (all 11 before its first header are given). May be repeated.
      """)
  var require: [Requirement] = []

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> VerificationReport {
    let verified = try files.map { path throws(Failure) in try VerifiedFile(path, demanding: security) }
    let claims = verified.compactMap(\.headers)
    if claims.isEmpty, let file = verified.first { return .single(try single(file)) }
    guard claims.count == verified.count else {
      throw .unusable("these files prove different kinds of statements: verify each kind for itself")
    }

    let verdict = try ChainVerdict(claims, of: verified, given: anchor)
    try verdict.satisfy(require, minimumWork: minWork)
    return .headers(ChainReport(verdict, files: verified))
  }

  private func single(_ file: VerifiedFile) throws(Failure) -> SingleProofReport {
    guard files.count == 1 else {
      throw .unusable("only proofs of headers connect: verify other statements one at a time")
    }
    guard anchor == nil, minWork == nil, require.isEmpty else {
      throw .unusable("--anchor, --min-work and --require are about headers, but \(file.path) proves none")
    }
    return SingleProofReport(file)
  }
}
