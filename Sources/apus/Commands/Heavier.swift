// `apus heavier`: which of two proven chains of headers has more work.

import ApusSTARK
import ApusStatements
import ArgumentParser

struct Heavier: ReportingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify the proofs of two chains of headers, and say which has more work since their last common block.",
    discussion: """
      Each chain is a proof file, a directory (its .proof files in alphabetic order), or several of them with commas \
      between, in the order of the chain: 2100.proof,2101.proof.

      The chains must have a common block at which a proof of each begins or ends. Headers inside of proofs are not \
      visible, so they may part later; which is heavier does not depend on it. A chain that the other continues is the \
      lighter one.

      Exit status: 0 with an answer, which may be a tie; 1 if a proof or a chain is invalid, or the chains contradict \
      each other; 2 if they have no common block, and as everywhere.
      """)

  @Argument(help: ArgumentHelp("Proofs of one chain.", valueName: "first"))
  var first: String

  @Argument(help: ArgumentHelp("Proofs of the other.", valueName: "second"))
  var second: String

  @Option(help: "Proven bits of security demanded.")
  var security: SecurityPreset = .proven128

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> HeavierReport {
    let (first, second) = (try chain(first), try chain(second))
    do {
      return HeavierReport(try ChainComparison(first.verdict.chain, second.verdict.chain), first: first, second: second)
    } catch {
      throw Failure(status: error == .noCommonBlock ? .unusable : .invalid, message: "\(error)")
    }
  }

  private func chain(_ argument: String) throws(Failure) -> ChainReport {
    let files = try proofPaths(argument).map { path throws(Failure) in try VerifiedFile(path, demanding: security) }
    let claims = try files.map { file throws(Failure) in
      guard let claim = file.headers else {
        throw .unusable("only chains of headers have work, but \(InputFile.name(of: file.path)) proves no headers")
      }
      return claim
    }
    return ChainReport(try ChainVerdict(claims, of: files, given: nil), files: files)
  }
}
