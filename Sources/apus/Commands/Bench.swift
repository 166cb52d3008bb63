// `apus bench`: how fast this machine runs the kernels and the layers above, and how two runs differ.

import ArgumentParser

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure kernels, hashes, trees and the prover against this machine's limits.",
    subcommands: [BenchRun.self], defaultSubcommand: BenchRun.self)
}
