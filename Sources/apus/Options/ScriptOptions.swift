// Which script a command is about, on which stack and under which rules; or which input of which transaction.

import ApusScript
import ArgumentParser
import Foundation

/// A script in the arguments, in a file, or on standard input.
struct ScriptSource: ParsableArguments {
  /// A block's bytes, as hexadecimal digits with room for comments.
  private static let maximumBytes = 16 << 20

  @Argument(
    help: ArgumentHelp(
      "The script: opcodes by name, numbers, and data as 0x and digits; with --hex its bytes as digits.",
      valueName: "script"))
  var words: [String] = []

  @Option(help: ArgumentHelp("Read the script from a file, or - for standard input.", valueName: "path"))
  var file: String?

  @Flag(help: "The script is given as hexadecimal digits.")
  var hex = false

  @Flag(help: "OP_CAT joins two elements, as BIP-347 proposes.")
  var cat = false

  var opcodes: OpcodeProfile { cat ? .concatenation : [] }

  var isGiven: Bool { file != nil || !words.isEmpty }

  func script(allowingSuccess: Bool = false) throws(Failure) -> MappedScript {
    let text = try text()
    if hex { return MappedScript(Script(try bytes(hexadecimal: text, of: "the script"))) }
    return try failing(.unusable) {
      try ScriptAssembler(assembly: text, opcodes: opcodes, allowingSuccess: allowingSuccess).mappedScript
    }
  }

  private func text() throws(Failure) -> String {
    guard let file else { return words.joined(separator: " ") }
    guard words.isEmpty else { throw .unusable("a script is given in the arguments or in a file, not in both") }
    return String(decoding: try InputFile.read(file, limit: Self.maximumBytes), as: UTF8.self)
  }
}

/// The bytes of hexadecimal digits; white space between them does not matter.
func bytes(hexadecimal text: String, of subject: String) throws(Failure) -> [UInt8] {
  var digits: [UInt8] = []
  for (position, character) in text.enumerated() where !character.isWhitespace {
    guard character.isASCII, let value = character.hexDigitValue else {
      throw .unusable(
        "\(subject) is hexadecimal digits, but character \(position + 1) is \(character.debugDescription)")
    }
    digits.append(UInt8(value))
  }
  guard digits.count % 2 == 0 else {
    throw .unusable("\(subject) has \(digits.count) hexadecimal digits, which is no whole number of bytes")
  }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// Whose rules a script runs under.
enum VersionArgument: String, CaseIterable, ExpressibleByArgument {
  case tapscript
  case witness
  case legacy

  var version: ScriptVersion {
    switch self {
    case .tapscript: .tapscript
    case .witness: .witnessV0
    case .legacy: .legacy
    }
  }
}

/// Whether a block may hold it, or nodes relay it.
enum RulesArgument: String, CaseIterable, ExpressibleByArgument {
  case relay
  case block
}

/// A transaction and what it spends.
struct TransactionSource: ParsableArguments {
  @Option(help: ArgumentHelp("A transaction, as hexadecimal digits.", valueName: "digits"))
  var tx: String?

  @Option(help: ArgumentHelp("Read the transaction from a file, or - for standard input.", valueName: "path"))
  var txFile: String?

  @Option(
    help: ArgumentHelp(
      "What each of its inputs spends, in their order: satoshi, a colon, and the script as digits.",
      valueName: "value:script"))
  var spent: [String] = []

  @Option(
    help: ArgumentHelp(
      "A PSBT with what it spends instead, from a file or - for standard input: its bytes, base64 or digits.",
      valueName: "path"))
  var psbt: String?

  private static let maximumBytes = 16 << 20

  /// What the options give; `nil` if they give nothing.
  ///
  /// - Parameter input: the one that is judged, and that a PSBT must have made final; `nil`: all are.
  func spending(judging input: Int? = nil) throws(Failure) -> SpendingTransaction? {
    switch (tx, txFile, psbt) {
    case (nil, nil, nil):
      guard spent.isEmpty else { throw .unusable("--spent belongs to a transaction: give --tx or --tx-file") }
      return nil
    case (let digits?, nil, nil): return try spending(digits)
    case (nil, let path?, nil):
      return try spending(String(decoding: try InputFile.read(path, limit: Self.maximumBytes), as: UTF8.self))
    case (nil, nil, let path?):
      guard spent.isEmpty else { throw .unusable("a PSBT says what it spends: --spent belongs to --tx or --tx-file") }
      let bytes = try psbtBytes(try InputFile.read(path, limit: Self.maximumBytes))
      return try failing(.unusable, about: "the PSBT") {
        try PartiallySignedTransaction(bytes).spending(judging: input)
      }
    default: throw .unusable("a transaction is given by one of --tx, --tx-file and --psbt")
    }
  }

  private func spending(_ digits: String) throws(Failure) -> SpendingTransaction {
    let bytes = try bytes(hexadecimal: digits, of: "the transaction")
    let transaction = try failing(.unusable, about: "the transaction") { try Transaction(bytes) }
    let outputs = try spent.map { text throws(Failure) in try output(text) }
    return try failing(.unusable) { try SpendingTransaction(transaction, spending: outputs) }
  }

  /// The bytes themselves begin with 0xff behind four letters; hexadecimal digits begin with a digit, base64 with a letter.
  private func psbtBytes(_ content: [UInt8]) throws(Failure) -> [UInt8] {
    if content.count > 4 && content[4] == 0xff { return content }
    let text = String(decoding: content, as: UTF8.self)
    if text.first?.isNumber == true { return try bytes(hexadecimal: text, of: "the PSBT") }
    guard let data = Data(base64Encoded: text.filter { !$0.isWhitespace }) else {
      throw .unusable("the PSBT is neither bytes nor base64 nor hexadecimal digits")
    }
    return Array(data)
  }

  private func output(_ text: String) throws(Failure) -> TransactionOutput {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let value = Int64(parts[0]), value >= 0 else {
      throw .unusable("--spent is satoshi, a colon and a script's hexadecimal digits, not \(text.prefix(80))")
    }
    return TransactionOutput(
      value: value, script: Script(try bytes(hexadecimal: String(parts[1]), of: "a spent output's script")))
  }
}

/// What runs: a script by itself, or an input of a transaction.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: "A script")
  var source: ScriptSource

  @Option(
    help: ArgumentHelp("Elements on its stack, the top one last, written like a script of pushes.", valueName: "words"))
  var stack = ""

  @Option(name: .customLong("as"), help: "Whose rules it runs under.")
  var version: VersionArgument = .tapscript

  @OptionGroup var sourceMap: SourceMapOption

  @OptionGroup(title: "An input's transaction instead")
  var transaction: TransactionSource

  @Option(help: "Which input, from 0.")
  var input = 0

  @Option(help: "What is asked: what nodes relay, or what a block may hold.")
  var rules: RulesArgument = .relay

  /// What is asked, with the profile of the source.
  var allRules: Rules {
    Rules(policy: rules == .relay ? .standard : [], opcodes: source.opcodes)
  }

  /// The input that runs; `nil` where a script runs by itself.
  func spendingInput() throws(Failure) -> SpendingInput? {
    guard let spending = try transaction.spending(judging: input) else { return nil }
    guard !source.isGiven, stack.isEmpty else {
      throw .unusable("a transaction brings its scripts and stacks along: give it or a script, not both")
    }
    guard spending.transaction.inputs.indices.contains(input) else {
      throw .unusable("the transaction has \(spending.transaction.inputs.count) inputs, so there is no input \(input)")
    }
    return SpendingInput(spending, index: input)
  }

  /// The script that runs by itself.
  func script() throws(Failure) -> MappedScript {
    let script = try source.script(allowingSuccess: true)
    return try sourceMap.of(script.script) ?? script
  }

  /// The elements that `--stack` writes.
  func elements() throws(Failure) -> [[UInt8]] {
    let script = try failing(.unusable, about: "--stack") { try Script(assembly: stack) }
    var pushing = Execution(script, version: .tapscript, rules: .block)
    guard script.isPushOnly else { throw .unusable("--stack holds pushes alone: numbers, and data as 0x and digits") }
    try failing(.unusable, about: "--stack") { try pushing.runToEnd() }
    return Array(pushing.stack)
  }
}
