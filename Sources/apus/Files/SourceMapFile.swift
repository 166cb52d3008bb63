// Source maps, which `apus script asm --json` writes: a script, and which gadget wrote which of its bytes.

import ApusScript
import ArgumentParser
import Foundation

struct SourceMapOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The script's source map, what apus script asm --json printed, from a file or - for standard input.",
      valueName: "path"))
  var sourceMap: String?

  /// A block's bytes as hexadecimal digits, and as much again.
  private static let maximumBytes = 16 << 20

  /// The map of this script; `nil` if none is given.
  func of(_ script: Script) throws(Failure) -> MappedScript? {
    guard let mapped = try read() else { return nil }
    guard mapped.script == script else { throw .unusable("the source map is another script's") }
    return mapped
  }

  /// The map of one of the scripts that the input brings; `nil` if none is given.
  func of(_ input: SpendingInput) throws(Failure) -> MappedScript? {
    guard let mapped = try read() else { return nil }
    guard input.bringsScript(mapped.script) else {
      throw .unusable("the source map is of none of the scripts that the input brings")
    }
    return mapped
  }

  private func read() throws(Failure) -> MappedScript? {
    guard let sourceMap else { return nil }
    let name = InputFile.name(of: sourceMap)
    let bytes = try InputFile.read(sourceMap, limit: Self.maximumBytes)
    guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)) else {
      throw .unusable("\(name) is not JSON")
    }
    return try failing(.unusable, about: name) { try StrictObject.read(value, mappedScript) }
  }
}

private func mappedScript(_ object: inout StrictObject) throws(JSONError) -> MappedScript {
  guard let bytes = try? bytes(hexadecimal: try object.string("script"), of: "the script") else {
    throw JSONError(place: "script", problem: "expected a script's bytes as hexadecimal digits")
  }
  let size = bytes.count
  _ = try object.integer("bytes", in: size...size)
  let spans = try object.array("gadgets") { gadget throws(JSONError) in
    let (name, begin) = (try gadget.string("name"), try gadget.integer("begin", in: 0...size))
    // Names are shown, and a map may come from anywhere.
    guard name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw JSONError(place: "gadgets", problem: "expected names without control characters")
    }
    return SourceMap.Span(name: name, range: begin..<(try gadget.integer("end", in: begin...size)))
  }
  do { return MappedScript(Script(bytes), try SourceMap(spans, scriptBytes: size)) } catch {
    throw JSONError(place: "gadgets", problem: "\(error)")
  }
}

extension SpendingInput {
  /// Whether the script is the output's, the scriptSig or one of its pushes, or in the witness.
  fileprivate func bringsScript(_ script: Script) -> Bool {
    let input = spending.transaction.inputs[index]
    let scripts = [spending.spentOutputs[index].script, input.scriptSig]
    return scripts.contains(script) || input.witness.contains(script.bytes)
      || input.scriptSig.parsed().instructions.contains { $0.data == script.bytes }
  }
}
