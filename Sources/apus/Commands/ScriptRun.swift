// `apus script run`: a script or an input, to its end.

import ApusScript
import ArgumentParser

struct ScriptRun: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a script, or all that an input of a transaction runs; say which rule is broken and where.",
    discussion: """
      Exit status: 0 if the script succeeds under the rules asked for, 1 if not. An input that a block may hold but \
      nodes do not relay is called non-standard.

      Examples:
        apus script run --stack "0x616263" SHA256 SIZE 32 EQUALVERIFY DROP 1
        apus script run --tx-file spend.hex --spent 5000:5120…  --spent 700:0014… --input 1
        apus script run --psbt final.psbt --input 1
        apus script run "double{ DUP ADD } five{ 2 double{ DUP ADD } 1ADD } NUMEQUAL" --stack 2
      """)

  @OptionGroup var options: RunOptions

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> ScriptRunReport {
    if let input = try options.spendingInput() {
      let map = try options.sourceMap.of(input)
      return ScriptRunReport(input.spending.judge(input: input.index, rules: options.allRules), map)
    }
    return try ScriptRunReport(options)
  }
}
