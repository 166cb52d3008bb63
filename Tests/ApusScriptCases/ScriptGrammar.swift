// Random scripts that go deep: each opcode is chosen for a stack that is known, so that it goes through; at one place of
// some scripts a rule is broken on purpose.

import ApusScript
import ApusTestSupport

struct ScriptGrammar {
  var random: SeededGenerator
  let version: ScriptVersion
  let surroundings: Surroundings
  /// The script stays below so many bytes, but for what a breach adds.
  let byteLimit: Int
  /// Whether the stack ends with one element, true.
  let endsClean: Bool
  let concatenation: Concatenation

  /// How elements are joined. The network knows no opcode for that, but where both are known, what comes of them can be
  /// written down instead: scripts that differ in this alone do the same.
  enum Concatenation { case never, byOpcode, writtenDown }

  var program = Program()
  var stack: [Item] = []
  var alt: [Item] = []
  private var opcodeCount = 0
  private var instructions: UInt32 = 0
  private var codeBegin = 0
  private var codeSeparator = UInt32.max
  private var openBranches = 0
  /// The rule that is broken on purpose, until it is.
  private var breach: Breach?
  /// Nothing is known of the stack any more.
  var isBroken = false

  init(
    random: SeededGenerator, version: ScriptVersion, surroundings: Surroundings, byteLimit: Int, endsClean: Bool,
    concatenation: Concatenation = .never
  ) {
    self.random = random
    self.version = version
    self.surroundings = surroundings
    self.byteLimit = byteLimit
    self.endsClean = endsClean
    self.concatenation = concatenation
  }

  /// Writes a script; its random numbers go on in ``random``.
  mutating func write() -> Program {
    chooseInputs()
    let isBreached = random.chance(45)
    if isBreached && concatenation == .never { breach = random.pick(Breach.choices(for: version)) }
    let steps = random.chance(8) ? random.below(400) : random.below(60)
    let place = random.below(steps + 1)
    for step in 0...steps {
      if step == place, let broken = breach, !broken.isAtEnd {
        breach = nil
        write(broken)
      }
      if isBroken || !hasRoom { break }
      if concatenation != .never && random.chance(30) { concatenate() } else { writeStep(depth: 0) }
    }
    if let broken = breach, !isBroken, !broken.isAtEnd {
      breach = nil
      write(broken)
    }
    if isBroken { writeNoise() } else { end() }
    return program
  }

  private mutating func chooseInputs() {
    let isMany = random.chance(3) && version != .legacy
    let count = isMany ? random.below(300) : random.below(8)
    for _ in 0..<count {
      if isMany && random.chance(20) {
        let long = random.bytes(300 + random.below(221))
        program.inputs.append(.bytes(long))
        stack.append(.bytes(long))
      } else if count < 10 && random.chance(45) {
        program.inputs.append(.signature(program.requests.count))
        stack.append(.signature(program.requests.count))
        program.requests.append(nil)
      } else {
        let item = random.chance(60) ? randomNumber() : randomData()
        program.inputs.append(.bytes(item.bytes ?? []))
        stack.append(item)
      }
    }
  }

  private var hasRoom: Bool {
    if program.script.count > byteLimit - 150 { return false }
    if stack.count + alt.count > 900 { return false }
    // What the end takes: the stack's clearing, and the branches'.
    return version == .tapscript || opcodeCount + stack.count / 2 + alt.count + openBranches < 170
  }

  // MARK: Writing down

  mutating func emit(_ opcode: UInt8) {
    program.script.append(opcode)
    instructions += 1
    if opcode > 0x60 { opcodeCount += 1 }
  }
  mutating func emit(_ opcodes: UInt8...) { for opcode in opcodes { emit(opcode) } }

  /// Bytes that are not looked at.
  mutating func emitRaw(_ bytes: [UInt8]) { program.script += bytes }

  mutating func push(_ item: Item) {
    guard let data = item.bytes else { preconditionFailure("what is not known cannot be pushed") }
    let isLong = !surroundings.isStandard && random.chance(6)
    let lengthBytes = data.count > 255 ? random.pick([2, 4]) : random.pick([1, 2, 4])
    program.script += pushed(data, lengthBytes: isLong ? lengthBytes : nil)
    instructions += 1
    stack.append(item)
  }
  mutating func push(_ number: Int) { push(.number(number)) }

  // MARK: Operands

  mutating func randomNumber() -> Item {
    let value =
      random.chance(60) ? random.pick(edgeNumbers) : Int.random(in: -0x7fff_ffff...0x7fff_ffff, using: &random)
    var bytes = StackNumber.encode(value)
    if !surroundings.isStandard && random.chance(8) && bytes.count < 4 {
      // The same number in more bytes: the sign moves to the last one.
      let sign = (bytes.last ?? 0) & 0x80
      if !bytes.isEmpty { bytes[bytes.count - 1] &= 0x7f }
      bytes.append(sign)
    }
    return .bytes(bytes)
  }

  mutating func randomData() -> Item {
    switch random.below(10) {
    case 0: .bytes(random.bytes(random.pick([75, 76, 77, 255, 256, 519, 520])))
    case 1: .bytes([])
    case 2: .bytes([0x80])
    case 3: .bytes([0, 0, 0x80])
    case 4: .bytes([UInt8](repeating: 0, count: random.pick([1, 2, 8, 9, 20])))
    case 5: .bytes(random.bytes(random.pick([7, 8, 9])))
    default: .bytes(random.bytes(random.below(40)))
    }
  }

  mutating func need(_ count: Int) {
    while stack.count < count { push(random.chance(60) ? randomNumber() : smallData()) }
  }

  private mutating func smallData() -> Item { .bytes(random.bytes(random.below(24))) }

  /// The top elements, the topmost last, as numbers; new ones are pushed where they are none.
  mutating func needNumbers(_ count: Int) -> [Int] {
    func numbers() -> [Int]? {
      guard stack.count >= count else { return nil }
      let all = stack.suffix(count).compactMap { $0.number(minimal: surroundings.isStandard) }
      return all.count == count ? all : nil
    }
    if let known = numbers() { return known }
    for _ in 0..<count { push(randomNumber()) }
    return numbers() ?? []
  }

  mutating func replace(_ count: Int, with item: Item) {
    stack.removeLast(count)
    stack.append(item)
  }

  // MARK: Steps

  private mutating func writeStep(depth: Int) {
    if stack.count > 30 && random.chance(50) {
      emit(0x6d)
      stack.removeLast(2)
      return
    }
    switch random.below(100) {
    case ..<12: push(random.chance(60) ? randomNumber() : randomData())
    case ..<34: writeStackOpcode()
    case ..<54: writeArithmetic()
    case ..<60: writeHash()
    case ..<66: writeComparison()
    case ..<76: writeConditional(depth: depth)
    case ..<92: writeSignatureCheck()
    case ..<95: writeLockTime()
    case ..<97: separateCode()
    case ..<98 where depth == 0: writeLongData()
    default: writeNop()
    }
  }

  private mutating func writeStackOpcode() {
    let opcode = UInt8(
      random.pick([
        0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x7b, 0x7c,
        0x7d,
        0x82,
      ]))
    if opcode == 0x6c && alt.isEmpty { return }
    if opcode == 0x79 || opcode == 0x7a { return writePick(opcode) }
    let operands: [UInt8: Int] = [
      0x6c: 0, 0x6d: 2, 0x6e: 2, 0x6f: 3, 0x70: 4, 0x71: 6, 0x72: 4, 0x74: 0, 0x77: 2, 0x78: 2, 0x7b: 3, 0x7c: 2,
      0x7d: 2,
    ]
    need(operands[opcode] ?? 1)
    emit(opcode)
    let n = stack.count
    switch opcode {
    case 0x6b: alt.append(stack.removeLast())
    case 0x6c: stack.append(alt.removeLast())
    case 0x6d: stack.removeLast(2)
    case 0x6e: stack += stack[(n - 2)...]
    case 0x6f: stack += stack[(n - 3)...]
    case 0x70: stack += stack[n - 4..<n - 2]
    case 0x71:
      let pair = stack[n - 6..<n - 4]
      stack.removeSubrange(n - 6..<n - 4)
      stack += pair
    case 0x72:
      stack.swapAt(n - 4, n - 2)
      stack.swapAt(n - 3, n - 1)
    case 0x73: if stack[n - 1].isTrue { stack.append(stack[n - 1]) }
    case 0x74: stack.append(.number(n))
    case 0x75: stack.removeLast()
    case 0x76: stack.append(stack[n - 1])
    case 0x77: stack.remove(at: n - 2)
    case 0x78: stack.append(stack[n - 2])
    case 0x7b: stack.append(stack.remove(at: n - 3))
    case 0x7c: stack.swapAt(n - 1, n - 2)
    case 0x7d: stack.insert(stack[n - 1], at: n - 2)
    default:
      guard let bytes = stack[n - 1].bytes else {
        // A size that is not known is of no use.
        emit(0x75)
        return
      }
      stack.append(.number(bytes.count))
    }
  }

  private mutating func writePick(_ opcode: UInt8) {
    need(1)
    let depth = random.chance(30) ? stack.count - 1 : random.below(stack.count)
    push(depth)
    emit(opcode)
    stack.removeLast()
    let place = stack.count - 1 - depth
    stack.append(opcode == 0x79 ? stack[place] : stack.remove(at: place))
  }

  private mutating func writeArithmetic() {
    let opcode = UInt8(random.pick([0x8b, 0x8c, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94] + Array(0x9a...0xa5)))
    if opcode == 0x9d {
      // Equal numbers, mostly in equal bytes.
      let value = needNumbers(1)[0]
      if random.chance(50) { push(.number(value)) } else { duplicate() }
      emit(opcode)
      stack.removeLast(2)
      return
    }
    let count = opcode <= 0x92 ? 1 : opcode == 0xa5 ? 3 : 2
    let v = needNumbers(count)
    let (a, b) = (v[0], count > 1 ? v[1] : 0)
    let result: Int =
      switch opcode {
      case 0x8b: a + 1
      case 0x8c: a - 1
      case 0x8f: -a
      case 0x90: abs(a)
      case 0x91: a == 0 ? 1 : 0
      case 0x92: a != 0 ? 1 : 0
      case 0x93: a + b
      case 0x94: a - b
      case 0x9a: a != 0 && b != 0 ? 1 : 0
      case 0x9b: a != 0 || b != 0 ? 1 : 0
      case 0x9c: a == b ? 1 : 0
      case 0x9e: a != b ? 1 : 0
      case 0x9f: a < b ? 1 : 0
      case 0xa0: a > b ? 1 : 0
      case 0xa1: a <= b ? 1 : 0
      case 0xa2: a >= b ? 1 : 0
      case 0xa3: min(a, b)
      case 0xa4: max(a, b)
      default: b <= a && a < v[2] ? 1 : 0
      }
    emit(opcode)
    replace(count, with: .number(result))
  }

  private mutating func concatenate() {
    if random.chance(70) { for _ in 0..<2 { push(random.chance(50) ? randomNumber() : randomData()) } }
    guard stack.count > 1, let a = stack[stack.count - 2].bytes, let b = stack[stack.count - 1].bytes else {
      // With too few elements, dropping two is the same mistake.
      if stack.count > 1 { return }
      isBroken = true
      return emit(concatenation == .byOpcode ? 0x7e : 0x6d)
    }
    stack.removeLast(2)
    stack.append(.bytes(a + b))
    if concatenation == .byOpcode {
      emit(0x7e)
    } else {
      emit(0x6d)
      emitRaw(pushed(a + b))
      instructions += 1
    }
    if a.count + b.count > ScriptLimits.elementBytes { isBroken = true }
    // Numbers come of it too.
    if stack[stack.count - 1].number(minimal: true) != nil { writeArithmetic() }
  }

  private mutating func duplicate() {
    emit(0x76)
    stack.append(stack[stack.count - 1])
  }

  private mutating func writeHash() {
    need(1)
    let opcode = UInt8(0xa6 + random.below(5))
    emit(opcode)
    let digest = stack[stack.count - 1].hashed(opcode)
    replace(1, with: digest)
    if let bytes = digest.bytes, random.chance(30) {
      push(.bytes(bytes))
      emit(0x88)
      stack.removeLast(2)
    }
  }

  /// Long elements, compared when more than the engine keeps in one piece has come and gone above them.
  private mutating func writeLongData() {
    guard version == .tapscript else { return }
    let kept = (0..<1 + random.below(4)).map { _ in random.bytes(9 + random.below(512)) }
    var moved = 0
    for data in kept {
      push(.bytes(data))
      if random.chance(40) {
        emit(0x6b)
        alt.append(stack.removeLast())
        moved += 1
      }
    }
    need(1)
    for _ in 0..<random.pick([20, 520, 900]) { emit(0x76, UInt8(0xa6 + random.below(5)), 0x75) }
    for _ in 0..<random.below(12) {
      push(.bytes(random.bytes(300 + random.below(221))))
      emit(0x75)
      stack.removeLast()
    }
    for _ in 0..<moved {
      emit(0x6c)
      stack.append(alt.removeLast())
      guard let data = stack[stack.count - 1].bytes else { continue }
      push(.bytes(data))
      emit(0x88)
      stack.removeLast(2)
    }
  }

  private mutating func writeComparison() {
    need(1)
    switch random.below(4) {
    case 0:
      duplicate()
      emit(0x88)
      stack.removeLast(2)
    case 1:
      duplicate()
      emit(0x87)
      replace(2, with: .number(1))
    case 2:
      need(2)
      let (a, b) = (stack[stack.count - 2], stack[stack.count - 1])
      guard a.bytes != nil, b.bytes != nil else { return }
      emit(0x87)
      replace(2, with: .number(a == b ? 1 : 0))
    default:
      guard stack[stack.count - 1].isTrue else { return }
      emit(0x69)
      stack.removeLast()
    }
  }

  private mutating func writeNop() {
    emit(surroundings.isStandard ? 0x61 : random.pick([0x61, 0xb0, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9]))
  }

  private mutating func separateCode() {
    if surroundings.isStandard && version == .legacy { return }
    let number = instructions
    emit(0xab)
    (codeBegin, codeSeparator) = (program.script.count, number)
  }

  // MARK: Branches

  private mutating func writeConditional(depth: Int) {
    guard depth < 6 else { return }
    let taken = random.chance(50)
    let isNot = random.chance(40)
    pushCondition(taken != isNot)
    emit(isNot ? 0x64 : 0x63)
    stack.removeLast()
    openBranches += 1
    var isLive = taken
    // One OP_ELSE mostly, and now and then several: each turns the branch.
    for part in 0...random.pick([0, 1, 1, 1, 2, 3]) {
      if part > 0 {
        emit(0x67)
        isLive.toggle()
      }
      if isLive {
        for _ in 0..<random.below(6) where hasRoom && !isBroken { writeStep(depth: depth + 1) }
      } else {
        writeDead(depth: depth + 1)
      }
    }
    emit(0x68)
    openBranches -= 1
  }

  private mutating func pushCondition(_ truth: Bool) {
    let isMinimal = version == .tapscript || version == .witnessV0 && surroundings.isStandard
    if truth {
      push(isMinimal || random.chance(60) ? .number(1) : random.pick([.number(2), .number(-1), .bytes([0, 0x81])]))
    } else {
      push(isMinimal || random.chance(60) ? .bytes([]) : random.pick([.bytes([0]), .bytes([0x80]), .bytes([0, 0])]))
    }
  }

  /// Opcodes that do not run: almost all of them.
  private mutating func writeDead(depth: Int) {
    for _ in 0..<random.below(5) where hasRoom {
      switch random.below(8) {
      case 0 where depth < 6:
        emit(random.pick([0x63, 0x64]))
        writeDead(depth: depth + 1)
        if random.chance(50) { emit(0x67) }
        writeDead(depth: depth + 1)
        emit(0x68)
      case 1:
        emitRaw(pushed(random.bytes(random.pick([0, 1, 20, 76, 300]))))
        instructions += 1
      case 2: emit(random.pick([0x6a, 0x69, 0xac, 0xae, 0xba, 0xb1, 0xb2, 0x79, 0x6c]))
      case 3 where version != .tapscript: emit(random.pick([0x50, 0x62, 0x89, 0x8a, 0xbb, 0xfe, 0xff]))
      case 4 where version != .legacy || !surroundings.isStandard: emit(0xab)
      default: emit(random.pick([0x75, 0x76, 0x87, 0x93, 0xa5, 0xa9, 0x61]))
      }
    }
  }

  // MARK: Signatures

  /// A signature on the stack that nobody has checked yet, brought to the top.
  private mutating func takeSignature() -> Int? {
    let found = stack.lastIndex {
      if case .signature(let slot) = $0 { return program.requests[slot] == nil }
      return false
    }
    guard let found, case .signature(let slot) = stack[found] else { return nil }
    let depth = stack.count - 1 - found
    if depth == 1 {
      emit(0x7c)
    } else if depth > 1 {
      push(depth)
      emit(0x7a)
      stack.removeLast()
    }
    stack.append(stack.remove(at: found))
    return slot
  }

  private mutating func request(key: Int) -> SignatureRequest {
    var request = SignatureRequest(key: key, type: hashType(), codeBegin: codeBegin, codeSeparator: codeSeparator)
    if version != .tapscript && !surroundings.isStandard && random.chance(15) {
      request.ecdsa = random.pick(ECDSAForm.allCases.filter(\.isStrict))
    }
    return request
  }

  mutating func hashType() -> UInt8 {
    var types: [UInt8] = [1, 2, 3, 0x81, 0x82, 0x83]
    if version == .tapscript { types.append(0) } else if !surroundings.isStandard { types += [0, 4, 0x50, 0x80, 0xff] }
    // Where its output is missing, single is refused by Taproot.
    if version == .tapscript && !surroundings.hasOutput { types.removeAll { $0 & 3 == 3 } }
    return random.pick(types)
  }

  private mutating func pushECDSAKey(_ key: Int) {
    let pair = Keys.shared.pairs[key]
    let isShort = surroundings.isStandard || random.chance(60)
    push(.bytes(isShort ? pair.compressed : random.pick([pair.uncompressed, pair.hybrid])))
  }

  private mutating func writeSignatureCheck() {
    if version != .tapscript && random.chance(35) { return writeMultiSignature() }
    let key = random.below(Keys.shared.pairs.count)
    let isAdded = version == .tapscript && random.chance(40)
    if let slot = takeSignature() {
      let request = request(key: key)
      program.requests[slot] = request
      if version == .tapscript {
        checkTaken(key: Keys.shared.pairs[key].xOnly, isAdded: isAdded, isGood: true)
      } else {
        pushECDSAKey(key)
        emitCheck(0xac, elements: 2, isGood: request.ecdsa.isGood)
      }
    } else if version == .tapscript && !surroundings.isStandard && concatenation == .never && !isTight
      && random.chance(30)
    {
      // A kind of key that is not known takes any signature, and weight.
      let signature: Item = random.chance(80) ? .bytes(random.bytes(1 + random.below(3))) : .bytes([])
      push(signature)
      checkTaken(
        key: random.bytes(random.pick([1, 31, 33, 65])), isAdded: isAdded, isGood: signature != .bytes([]))
    } else {
      push(.bytes([]))
      if version == .tapscript {
        checkTaken(key: Keys.shared.pairs[key].xOnly, isAdded: isAdded, isGood: false)
      } else {
        let isKey = surroundings.isStandard || random.chance(70)
        if isKey { pushECDSAKey(key) } else { push(.bytes(random.bytes(random.pick([0, 1, 32, 33, 65])))) }
        emitCheck(0xac, elements: 2, isGood: false)
      }
    }
  }

  /// Checks the signature on top of the stack, in a tapscript.
  private mutating func checkTaken(key: [UInt8], isAdded: Bool, isGood: Bool) {
    spentWeight += isGood ? 50 : 0
    if isAdded {
      let count = random.chance(70) ? random.below(20) : random.pick(edgeNumbers)
      push(count)
      push(.bytes(key))
      emit(0xba)
      replace(3, with: .number(count + (isGood ? 1 : 0)))
    } else {
      push(.bytes(key))
      emitCheck(0xac, elements: 2, isGood: isGood)
    }
  }

  /// Weight that signature checks have taken, against a guess of what there will be.
  private(set) var spentWeight = 0
  private var isTight: Bool { spentWeight > program.script.count }

  private mutating func writeMultiSignature() {
    let keys = random.chance(85) ? random.below(5) : random.pick([15, 16, 19, 20])
    guard opcodeCount + keys + stack.count < 170 else { return }
    // Signatures come in the order of their keys, which need not be neighbours.
    var chosen: [Int] = []
    var places: [Int] = []
    for _ in 0..<keys { chosen.append(random.below(Keys.shared.pairs.count)) }
    let dummy: Item = surroundings.isStandard || random.chance(95) ? .bytes([]) : .bytes([1])
    if dummy != .bytes([]) { isBroken = true }
    push(dummy)
    var isGood = true
    for place in 0..<keys where random.chance(60) {
      // Each is rolled above those before it.
      guard let slot = takeSignature() else { break }
      let request = request(key: chosen[place])
      program.requests[slot] = request
      isGood = isGood && request.ecdsa.isGood
      places.append(place)
    }
    push(places.count)
    for key in chosen { pushECDSAKey(key) }
    push(keys)
    emitCheck(0xae, elements: keys + places.count + 3, isGood: isGood)
    opcodeCount += keys
  }

  /// The opcode of a check, or the one after it, which ends the script unless the signature is good.
  private mutating func emitCheck(_ opcode: UInt8, elements: Int, isGood: Bool) {
    let isDemanded = isGood && random.chance(35)
    emit(isDemanded ? opcode + 1 : opcode)
    stack.removeLast(elements)
    if !isDemanded { stack.append(.number(isGood ? 1 : 0)) }
  }

  // MARK: Lock times

  private mutating func writeLockTime() {
    if random.chance(50) {
      let asked = lockTimeReached()
      guard let asked else { return }
      push(.number(asked))
      emit(0xb1, 0x75)
    } else {
      guard let asked = sequenceReached() else { return }
      push(.number(asked))
      emit(0xb2, 0x75)
    }
    stack.removeLast()
  }

  private mutating func lockTimeReached() -> Int? {
    let lockTime = Int(surroundings.lockTime)
    guard surroundings.sequence != .max else { return nil }
    let least = lockTime < 500_000_000 ? 0 : 500_000_000
    return random.pick([lockTime, least, max(least, lockTime - 1)])
  }

  private mutating func sequenceReached() -> Int? {
    // The bit that disables it makes the opcode nothing.
    if random.chance(30) { return 1 << 31 | random.below(1 << 31) }
    let sequence = Int(surroundings.sequence)
    guard surroundings.version >= 2, sequence & 1 << 31 == 0 else { return nil }
    let value = random.pick([0, sequence & 0xffff, (sequence & 0xffff) / 2])
    // Other bits are not looked at.
    return value | sequence & 1 << 22 | (random.chance(20) ? 1 << 18 : 0)
  }

  // MARK: The end

  /// Leaves what the rules want: a true element, mostly alone.
  private mutating func end() {
    if let broken = breach, broken.isAtEnd {
      breach = nil
      if broken.isBeforeTruth { return writeEnd(broken) }
      leaveTruth()
      return writeEnd(broken)
    }
    leaveTruth()
  }

  mutating func leaveTruth() {
    if endsClean || random.chance(50) {
      while stack.count > 2 {
        emit(0x6d)
        stack.removeLast(2)
      }
      if stack.count == 2 {
        emit(0x77)
        stack.remove(at: 0)
      }
    }
    if let top = stack.last, top.isTrue, top.bytes != nil { return }
    if !stack.isEmpty {
      emit(0x75)
      stack.removeLast()
    }
    push(random.pick([1, 2, -1, 17]))
  }

  /// What follows a breach is not reached: it only has to look like a script.
  private mutating func writeNoise() {
    for _ in 0..<random.below(8) { emit(random.pick([0x51, 0x75, 0x76, 0x93, 0x87, 0x61, 0x7c])) }
    for _ in 0..<openBranches { emit(0x68) }
  }

  /// Where the script code of a signature begins here.
  var place: (begin: Int, separator: UInt32) { (codeBegin, codeSeparator) }

  /// Opcodes that may still be written before consensus counts too many.
  var opcodesLeft: Int { ScriptLimits.opcodes - opcodeCount }
}
