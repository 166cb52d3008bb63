// `apus script`: Bitcoin Script on the command line.

import ArgumentParser

struct ScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script",
    abstract: "Assemble, read, run and step Bitcoin scripts, exactly as the network would.",
    subcommands: [
      ScriptRun.self, ScriptStep.self, ScriptAssemble.self, ScriptDisassemble.self, ScriptWeight.self,
      ScriptAddress.self,
    ])
}
