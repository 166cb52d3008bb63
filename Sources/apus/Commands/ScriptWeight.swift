// `apus script weight`: what a script costs on chain.

import ApusScript
import ArgumentParser

struct ScriptWeight: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "weight",
    abstract: "Show a script's size, its opcodes, and the weight of revealing it.",
    discussion: """
      A tapleaf's weight is that of the script and its control block in the witness, without what the script is given. \
      Each node of depth adds 32.
      """)

  @OptionGroup var source: ScriptSource

  @Option(help: "How deep the leaf lies in its tree.")
  var depth = 0

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> WeightReport {
    guard (0...ControlBlock.maximumDepth).contains(depth) else {
      throw .unusable("a leaf's depth is from 0 to \(ControlBlock.maximumDepth), not \(depth)")
    }
    let script = try source.script(allowingSuccess: true)
    return WeightReport(try failing(.invalid) { try script.instructions() }, script, depth: depth)
  }
}

struct WeightReport: Report {
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
