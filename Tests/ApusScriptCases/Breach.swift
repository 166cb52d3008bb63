// One rule broken on purpose, or a limit met exactly: each with what the stack needs for it.

import ApusScript

enum Breach: CaseIterable {
  case missingOperand, missingAlt, verify, equalVerify, numberEqualVerify, returned, longNumber, longPush, elseAlone
  case endIfAlone, unknownOpcode, forbiddenOpcode, deadForbiddenOpcode, deadBadConditional, minimalIf, pickTooDeep
  case negativeLockTime, unreachedLockTime, unreachedSequence, longLockTime
  case forgedSignature, forgedSignatureVerify, badSignatureForm, badHashType, emptyKey, foreignOpcode, badKey
  case keyCount, signatureCount, dummy, multiSignatureVerify, embeddedSignature
  case elements
  // At the end.
  case weight, opcodes, falseResult, extraElement, emptyStack, openBranch, cutShort, size

  var isAtEnd: Bool {
    switch self {
    case .falseResult, .extraElement, .emptyStack, .openBranch, .cutShort, .size, .opcodes, .weight: true
    default: false
    }
  }
  /// Whether it takes the place of the true result.
  var isBeforeTruth: Bool { self == .falseResult || self == .emptyStack }

  static func choices(for version: ScriptVersion) -> [Breach] {
    (allCases + [.weight]).filter {
      switch $0 {
      case .weight, .emptyKey: version == .tapscript
      case .badKey, .keyCount, .signatureCount, .dummy, .multiSignatureVerify, .opcodes, .size: version != .tapscript
      case .embeddedSignature: version == .legacy
      default: true
      }
    }
  }
}

extension ScriptGrammar {
  mutating func write(_ breach: Breach) {
    isBroken = true
    switch breach {
    case .missingOperand:
      while stack.count > 3 {
        emit(0x6d)
        stack.removeLast(2)
      }
      while !stack.isEmpty {
        emit(0x75)
        stack.removeLast()
      }
      let operands: [(UInt8, Int)] = [
        (0x63, 1), (0x64, 1), (0x69, 1), (0x6b, 1), (0x6d, 2), (0x6e, 2), (0x6f, 3), (0x70, 4), (0x71, 6), (0x72, 4),
        (0x73, 1), (0x75, 1), (0x76, 1), (0x77, 2), (0x78, 2), (0x79, 2), (0x7a, 2), (0x7b, 3), (0x7c, 2), (0x7d, 2),
        (0x82, 1), (0x87, 2), (0x88, 2), (0x8b, 1), (0x8c, 1), (0x8f, 1), (0x90, 1), (0x91, 1), (0x92, 1), (0x93, 2),
        (0x94, 2), (0x9a, 2), (0x9b, 2), (0x9c, 2), (0x9d, 2), (0x9e, 2), (0x9f, 2), (0xa0, 2), (0xa1, 2), (0xa2, 2),
        (0xa3, 2), (0xa4, 2), (0xa5, 3), (0xa6, 1), (0xa7, 1), (0xa8, 1), (0xa9, 1), (0xaa, 1), (0xac, 2), (0xad, 2),
        (0xae, 1), (0xaf, 3), (0xb1, 1), (0xb2, 1), (0xba, 3),
      ]
      let (opcode, count) = random.pick(operands)
      for _ in 0..<count - 1 { push(1) }
      emit(opcode)
    case .missingAlt:
      for _ in alt { emit(0x6c) }
      emit(0x6c)
    case .verify:
      push(random.pick([.bytes([]), .bytes([0]), .bytes([0x80]), .bytes([UInt8](repeating: 0, count: 20))]))
      emit(0x69)
    case .equalVerify:
      let pairs: [([UInt8], [UInt8])] = [([1], [2]), ([], [0]), ([1], [1, 0]), (random.bytes(20), random.bytes(20))]
      let (a, b) = random.pick(pairs)
      push(.bytes(a))
      push(.bytes(b))
      emit(0x88)
    case .numberEqualVerify:
      push(random.pick(edgeNumbers))
      push(1 + random.pick(edgeNumbers.dropLast(3)))
      emit(0x9d)
    case .returned: emit(0x6a)
    case .longNumber: writeLongNumber()
    case .longPush:
      emitRaw(pushed(random.bytes(random.pick([521, 600]))))
      emit(0x75)
    case .elseAlone: emit(0x67)
    case .endIfAlone: emit(0x68)
    case .unknownOpcode:
      emit(
        version == .tapscript
          ? random.pick([0x65, 0x66, 0xff]) : random.pick([0x50, 0x62, 0x65, 0x66, 0x89, 0x8a, 0xbb, 0xff]))
    case .forbiddenOpcode: emit(forbiddenOpcode())
    case .deadForbiddenOpcode:
      push(0)
      emit(0x63, forbiddenOpcode(), 0x68)
      stack.removeLast()
    case .deadBadConditional:
      push(0)
      emit(0x63, random.pick([0x65, 0x66]), 0x68)
    case .minimalIf:
      push(random.pick([.number(2), .bytes([0]), .bytes([1, 0]), .bytes([0x80]), .number(-1)]))
      emit(random.pick([0x63, 0x64]), 0x68)
    case .pickTooDeep:
      push(random.pick([-1, stack.count, stack.count + 1, 1000]))
      emit(random.pick([0x79, 0x7a]))
    case .negativeLockTime:
      push(-1 - random.below(300))
      emit(random.pick([0xb1, 0xb2]))
    case .longLockTime:
      push(.bytes([1, 2, 3, 4, 5, 6].suffix(random.pick([5, 6]))))
      emit(random.pick([0xb1, 0xb2]))
    case .unreachedLockTime: writeUnreachedLockTime()
    case .unreachedSequence: writeUnreachedSequence()
    case .elements: writeElements()
    case .forgedSignature, .forgedSignatureVerify, .badSignatureForm, .badHashType, .emptyKey, .foreignOpcode, .badKey:
      writeBadSignature(breach)
    case .keyCount, .signatureCount, .dummy, .multiSignatureVerify: writeBadMultiSignature(breach)
    case .embeddedSignature: embedSignature()
    case .falseResult, .extraElement, .emptyStack, .openBranch, .cutShort, .size, .opcodes, .weight:
      preconditionFailure("it is for the end")
    }
  }

  mutating func writeEnd(_ breach: Breach) {
    switch breach {
    case .falseResult:
      while !stack.isEmpty {
        emit(0x75)
        stack.removeLast()
      }
      push(random.pick([.bytes([]), .bytes([0]), .bytes([0, 0x80])]))
    case .emptyStack:
      while !stack.isEmpty {
        emit(0x75)
        stack.removeLast()
      }
    case .extraElement: push(1)
    case .openBranch:
      push(1)
      emit(0x63)
    case .cutShort:
      emitRaw(
        random.pick([
          [0x02, 1], [0x4b], [0x4c], [0x4c, 5, 1], [0x4d, 1], [0x4d, 0, 1, 7], [0x4e, 1, 0, 0],
          [0x4e, 255, 255, 255, 255],
        ]))
    case .opcodes:
      // As many as may be, or one more.
      let more = random.chance(50) ? opcodesLeft : opcodesLeft + 1
      for _ in 0..<max(0, more) { emit(0x61) }
    case .weight: writeWeight()
    case .size: fill(to: ScriptLimits.scriptBytes + (random.chance(50) ? 0 : 1))
    default: preconditionFailure("it is not for the end")
    }
  }

  /// Pushes and drops until the script has so many bytes.
  private mutating func fill(to size: Int) {
    while size - program.script.count > 1100 {
      emitRaw(pushed([UInt8](repeating: 7, count: 520)))
      emit(0x75)
    }
    let rest = size - program.script.count
    for part in [rest / 2, rest - rest / 2] where part > 260 {
      emitRaw(pushed([UInt8](repeating: 7, count: part - 4)))
      emit(0x75)
    }
  }

  private mutating func forbiddenOpcode() -> UInt8 {
    version == .tapscript
      ? random.pick([0x50, 0x62, 0x7e, 0x80, 0x81, 0x83, 0x86, 0x89, 0x8a, 0x8d, 0x8e, 0x95, 0x99, 0xbb, 0xfe])
      : random.pick([0x7e, 0x7f, 0x80, 0x81, 0x83, 0x84, 0x85, 0x86, 0x8d, 0x8e, 0x95, 0x96, 0x97, 0x98, 0x99])
  }

  private mutating func writeLongNumber() {
    let long = Item.bytes(random.pick([[0, 0, 0, 0x80, 0], [1, 0, 0, 0, 0], random.bytes(6), random.bytes(32)]))
    let (opcode, count) = random.pick(
      [
        (0x8b, 1), (0x8c, 1), (0x8f, 1), (0x90, 1), (0x91, 1), (0x92, 1), (0x93, 2), (0x94, 2), (0x9a, 2), (0x9b, 2),
        (0x9c, 2), (0x9d, 2), (0x9e, 2), (0x9f, 2), (0xa0, 2), (0xa1, 2), (0xa2, 2), (0xa3, 2), (0xa4, 2), (0xa5, 3),
        (0x79, 1), (0x7a, 1),
      ] as [(UInt8, Int)])
    let place = random.below(count)
    push(1)
    for i in 0..<count { push(i == place ? long : .number(1)) }
    emit(opcode)
  }

  private mutating func writeUnreachedLockTime() {
    let lockTime = Int(surroundings.lockTime)
    push(
      random.pick([lockTime + 1, lockTime + 500_000_000, lockTime < 500_000_000 ? 500_000_000 : 499_999_999, lockTime]))
    emit(0xb1, 0x75)
  }

  private mutating func writeUnreachedSequence() {
    let sequence = Int(surroundings.sequence)
    push(random.pick([(sequence & 0xffff) + 1, sequence & 0xffff ^ 1 << 22, 1 << 22, 5]))
    emit(0xb2, 0x75)
  }

  /// Checks that take weight without a signature: about as many as there is weight for.
  private mutating func writeWeight() {
    push(.bytes(random.bytes(33)))
    let inputs = program.inputs.reduce(0) { if case .bytes(let data) = $1 { $0 + data.count } else { $0 + 65 } }
    // Each check takes 50 and brings about four bytes; what the control block adds is not known yet.
    let left = 90 + inputs + program.script.count - spentWeight
    for _ in 0..<max(1, left / 46 + random.below(9) - 4) {
      push(1)
      emit(0x78, 0xac, 0x75)
      stack.removeLast()
      if random.chance(30) { emit(0x61) }
    }
    emit(0x75)
    stack.removeLast()
  }

  /// As many elements as may be, or one more, and mostly all of them dropped again.
  private mutating func writeElements() {
    let target = ScriptLimits.stackElements + (random.chance(50) ? 0 : 1)
    if version == .tapscript {
      while stack.count + alt.count < target - 3 {
        if stack.count < 3 || random.chance(10) {
          push(1)
        } else {
          emit(0x6f)
          stack += stack[(stack.count - 3)...]
        }
        if random.chance(10) {
          emit(0x6b)
          alt.append(stack.removeLast())
        }
      }
    }
    while stack.count + alt.count < target { push(1) }
    while version == .tapscript && stack.count > 20 {
      emit(0x6d)
      stack.removeLast(2)
    }
    isBroken = target > ScriptLimits.stackElements || version != .tapscript
    if isBroken && version != .tapscript { emit(0x51) }
  }

  // MARK: Signatures

  /// A signature of which everything may be wrong, below a key.
  private mutating func newSignature(_ change: (inout SignatureRequest) -> Void) -> Int {
    var request = SignatureRequest(key: random.below(Keys.shared.pairs.count), type: hashType())
    change(&request)
    // It is the first input, so that it is last on the stack: nothing that is written already sees it move.
    program.inputs.insert(.signature(program.requests.count), at: 0)
    program.requests.append(request)
    stack.insert(.signature(program.requests.count - 1), at: 0)
    if !alt.isEmpty || stack.count > 1 {
      emit(0x74, 0x8c, 0x7a)
      stack.append(stack.remove(at: 0))
    }
    return request.key
  }

  private mutating func writeBadSignature(_ breach: Breach) {
    let (begin, separator) = place
    let forms: [ECDSAForm] = [.longLength, .paddedR, .trailing, .wrongSequenceLength, .overflow, .garbage]
    let form = random.pick(forms)
    let schnorrForm = random.pick([SchnorrForm.short, .long, .defaultWithByte])
    let badType = random.pick(version == .tapscript ? [4, 0x80, 0x84, 0xff, 3, 0x83] : [0, 4, 0x84, 0xff] as [UInt8])
    let key = newSignature {
      ($0.codeBegin, $0.codeSeparator) = (begin, separator)
      switch breach {
      case .forgedSignature, .forgedSignatureVerify: ($0.ecdsa, $0.schnorr) = (.forged, .forged)
      case .badSignatureForm: ($0.ecdsa, $0.schnorr) = (form, schnorrForm)
      case .badHashType: $0.type = badType
      default: break
      }
    }
    let pair = Keys.shared.pairs[key]
    if breach == .foreignOpcode {
      // The opcode of the other kind of script.
      push(1)
      push(.bytes(version == .tapscript ? pair.xOnly : pair.compressed))
      if version == .tapscript { push(1) }
      emit(version == .tapscript ? random.pick([0xae, 0xaf]) : 0xba)
      return
    }
    switch breach {
    case .emptyKey: push(.bytes([]))
    case .badKey:
      let wrongY = Array(pair.uncompressed.dropLast()) + [pair.uncompressed[64] ^ 1]
      let otherHybrid = [pair.hybrid[0] ^ 1] + pair.hybrid[1...]
      let noPoint: [UInt8] = [2] + [UInt8](repeating: 0xff, count: 32)
      push(
        .bytes(
          random.pick([wrongY, otherHybrid, noPoint, [5] + pair.compressed[1...], Array(pair.compressed.dropLast())])))
    default: push(.bytes(version == .tapscript ? pair.xOnly : pair.compressed))
    }
    emit(breach == .forgedSignatureVerify ? 0xad : 0xac)
  }

  private mutating func writeBadMultiSignature(_ breach: Breach) {
    let (begin, separator) = place
    let key = newSignature {
      ($0.codeBegin, $0.codeSeparator) = (begin, separator)
      if breach == .multiSignatureVerify { $0.ecdsa = .forged }
    }
    push(breach == .dummy ? 1 : 0)
    emit(0x7c)  // the signature comes above the element that nothing reads
    stack.swapAt(stack.count - 1, stack.count - 2)
    push(breach == .signatureCount ? random.pick([-1, 2, 20, 21]) : 1)
    push(.bytes(Keys.shared.pairs[key].compressed))
    push(breach == .keyCount ? random.pick([-1, 21, 255]) : 1)
    emit(breach == .multiSignatureVerify ? 0xaf : random.pick([0xae, 0xaf]))
    if breach == .dummy { emit(0x51) }
  }

  /// A signature in the script that it signs: it is removed before. Only a hash of 1, which needs no script, could be known.
  private mutating func embedSignature() {
    let pair = Keys.shared.pairs[random.below(Keys.shared.pairs.count)]
    let one = [1] + [UInt8](repeating: 0, count: 31)
    let type: UInt8 = surroundings.hasOutput ? 1 : 3
    let signature = ECDSAForm.strict.signature(one, secret: pair.secret, type: type)
    for _ in 0..<1 + random.below(2) { push(.bytes(signature)) }
    push(.bytes(pair.compressed))
    emit(0xac)
    replace(2, with: .unknown(1))
    if surroundings.hasOutput { emit(0x51) } else { isBroken = false }
  }
}
