// `apus prove`: the statements that can be proven.

import ArgumentParser

struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove a statement, verify the proof, and write both into a file.",
    subcommands: [ProveHeaders.self, ProvePoseidon2.self, ProveFibonacci.self])
}
