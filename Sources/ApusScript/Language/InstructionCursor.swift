// Reading a script instruction by instruction, without allocation: the one parser of the engine.

/// A place in a script, and what was read last. It holds no script, so that an interpreter may keep one.
package struct InstructionCursor {
  /// Where the next instruction begins. After a push that is cut short: after what could be read of its length.
  package private(set) var position = 0
  /// The data of the last instruction, as a range of the script; empty unless it was a push.
  package private(set) var data = 0..<0

  package init(at position: Int = 0) { self.position = position }

  /// Reads one instruction; `nil` at the end of the script and where a push is longer than what is left.
  @inline(__always)
  package mutating func next(in script: borrowing Span<UInt8>) -> Opcode? {
    guard position < script.count else { return nil }
    let opcode = Opcode(rawValue: script[unchecked: position])
    position += 1
    guard opcode.pushesData else {
      data = position..<position
      return opcode
    }
    var count = Int(opcode.rawValue)
    if opcode.rawValue > 0x4b {
      let lengthBytes = 1 << (count - 0x4c)
      guard script.count - position >= lengthBytes else { return nil }
      count = 0
      for i in 0..<lengthBytes { count |= Int(script[unchecked: position + i]) << (8 * i) }
      position += lengthBytes
    }
    guard count <= script.count - position else { return nil }
    data = position..<position + count
    position += count
    return opcode
  }
}
