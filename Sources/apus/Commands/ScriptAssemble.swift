// `apus script asm`: text to script.

import ApusScript
import ArgumentParser

struct ScriptAssemble: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "asm",
    abstract: "Assemble a script; print its bytes as hexadecimal digits.",
    discussion: """
      Every push is the shortest one. Opcodes that make any tapscript succeed by being there, OP_SUCCESSx, are refused \
      unless --allow-success asks for them.

      Words between name{ and } are a gadget. With --json the report says which bytes each gadget wrote: a source map, \
      which the other commands take.

      Put a script that holds negative numbers into quotes, or behind --.

      Example: apus script asm DUP HASH160 0x000102030405060708090a0b0c0d0e0f10111213 EQUALVERIFY CHECKSIG
      """)

  @OptionGroup var source: ScriptSource

  @Flag(help: "Take OP_SUCCESSx too.")
  var allowSuccess = false

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> AssemblyReport {
    guard !source.hex else { throw .unusable("--hex belongs to the other commands: this one makes the digits") }
    return AssemblyReport(try source.script(allowingSuccess: allowSuccess))
  }
}

/// A source map file, too.
struct AssemblyReport: Report {
  struct Gadget: Encodable {
    let name: String
    /// The bytes from `begin` to before `end`.
    let begin: Int
    let end: Int
  }

  let script: String
  let bytes: Int
  let gadgets: [Gadget]

  init(_ mapped: MappedScript) {
    script = hexadecimal(mapped.script.bytes)
    bytes = mapped.script.bytes.count
    gadgets = mapped.map.spans.map {
      Gadget(name: $0.name, begin: $0.range.lowerBound, end: $0.range.upperBound)
    }
  }

  var text: String { script + "\n" }
}
