// `apus script disasm`: script to text, instruction by instruction with positions.

import ApusScript
import ArgumentParser

struct ScriptDisassemble: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "disasm",
    abstract: "Show a script's instructions with their numbers and positions.",
    discussion: """
      Branches are indented. A push that is not the shortest for its data is shown with its opcode. With a source map \
      the path of each gadget stands above its instructions.

      Example: apus script disasm 76a914000102030405060708090a0b0c0d0e0f1011121388ac
      """)

  @Argument(help: ArgumentHelp("The script's bytes as hexadecimal digits.", valueName: "digits"))
  var digits: String?

  @Option(help: ArgumentHelp("Read the digits from a file, or - for standard input.", valueName: "path"))
  var file: String?

  @OptionGroup var sourceMap: SourceMapOption

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> DisassemblyReport {
    var source = ScriptSource()
    source.words = digits.map { [$0] } ?? []
    source.file = file
    source.hex = true
    source.cat = false
    let script = try source.script().script
    return DisassemblyReport(script, try sourceMap.of(script)?.map)
  }
}

struct DisassemblyReport: Report {
  struct Line: Encodable {
    let index: Int
    let position: Int
    let opcode: String
    /// What it pushes, as hexadecimal digits.
    let data: String?
    let depth: Int
    /// The gadgets it is in, the outermost first; only with a source map.
    let gadgets: [String]?
    fileprivate let shown: String

    private enum CodingKeys: String, CodingKey { case index, position, opcode, data, depth, gadgets }
  }

  let bytes: Int
  let lines: [Line]
  /// The push that the script's end cuts short.
  let truncated: String?

  init(_ script: Script, _ map: SourceMap?) {
    let (instructions, rest) = script.parsed()
    var depth = 0
    bytes = script.bytes.count
    lines = instructions.map { instruction in
      switch instruction.opcode {
      case .else, .endIf: depth = max(0, depth - 1)
      default: break
      }
      defer {
        switch instruction.opcode {
        case .if, .notIf, .else: depth += 1
        default: break
        }
      }
      return Line(
        index: instruction.index, position: instruction.position, opcode: instruction.opcode.description,
        data: instruction.data.map(hexadecimal), depth: depth,
        gadgets: map?.path(at: instruction.position), shown: instruction.description)
    }
    truncated = rest?.description
  }

  var failure: Failure? { truncated.map { .invalid($0) } }

  var text: String {
    var text = ""
    var path: [String] = []
    for line in lines {
      if let gadgets = line.gadgets, gadgets != path {
        text += (pathText(gadgets) ?? "outside of gadgets") + "\n"
        path = gadgets
      }
      text += padded("", to: 6 - "\(line.index)".count) + "\(line.index)"
      text += padded("", to: 8 - "\(line.position)".count) + "\(line.position)  "
      text += padded("", to: 2 * line.depth) + line.shown + "\n"
    }
    return text
  }
}
