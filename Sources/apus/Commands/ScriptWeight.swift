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

      Examples:
        apus script weight --depth 3 1 2 ADD 3 EQUAL
        apus script weight --tx-file spend.hex --spent 5000:5120…  --spent 700:0014…
      """)

  @OptionGroup(title: "A script")
  var source: ScriptSource

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
    let script = try source.script(allowingSuccess: true).script
    return .script(TapleafWeightReport(try failing(.invalid) { try script.instructions() }, script, depth: depth))
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

struct TapleafWeightReport: Report {
  let bytes: Int
  let instructions: Int
  let pushes: Int
  let opcodes: Int
  let signatureOpcodes: Int
  let depth: Int
  let tapleafWeight: Int

  init(_ list: [Instruction], _ script: Script, depth: Int) {
    bytes = script.bytes.count
    instructions = list.count
    pushes = list.count { $0.opcode.countsAsPush }
    opcodes = instructions - pushes
    signatureOpcodes = list.count { [.checkSignature, .checkSignatureVerify, .checkSignatureAdd].contains($0.opcode) }
    self.depth = depth
    tapleafWeight = script.tapleafWeight(depth: depth)
  }

  var text: String {
    var rows = Rows()
    rows.row("size", "\(bytes.grouped) bytes")
    rows.row("runs", "\(instructions.grouped) instructions: \(pushes.grouped) pushes, \(opcodes.grouped) opcodes")
    rows.row(
      "signatures",
      "\(signatureOpcodes) opcodes, \(signatureOpcodes * TapscriptContext.weightPerSignature) weight units of budget")
    rows.row("as tapleaf", "\(tapleafWeight.grouped) weight units at depth \(depth), of 400,000 that are relayed")
    return rows.text
  }
}
