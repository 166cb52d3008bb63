// `apus inspect`: what a proof file is made of, whether it verifies or not.

import ApusSTARK
import ApusStatements
import ArgumentParser

struct Inspect: ReportingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a proof's sizes by part, its parameters and its security report.",
    discussion: """
      No level of security is demanded. A proof that does not verify is shown as far as it can be, and makes the exit \
      status 1.
      """)

  @Argument(help: ArgumentHelp("A proof file.", valueName: "file"))
  var file: String

  var json: Bool { false }

  func report() throws(Failure) -> InspectionReport {
    let proof = try readProofFile(file)
    return try failing(.invalid, about: file) { try InspectionReport(proof, path: file) }
  }
}
