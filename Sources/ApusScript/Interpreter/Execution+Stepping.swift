// What a stepper sees: the stacks, the branches and the place, between any two opcodes.

extension Execution {
  /// The elements on the stack, the top one last.
  public var stack: StackSnapshot { machine.snapshot() }
  /// The elements on the alternative stack, the top one last.
  public var altStack: StackSnapshot { machine.altSnapshot() }
  /// How many branches are open.
  public var branchDepth: Int { conditions.depth }
  /// Whether the next instruction is in branches that are all taken.
  public var isExecuting: Bool { conditions.isExecuting }
  /// Whether no instruction is left.
  public var isAtEnd: Bool { position >= script.bytes.count }

  /// The instruction that runs next, or that failed; `nil` at the end, and where a push is cut short.
  public var nextInstruction: Instruction? { script.instruction(at: position, index: index) }

  /// Runs one instruction; false, and nothing happens, if none is left.
  ///
  /// An execution that has thrown stays at the instruction that failed, and throws again.
  public mutating func step() throws(ScriptError) -> Bool {
    do { return try stepOnce() } catch { throw self.error(error, in: .script) }
  }

  /// Runs what is left, to the end or to the first error.
  public mutating func runToEnd() throws(ScriptError) {
    do { try run() } catch { throw self.error(error, in: .script) }
  }

  /// What a script that has run to its end must leave: true on top, and in a witness nothing else.
  public func checkResult() throws(ScriptError) { try checkResult(in: .script) }

  func checkResult(in stage: ScriptStage) throws(ScriptError) {
    if version != .legacy && machine.count != 1 { throw error(.cleanStack, in: stage) }
    if machine.count == 0 || !machine[1].isTrue { throw error(.evalFalse, in: stage) }
  }

  /// The rule's breach here: at the instruction that failed, or at the end.
  func error(_ rule: ScriptRule, in stage: ScriptStage) -> ScriptError {
    let bytes = script.bytes
    let isAtInstruction = position < bytes.count && rule != .scriptSize
    let place =
      isAtInstruction
      ? ScriptError.Place(opcode: Opcode(rawValue: bytes[position]), index: index, position: position) : nil
    return ScriptError(rule: rule, stage: stage, script: script, place: place, stack: stack, altStack: altStack)
  }
}

extension ScriptStack {
  func snapshot() -> StackSnapshot {
    var snapshot = StackSnapshot()
    for depth in stride(from: count, to: 0, by: -1) { withBytes(at: depth) { snapshot.append($0) } }
    return snapshot
  }

  func altSnapshot() -> StackSnapshot { StackSnapshot(altElements) }
}
