// `apus prove fibonacci`: the tutorial statement.

import ApusField
import ApusSTARK
import ApusStatements
import ArgumentParser

struct ProveFibonacci: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "fibonacci",
    abstract: "Prove a value of the Fibonacci sequence modulo a field's prime (a tutorial).",
    discussion: "The sequence starts 0, 1; proven is its value number ROWS, counting from 0.")

  @Option(help: ArgumentHelp("Rows of the trace, a power of two.", valueName: "n"))
  var rows = 65_536

  @Option(help: "Field of the sequence.")
  var field: FieldArgument = .babybear

  @Option(help: ArgumentHelp("Where to put the proof; a file there is replaced.", valueName: "file"))
  var output = "fibonacci.proof"

  @OptionGroup(title: "Proving")
  var proving: ProvingOptions

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> ProvingReport {
    switch field {
    case .babybear: try report { (claim: FibonacciClaim<BabyBear>) in .fibonacci(claim) }
    case .goldilocks: try report { (claim: FibonacciClaim<Goldilocks>) in .fibonacciGoldilocks(claim) }
    }
  }

  private func report<F>(_ file: (FibonacciClaim<F>) -> ProofClaim) throws(Failure) -> ProvingReport {
    try failing(.unusable) { try FibonacciClaim<F>.check(rows: rows) }
    let run = try ProvingRun(proving)
    let output = try OutputFile(output)

    let last = Fibonacci<F>.value(rows, a: .zero, b: .one)
    let claim = try failing(.unusable) { try FibonacciClaim<F>(a: .zero, b: .one, last: last, rows: rows) }
    let made = try run.prove(claim.statement, claim: file(claim), progressTitle: output.path) {
      Fibonacci.trace(a: claim.a, b: claim.b, rows: rows, on: $0)
    }
    try output.write(made.file.bytes)
    return ProvingReport(proofs: [MadeProof(made, output: output.path)])
  }
}

extension Fibonacci {
  /// Value number `index` of the sequence that starts with a, b.
  fileprivate static func value(_ index: Int, a: Element, b: Element) -> Element {
    var (x, y) = (a, b)
    for _ in 0..<index { (x, y) = (y, x + y) }
    return x
  }
}
