// A script as the list of its instructions, each with its place.

public struct Instruction: Hashable, Sendable {
  public let opcode: Opcode
  /// What it pushes, `nil` if it is no push of data. OP_0 pushes nothing; OP_1 to OP_16 and OP_1NEGATE push numbers.
  public let data: [UInt8]?
  /// Its number in the script, from 0: what OP_CODESEPARATOR's position counts in tapscripts.
  public let index: Int
  /// The byte at which it begins.
  public let position: Int
  /// The byte after its last one.
  public let end: Int
}

/// A push that is longer than what is left of its script.
public struct TruncatedPush: Error, Equatable, CustomStringConvertible {
  public let opcode: Opcode
  public let index: Int
  public let position: Int
  public let scriptBytes: Int

  package init(opcode: Opcode, index: Int, position: Int, scriptBytes: Int) {
    self.opcode = opcode
    self.index = index
    self.position = position
    self.scriptBytes = scriptBytes
  }

  public var description: String {
    "instruction \(index) at byte \(position), \(opcode), pushes more bytes than are left: the script ends at \(scriptBytes)"
  }
}

extension Script {
  /// The script's instructions.
  /// - Throws: ``TruncatedPush`` where a push is cut short; the network calls that script's execution BAD_OPCODE.
  public func instructions() throws(TruncatedPush) -> [Instruction] {
    let (list, rest) = parsed()
    if let rest { throw rest }
    return list
  }

  /// The instructions up to a push that is cut short, and that push.
  public func parsed() -> (instructions: [Instruction], rest: TruncatedPush?) {
    var list: [Instruction] = []
    var position = 0
    while position < bytes.count {
      guard let instruction = instruction(at: position, index: list.count) else {
        let rest = TruncatedPush(
          opcode: Opcode(rawValue: bytes[position]), index: list.count, position: position, scriptBytes: bytes.count)
        return (list, rest)
      }
      list.append(instruction)
      position = instruction.end
    }
    return (list, nil)
  }

  func instruction(at position: Int, index: Int) -> Instruction? {
    var cursor = InstructionCursor(at: position)
    guard let opcode = cursor.next(in: bytes.span) else { return nil }
    let data = opcode.pushesData ? Array(bytes[cursor.data]) : nil
    return Instruction(opcode: opcode, data: data, index: index, position: position, end: cursor.position)
  }
}
