// What each opcode does. Everything is checked before anything is taken from the stack, so that the stack at an error is
// the stack before the opcode that failed.

extension Execution {
  @inline(__always)
  func need(_ elements: Int) throws(ScriptRule) {
    if machine.count < elements { throw .invalidStackOperation }
  }

  @inline(__always)
  mutating func execute(_ opcode: Opcode) throws(ScriptRule) {
    switch opcode {
    case .negativeOne: machine.push(number: -1)
    case Opcode(rawValue: 0x51)...Opcode(rawValue: 0x60):
      machine.push(StackElement(word: UInt64(opcode.rawValue - 0x50), count: 1))

    // Flow.
    case .nop: break
    case .nop1, .nop4, .nop5, .nop6, .nop7, .nop8, .nop9, .nop10:
      if rules.policy.contains(.discourageUpgradableNops) { throw .discourageUpgradableNops }
    case .checkLockTimeVerify: try checkLockTime()
    case .checkSequenceVerify: try checkSequence()
    case .if: conditions.open(try takeCondition())
    case .notIf: conditions.open(try !takeCondition())
    case .else: if !conditions.turn() { throw .unbalancedConditional }
    case .endIf: if !conditions.close() { throw .unbalancedConditional }
    case .verify:
      try need(1)
      if !machine[1].isTrue { throw .verify }
      machine.drop()
    case .return: throw .opReturn

    // The stack.
    case .toAltStack:
      try need(1)
      machine.moveToAlt()
    case .fromAltStack:
      if machine.altCount == 0 { throw .invalidAltStackOperation }
      machine.moveFromAlt()
    case .twoDrop:
      try need(2)
      machine.drop(2)
    case .twoDup:
      try need(2)
      machine.push(machine[2])
      machine.push(machine[2])
    case .threeDup:
      try need(3)
      machine.push(machine[3])
      machine.push(machine[3])
      machine.push(machine[3])
    case .twoOver:
      try need(4)
      machine.push(machine[4])
      machine.push(machine[4])
    case .twoRot:
      try need(6)
      let (a, b) = (machine[6], machine[5])
      (machine[6], machine[5], machine[4], machine[3]) = (machine[4], machine[3], machine[2], machine[1])
      (machine[2], machine[1]) = (a, b)
    case .twoSwap:
      try need(4)
      (machine[4], machine[3], machine[2], machine[1]) = (machine[2], machine[1], machine[4], machine[3])
    case .ifDup:
      try need(1)
      if machine[1].isTrue { machine.push(machine[1]) }
    case .depth: machine.push(number: machine.count)
    case .drop:
      try need(1)
      machine.drop()
    case .dup:
      try need(1)
      machine.push(machine[1])
    case .nip:
      try need(2)
      machine[2] = machine[1]
      machine.drop()
    case .over:
      try need(2)
      machine.push(machine[2])
    case .pick:
      let depth = try takeDepth()
      machine.push(machine[depth])
    case .roll:
      let depth = try takeDepth()
      let element = machine[depth]
      machine.remove(at: depth)
      machine.push(element)
    case .rot:
      try need(3)
      (machine[3], machine[2], machine[1]) = (machine[2], machine[1], machine[3])
    case .swap:
      try need(2)
      (machine[2], machine[1]) = (machine[1], machine[2])
    case .tuck:
      try need(2)
      machine.insert(machine[1], below: 2)
    case .cat: try concatenate()
    case .size:
      try need(1)
      machine.push(number: machine[1].count)
    case .equal: try replace(2, with: isTopPairEqual())
    case .equalVerify:
      if try !isTopPairEqual() { throw .equalVerify }
      machine.drop(2)

    // Numbers.
    case .addOne: try replace(1, with: operand() + 1)
    case .subtractOne: try replace(1, with: operand() - 1)
    case .negate: try replace(1, with: -operand())
    case .absolute: try replace(1, with: abs(operand()))
    case .not: try replace(1, with: operand() == 0)
    case .notEqualZero: try replace(1, with: operand() != 0)
    case .add:
      let (a, b) = try operands()
      replace(2, with: a + b)
    case .subtract:
      let (a, b) = try operands()
      replace(2, with: a - b)
    case .booleanAnd:
      let (a, b) = try operands()
      replace(2, with: a != 0 && b != 0)
    case .booleanOr:
      let (a, b) = try operands()
      replace(2, with: a != 0 || b != 0)
    case .numberEqual:
      let (a, b) = try operands()
      replace(2, with: a == b)
    case .numberEqualVerify:
      let (a, b) = try operands()
      if a != b { throw .numEqualVerify }
      machine.drop(2)
    case .numberNotEqual:
      let (a, b) = try operands()
      replace(2, with: a != b)
    case .lessThan:
      let (a, b) = try operands()
      replace(2, with: a < b)
    case .greaterThan:
      let (a, b) = try operands()
      replace(2, with: a > b)
    case .lessThanOrEqual:
      let (a, b) = try operands()
      replace(2, with: a <= b)
    case .greaterThanOrEqual:
      let (a, b) = try operands()
      replace(2, with: a >= b)
    case .min:
      let (a, b) = try operands()
      replace(2, with: Swift.min(a, b))
    case .max:
      let (a, b) = try operands()
      replace(2, with: Swift.max(a, b))
    case .within:
      try need(3)
      let (x, low, high) = (try number(at: 3), try number(at: 2), try number(at: 1))
      replace(3, with: low <= x && x < high)

    // Hashes.
    case .ripemd160: try hash(.ripemd160)
    case .sha1: try hash(.sha1)
    case .sha256: try hash(.sha256)
    case .hash160: try hash(.hash160)
    case .hash256: try hash(.hash256)

    // Signatures.
    case .codeSeparator: try separateCode()
    case .checkSignature: try replace(2, with: checkSignature())
    case .checkSignatureVerify:
      if try !checkSignature() { throw .checkSigVerify }
      machine.drop(2)
    case .checkSignatureAdd:
      let sum = try checkSignatureAdd()
      replace(3, with: sum)
    case .checkMultiSignature:
      let (isSigned, elements) = try checkMultiSignature()
      replace(elements, with: isSigned)
    case .checkMultiSignatureVerify:
      let (isSigned, elements) = try checkMultiSignature()
      if !isSigned { throw .checkMultiSigVerify }
      machine.drop(elements)

    default: throw opcode.isDisabled ? .disabledOpcode : .badOpcode
    }
  }

  // MARK: Replacing operands by a result

  @inline(__always)
  private mutating func replace(_ elements: Int, with number: Int) {
    machine.drop(elements)
    machine.push(number: number)
  }

  @inline(__always)
  private mutating func replace(_ elements: Int, with truth: Bool) {
    machine.drop(elements)
    machine.push(truth)
  }

  // MARK: Operands

  @inline(__always)
  func number(at depth: Int) throws(ScriptRule) -> Int {
    try number(machine[depth], maximumBytes: ScriptNumber.maximumBytes)
  }

  @inline(__always)
  private func number(_ element: StackElement, maximumBytes: Int) throws(ScriptRule) -> Int {
    if element.count > maximumBytes { throw .scriptNumber }
    if isMinimalDataRequired && !NumberCoding.isMinimal(element.word, count: element.count) { throw .scriptNumber }
    return NumberCoding.value(of: element.word, count: element.count)
  }

  @inline(__always)
  private func operand() throws(ScriptRule) -> Int {
    try need(1)
    return try number(at: 1)
  }

  @inline(__always)
  private func operands() throws(ScriptRule) -> (Int, Int) {
    try need(2)
    return (try number(at: 2), try number(at: 1))
  }

  @inline(__always)
  private func isTopPairEqual() throws(ScriptRule) -> Bool {
    try need(2)
    return machine[2] == machine[1]
  }

  /// The depth that OP_PICK and OP_ROLL are told, which is taken off the stack.
  @inline(__always)
  private mutating func takeDepth() throws(ScriptRule) -> Int {
    try need(2)
    let below = try number(at: 1)
    if below < 0 || below >= machine.count - 1 { throw .invalidStackOperation }
    machine.drop()
    return below + 1
  }

  @inline(__always)
  private mutating func takeCondition() throws(ScriptRule) -> Bool {
    try need(1)
    let top = machine[1]
    if version != .legacy {
      let isMinimal = top.count == 0 || top.count == 1 && top.word == 1
      if !isMinimal && version == .tapscript { throw .tapscriptMinimalIf }
      if !isMinimal && rules.policy.contains(.minimalIf) { throw .minimalIf }
    }
    machine.drop()
    return top.isTrue
  }

  /// OP_CAT, where its profile is chosen; disabled otherwise (BIP-347).
  private mutating func concatenate() throws(ScriptRule) {
    guard version == .tapscript && rules.opcodes.contains(.concatenation) else { throw .disabledOpcode }
    try need(2)
    let (first, second) = (machine[2].count, machine[1].count)
    if first + second > ScriptLimits.elementBytes { throw .pushSize }
    if first + second <= StackElement.inlineCount {
      // Eight bytes may not be shifted past, and nothing is above them either.
      let word = first == 8 ? machine[2].word : machine[2].word | machine[1].word << UInt64(8 * first)
      machine.drop(2)
      machine.push(StackElement(word: word, count: first + second))
      return
    }
    machine.push(longCount: first + second) { stack, data in
      stack.withBytes(at: 2) { if let base = $0.baseAddress { data.update(from: base, count: first) } }
      stack.withBytes(at: 1) { if let base = $0.baseAddress { (data + first).update(from: base, count: second) } }
    }
    machine.remove(at: 3)
    machine.remove(at: 2)
  }

  // MARK: Lock times

  private func lockTime() throws(ScriptRule) -> Int {
    try need(1)
    let asked = try number(machine[1], maximumBytes: LockTimeNumber.maximumBytes)
    if asked < 0 { throw .negativeLockTime }
    return asked
  }

  private func checkLockTime() throws(ScriptRule) {
    guard rules.consensus.contains(.checkLockTimeVerify) else { return }
    let asked = try lockTime()
    guard let input else { throw .noTransaction }
    if !input.reaches(lockTime: asked) { throw .unsatisfiedLockTime }
  }

  private func checkSequence() throws(ScriptRule) {
    guard rules.consensus.contains(.checkSequenceVerify) else { return }
    let asked = try lockTime()
    // The bit that disables a relative lock time leaves room for later rules.
    if asked & 1 << 31 != 0 { return }
    guard let input else { throw .noTransaction }
    if !input.reaches(sequence: asked) { throw .unsatisfiedLockTime }
  }
}

/// So that a range of opcodes is a pattern.
extension Opcode: Comparable {
  @inlinable public static func < (a: Opcode, b: Opcode) -> Bool { a.rawValue < b.rawValue }
}
