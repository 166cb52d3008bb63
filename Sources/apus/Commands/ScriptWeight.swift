// `apus script weight`: what a script or a transaction costs on chain, and whether nodes relay it.

import ApusScript
import ArgumentParser

struct ScriptWeight: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "weight",
    abstract: "Show what a script or a transaction costs on chain, and all that keeps nodes from relaying it.",
    discussion: """
      A tapleaf's weight is that of the script and its control block in the witness, without what the script is given. \
      Each node of depth adds 32.

      A transaction is judged by the defaults of Bitcoin Core 30. Exit status: 0 if it is relayed, 1 if it is \
      non-standard or invalid. Fee rates are not judged.

      Of a script that is written with gadgets, or has a source map, it shows what each gadget takes.

      Examples:
        apus script weight --depth 3 1 2 ADD 3 EQUAL
        apus script weight --tx-file spend.hex --spent 5000:5120…  --spent 700:0014…
      """)

  @OptionGroup(title: "A script")
  var source: ScriptSource

  @OptionGroup var sourceMap: SourceMapOption

  @Option(help: "How deep the leaf lies in its tree.")
  var depth = 0

  @OptionGroup(title: "A transaction instead")
  var transaction: TransactionSource

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> WeightReport {
    if let spending = try transaction.spending() {
      guard !source.isGiven else { throw .unusable("a script or a transaction is weighed, not both") }
      return .transaction(TransactionWeightReport(spending))
    }
    guard (0...ControlBlock.maximumDepth).contains(depth) else {
      throw .unusable("a leaf's depth is from 0 to \(ControlBlock.maximumDepth), not \(depth)")
    }
    let written = try source.script(allowingSuccess: true)
    let script = try sourceMap.of(written.script) ?? written
    return .script(
      TapleafWeightReport(try failing(.invalid) { try script.script.instructions() }, script, depth: depth))
  }
}

enum WeightReport: Report {
  case script(TapleafWeightReport)
  case transaction(TransactionWeightReport)

  private var report: any Report {
    switch self {
    case .script(let report): report
    case .transaction(let report): report
    }
  }

  var text: String { report.text }
  var failure: Failure? { report.failure }
  func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }
}
