// Which branches are open. Only two facts decide whether opcodes are executed, so only they are kept: how many branches
// are open, and the outermost that is not taken. Every opcode costs the same however deep they nest.

struct ConditionStack {
  private(set) var depth = 0
  /// `Int.max` if every branch is taken.
  private var firstFalse = Int.max

  @inline(__always) var isExecuting: Bool { firstFalse == .max }

  @inline(__always)
  mutating func open(_ taken: Bool) {
    if isExecuting && !taken { firstFalse = depth }
    depth += 1
  }

  /// OP_ELSE. False if no branch is open.
  @inline(__always)
  mutating func turn() -> Bool {
    if depth == 0 { return false }
    if isExecuting { firstFalse = depth - 1 } else if firstFalse == depth - 1 { firstFalse = .max }
    return true
  }

  /// OP_ENDIF. False if no branch is open.
  @inline(__always)
  mutating func close() -> Bool {
    if depth == 0 { return false }
    depth -= 1
    if firstFalse == depth { firstFalse = .max }
    return true
  }
}
