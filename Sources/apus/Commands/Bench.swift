// `apus bench`: how fast this machine runs the kernels and the layers above, and how two runs differ.

import ArgumentParser

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure kernels, hashes, trees and the prover against this machine's limits.",
    discussion: """
      Without a subcommand, the suites are run: 'apus bench --quick' is 'apus bench run --quick', whose options are in \
      'apus bench run --help'.
      """,
    subcommands: [BenchRun.self, BenchCompare.self], defaultSubcommand: BenchRun.self)
}
