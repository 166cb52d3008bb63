// `apus script step`: the run of a script or of an input, instruction by instruction.

import ApusScript
import ArgumentParser

struct ScriptStep: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Show each instruction that runs, with both stacks after it.",
    discussion: """
      The lines are: the instruction's number, its position, the instruction (in parentheses where its branch is not \
      taken) as deep as its branches, and the stack after it, the top element last; what is on the alternative stack \
      follows a bar. Above the instructions of a gadget stands its path, if the script is written with gadgets or a \
      source map is given.
      """)

  @OptionGroup var options: RunOptions

  @Option(help: "The first step shown, from 0.")
  var from = 0

  @Option(help: "How many steps are shown.")
  var limit = 1000

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> StepReport {
    guard from >= 0, limit >= 0 else { throw .unusable("--from and --limit are not negative") }
    let window = from..<from.addingReportingOverflow(limit).partialValue
    guard let input = try options.spendingInput() else {
      return try StepReport(options, window: window)
    }
    return StepReport(input, options.allRules, try options.sourceMap.of(input), window: window)
  }
}
