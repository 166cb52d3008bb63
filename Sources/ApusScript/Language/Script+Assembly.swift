// Scripts as text. Words are opcodes by name, numbers in decimal, and data as 0x and hexadecimal digits; name{ and } are
// around what a gadget writes; what follows a # is a comment.

/// Why a text is no script, and where.
public struct AssemblyError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    case unknownWord
    /// An odd number of digits, or something else than digits.
    case badHexadecimal
    case dataTooLong(Int)
    /// The number has more than five bytes.
    case numberTooLarge
    /// A push is written as its data alone.
    case pushOpcode
    /// The opcode makes every tapscript succeed that holds it.
    case success
    /// A { without a name before it, or a } without a gadget that it ends.
    case strayBrace
    /// The gadget has no end.
    case openGadget
    /// The gadget is in as many others as may be.
    case tooDeep
  }

  public let reason: Reason
  public let word: String
  /// Line and word, from 1.
  public let line: Int
  public let column: Int

  package init(reason: Reason, word: String, line: Int, column: Int) {
    self.reason = reason
    self.word = word
    self.line = line
    self.column = column
  }

  public var description: String {
    let what =
      switch reason {
      case .unknownWord: "is no opcode, number, 0x data or name{"
      case .badHexadecimal: "is not 0x and an even number of hexadecimal digits"
      case .dataTooLong(let count): "has \(count) bytes; a stack element has at most \(ScriptLimits.elementBytes)"
      case .numberTooLarge: "has more than the five bytes of the longest number that any opcode takes"
      case .pushOpcode: "is written as the data alone: the assembler chooses the shortest push"
      case .success: "makes every tapscript succeed that holds it; ask for it expressly if that is meant"
      case .strayBrace: "belongs to no gadget: one is written as name{ words }"
      case .openGadget: "begins a gadget that no } ends"
      case .tooDeep: "begins a gadget in \(SourceMap.maximumDepth) others, which are the most"
      }
    return "line \(line), word \(column): \(word) \(what)"
  }
}

extension Script {
  /// Assembles a text; see ``ScriptAssembler/init(assembly:opcodes:allowingSuccess:)``, which knows the gadgets too.
  public init(
    assembly text: String, opcodes: OpcodeProfile = [], allowingSuccess: Bool = false
  ) throws(AssemblyError) {
    self = try ScriptAssembler(assembly: text, opcodes: opcodes, allowingSuccess: allowingSuccess).script
  }

  /// The script as text, on one line. What ``init(assembly:opcodes:allowingSuccess:)`` makes of it is the same script if
  /// every push is the shortest; other pushes are shown with their opcode, which it refuses.
  public var assembly: String {
    let (instructions, rest) = parsed()
    return (instructions.map(\.description) + (rest.map { [$0.opcode.description, "(cut short)"] } ?? []))
      .joined(separator: " ")
  }
}

extension ScriptAssembler {
  /// Assembles a text.
  ///
  /// - Parameters:
  ///   - opcodes: opcodes of soft forks that the script is for.
  ///   - allowingSuccess: whether OP_SUCCESSx may be written. In scripts before Taproot these opcodes are disabled,
  ///     reserved or unknown.
  public init(
    assembly text: String, opcodes: OpcodeProfile = [], allowingSuccess: Bool = false
  ) throws(AssemblyError) {
    self.init(opcodes: opcodes)
    var begun: [(word: Substring, line: Int, column: Int)] = []
    for (line, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let code = content.prefix { $0 != "#" }
      for (column, word) in code.split(whereSeparator: \.isWhitespace).enumerated() {
        if let reason = append(word: word, allowingSuccess: allowingSuccess) {
          throw AssemblyError(reason: reason, word: String(word), line: line + 1, column: column + 1)
        }
        if word.last == "{" { begun.append((word, line + 1, column + 1)) } else if word == "}" { begun.removeLast() }
      }
    }
    if let last = begun.last {
      throw AssemblyError(reason: .openGadget, word: String(last.word), line: last.line, column: last.column)
    }
  }

  /// Appends what a word stands for; what is wrong with it otherwise.
  fileprivate mutating func append(word: Substring, allowingSuccess: Bool) -> AssemblyError.Reason? {
    if word.hasPrefix("0x") {
      guard let data = Self.data(hexadecimal: word.dropFirst(2)) else { return .badHexadecimal }
      guard data.count <= ScriptLimits.elementBytes else { return .dataTooLong(data.count) }
      push(data)
    } else if let first = word.utf8.first, first == UInt8(ascii: "-") || word.allSatisfy(\.isWholeNumber) {
      guard let value = Int(word), let number = LockTimeNumber(value) else { return .numberTooLarge }
      push(number.value)
    } else if let opcode = Opcode(name: word) {
      if accepts(opcode) {
        append(opcode)
      } else if !opcode.isSuccess {
        return .pushOpcode
      } else if allowingSuccess {
        append(Script([opcode.rawValue]))
      } else {
        return .success
      }
    } else if word.last == "{" && word.count > 1 {
      guard openGadgets < SourceMap.maximumDepth else { return .tooDeep }
      openGadget(String(word.dropLast()))
    } else if word == "{" || word == "}" && !closeGadget() {
      return .strayBrace
    } else if word != "}" {
      return .unknownWord
    }
    return nil
  }

  private static func data(hexadecimal digits: Substring) -> [UInt8]? {
    let values = digits.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard values.count % 2 == 0, !values.contains(nil) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { UInt8((values[$0] ?? 0) << 4 | (values[$0 + 1] ?? 0)) }
  }
}

extension Instruction: CustomStringConvertible {
  /// The opcode's name; of a push its data, and the opcode too if it is not the shortest.
  public var description: String {
    guard let data, opcode != .push0 else { return opcode.description }
    let digits = data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let isMinimal = Push.isMinimal(opcode, count: data.count, firstByte: data.first ?? 0)
    return isMinimal ? "0x" + digits : "\(opcode) 0x\(digits)"
  }
}
