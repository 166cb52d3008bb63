// A script that runs by itself, as `apus script run` and `apus script step` do.

import ApusScript

struct BareScript: ~Copyable {
  private(set) var execution: Execution
  let script: MappedScript
  /// What an opcode decides by its presence, before anything runs.
  private let verdict: TapscriptVerdict

  init(_ options: RunOptions) throws(Failure) {
    let (script, elements) = (try options.script(), try options.elements())
    self.script = script
    execution = Execution(
      script.script, on: elements, version: options.version.version, rules: options.allRules)
    verdict = options.version == .tapscript ? script.script.tapscriptVerdict(under: options.allRules) : .runs
  }

  /// Lets `advance` run the script to its end, if it runs at all; the rule that is broken, if one is.
  mutating func run(_ advance: (inout Execution) throws(ScriptError) -> Void) -> ScriptError? {
    switch verdict {
    case .succeeds: return nil
    case .fails(let rule, let place):
      return ScriptError(
        rule: rule, stage: .script, script: execution.script, place: place, stack: execution.stack)
    case .runs: break
    }
    do throws(ScriptError) {
      try advance(&execution)
      try execution.checkResult()
      return nil
    } catch { return error }
  }
}
