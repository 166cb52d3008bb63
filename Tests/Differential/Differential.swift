// Compares the Script engine with the network's own consensus code on generated spends, for as many as it is told.
// .ci/differential/prepare brings the oracle.

import ApusScript
import ApusScriptCases
import Glibc

@main
enum Differential {
  static func main() throws {
    var (cases, first, seed) = (100_000, 0, UInt64.random(in: 0...UInt64.max))
    var arguments = CommandLine.arguments.dropFirst()
    while let name = arguments.popFirst() {
      guard let value = arguments.popFirst().flatMap(UInt64.init) else { usage() }
      switch name {
      case "--cases": cases = Int(value)
      case "--first": first = Int(value)
      case "--seed": seed = value
      default: usage()
      }
    }
    guard let directory = Oracle.directory else { fail(Oracle.absence) }
    print("\(cases) spends from seed \(seed)")
    let clock = ContinuousClock()
    var run = DifferentialRun(seed: seed, oracle: try Oracle(in: directory))
    let time = try clock.measure { try run.run(first..<first + cases) }

    print("valid \(run.valid), unreadable \(run.unreadable), invalid \(run.rules.values.reduce(0, +)):")
    for (rule, count) in run.rules.sorted(by: { $0.value > $1.value }) {
      print("  \(count)  \(run.examples[rule] ?? rule.name)")
    }
    let lengths = run.reports.map(\.instructions).sorted()
    if let longest = lengths.last {
      print("instructions of valid spends: median \(lengths[lengths.count / 2]), longest \(longest)")
    }
    print("kinds: " + run.kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    print("valid scripts that join elements: \(run.validConcatenations)")
    let missing = ScriptRule.knownToOracle.subtracting(run.rules.keys)
    print("rules never broken: \(missing.isEmpty ? "none" : missing.map(\.name).sorted().joined(separator: ", "))")
    for disagreement in run.disagreements { print("DISAGREEMENT: \(disagreement)\n") }
    print("\(run.disagreements.count) disagreements in \(time), seed \(seed)")
    if !run.disagreements.isEmpty || (cases >= 100_000 && !missing.isEmpty) { exit(1) }
  }

  private static func usage() -> Never { fail("usage: apus-differential [--cases N] [--first N] [--seed N]") }

  private static func fail(_ message: String) -> Never {
    print(message)
    exit(2)
  }
}
