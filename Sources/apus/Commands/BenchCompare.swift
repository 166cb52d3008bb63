// `apus bench compare`: what changed from one run to another, beyond noise.

import ApusBench
import ArgumentParser

struct BenchCompare: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show what changed beyond noise between two runs.",
    discussion: """
      The files are those of 'apus bench --json'. A case has changed if its median moved by more than three times the \
      deviation of both runs together, and by more than 2 %, and its minimum moved the same way.
      """)

  @Argument(help: ArgumentHelp("The earlier run.", valueName: "before"))
  var before: String

  @Argument(help: ArgumentHelp("The later run, - for standard input.", valueName: "after"))
  var after: String

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> ComparisonReport {
    guard before != InputFile.standardInput || after != InputFile.standardInput else {
      throw .unusable("standard input holds one run: name a file for the other")
    }
    return ComparisonReport(Comparison(before: try readBenchReport(before), after: try readBenchReport(after)))
  }
}
