// What `apus script weight` reports of a script: its size as a leaf, and what each of its gadgets takes.

import ApusScript

struct TapleafWeightReport: Report {
  let bytes: Int
  let instructions: Int
  let pushes: Int
  let opcodes: Int
  let signatureOpcodes: Int
  let depth: Int
  let tapleafWeight: Int
  let gadgets: [GadgetWeight]

  init(_ list: [Instruction], _ mapped: MappedScript, depth: Int) {
    let script = mapped.script
    bytes = script.bytes.count
    instructions = list.count
    pushes = list.count { $0.opcode.countsAsPush }
    opcodes = instructions - pushes
    signatureOpcodes = list.count { [.checkSignature, .checkSignatureVerify, .checkSignatureAdd].contains($0.opcode) }
    self.depth = depth
    tapleafWeight = script.tapleafWeight(depth: depth)
    gadgets = GadgetWeight.all(in: mapped.map, list)
  }

  var text: String {
    var rows = Rows()
    rows.row("size", "\(bytes.grouped) bytes")
    rows.row("runs", "\(instructions.grouped) instructions: \(pushes.grouped) pushes, \(opcodes.grouped) opcodes")
    rows.row(
      "signatures",
      "\(signatureOpcodes) opcodes, \(signatureOpcodes * TapscriptContext.weightPerSignature) weight units of budget")
    rows.row("as tapleaf", "\(tapleafWeight.grouped) weight units at depth \(depth), of 400,000 that are relayed")
    if !gadgets.isEmpty { rows.title("gadgets, with those in them") }
    for gadget in gadgets {
      let times = gadget.times == 1 ? "" : ", \(gadget.times.grouped) times together"
      rows.row(
        gadget.path.joined(separator: " › "),
        "\(gadget.bytes.grouped) bytes, \(gadget.instructions.grouped) instructions\(times)", nameWidth: 40)
    }
    return rows.text
  }
}

/// What all gadgets of one path take.
struct GadgetWeight: Encodable {
  let path: [String]
  private(set) var times = 0
  private(set) var bytes = 0
  private(set) var instructions = 0

  private init(_ path: [String]) { self.path = path }

  /// In the order in which the paths first appear.
  static func all(in map: SourceMap, _ list: [Instruction]) -> [GadgetWeight] {
    var weights: [GadgetWeight] = []
    var places: [[String]: Int] = [:]
    // How many instructions begin before each byte.
    var begun: [Int] = []
    for instruction in list {
      begun.append(instruction.index)
      begun += repeatElement(instruction.index + 1, count: instruction.end - instruction.position - 1)
    }
    begun.append(list.count)
    for (number, span) in map.spans.enumerated() {
      let path = map.path(ofSpan: number)
      let place = places[path] ?? weights.count
      if place == weights.count {
        weights.append(GadgetWeight(path))
        places[path] = place
      }
      weights[place].times += 1
      weights[place].bytes += span.range.count
      weights[place].instructions += begun[span.range.upperBound] - begun[span.range.lowerBound]
    }
    return weights
  }
}
