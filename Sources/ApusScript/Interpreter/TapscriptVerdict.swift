// What a tapscript's instructions say before any of them runs: OP_SUCCESSx overrides everything (BIP-342).

public enum TapscriptVerdict: Hashable, Sendable {
  /// No instruction decides beforehand.
  case runs
  /// An OP_SUCCESSx comes before anything that cannot be read.
  case succeeds
  case fails(ScriptRule, at: ScriptError.Place?)
}

extension Script {
  /// Whether the script runs as a tapscript, or is decided by an opcode's presence.
  public func tapscriptVerdict(under rules: Rules) -> TapscriptVerdict {
    var (cursor, index) = (InstructionCursor(), 0)
    while cursor.position < bytes.count {
      let position = cursor.position
      let place = ScriptError.Place(opcode: Opcode(rawValue: bytes[position]), index: index, position: position)
      guard let opcode = cursor.next(in: bytes.span) else { return .fails(.badOpcode, at: place) }
      index += 1
      guard opcode.isSuccess else { continue }
      if opcode == .cat {
        if rules.policy.contains(.discourageOpCat) { return .fails(.discourageOpCat, at: place) }
        if rules.opcodes.contains(.concatenation) { continue }
      }
      return rules.policy.contains(.discourageOpSuccess) ? .fails(.discourageOpSuccess, at: place) : .succeeds
    }
    return .runs
  }
}
