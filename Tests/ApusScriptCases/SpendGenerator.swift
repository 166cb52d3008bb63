// Whole spends: a transaction, the output of each kind, and a witness that is good, or wrong in one way.

import ApusDigest
import ApusScript
import ApusTestSupport

public struct SpendGenerator {
  private var random: SeededGenerator
  private var surroundings: Surroundings
  private var transaction: Transaction
  private var spent: [TransactionOutput] = []
  private var input = 0
  private var rules = Rules.block
  private var kind = ""

  /// The case of a number in a run: it depends on nothing else.
  public static func spend(_ number: Int, seed: UInt64) -> SpendCase {
    var mixer = SeededGenerator(seed: seed)
    var generator = SpendGenerator(
      random: SeededGenerator(seed: mixer.next() &+ UInt64(number) &* 0xd134_2543_de82_ef95))
    return generator.spend()
  }

  /// A tapscript that joins elements by OP_CAT, and one that the network judges alike: it has what comes of them written
  /// down.
  public static func concatenations(_ number: Int, seed: UInt64) -> (here: SpendCase, asked: SpendCase) {
    func spend(_ concatenation: ScriptGrammar.Concatenation) -> SpendCase {
      var mixer = SeededGenerator(seed: ~seed)
      var generator = SpendGenerator(
        random: SeededGenerator(seed: mixer.next() &+ UInt64(number) &* 0xd134_2543_de82_ef95))
      generator.chooseTransaction()
      generator.kind = "concatenation"
      generator.spendTapscript(concatenation)
      return SpendCase(
        transaction: generator.transaction.bytes, spentOutputs: generator.spent, input: generator.input,
        rules: concatenation == .byOpcode ? Rules(opcodes: .concatenation) : .block, kind: generator.kind)
    }
    return (spend(.byOpcode), spend(.writtenDown))
  }

  private init(random: SeededGenerator) {
    self.random = random
    surroundings = Surroundings(version: 2, lockTime: 0, sequence: 0, hasOutput: true, isStandard: false)
    transaction = Transaction(inputs: [], outputs: [])
  }

  private mutating func spend() -> SpendCase {
    chooseRules()
    chooseTransaction()
    switch random.below(100) {
    case ..<40: tapscript()
    case ..<48: keyPath()
    case ..<60: legacy()
    case ..<68: payToScriptHash()
    case ..<76: witnessScript(isNested: false)
    case ..<82: witnessScript(isNested: true)
    case ..<89: keyHash()
    case ..<93: otherProgram()
    case ..<96: paddedScriptSig()
    default: damagedScript()
    }
    if random.chance(12) { mutate() }
    var bytes = transaction.bytes
    if random.chance(3) {
      kind += ", damaged bytes"
      bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    }
    return SpendCase(transaction: bytes, spentOutputs: spent, input: input, rules: rules, kind: kind)
  }

  // MARK: Surroundings

  private mutating func chooseRules() {
    var consensus = ConsensusRules.all
    var policy: PolicyRules = []
    if random.chance(25) {
      // Rules of other times.
      for rule in OracleFlags.consensusRules where random.chance(35) { consensus.remove(rule) }
    }
    if random.chance(25) {
      policy = .standard
    } else if random.chance(20) {
      for rule in OracleFlags.policyRules where random.chance(30) { policy.insert(rule) }
    }
    rules = Rules(consensus: consensus, policy: policy)
  }

  private mutating func chooseTransaction() {
    let inputs = random.chance(60) ? 1 : 1 + random.below(4)
    let outputs = 1 + random.below(3)
    input = random.below(inputs)
    let lockTimes: [UInt32] = [0, 1, 499_999_999, 500_000_000, 0xffff_ffff, 800_000, 1_700_000_000]
    let sequences: [UInt32] = [
      0, 1, 0xffff_ffff, 0xffff_fffe, 0x0040_0000, 0x0040_ffff, 0xffff, 0x8000_0000, 0x7fff_ffff, 144, 0x0040_0090,
    ]
    transaction = Transaction(
      version: random.pick([0, 1, 2, 2, 2, 3, 0xffff_ffff]),
      inputs: (0..<inputs).map { _ in
        TransactionInput(
          previous: OutPoint(transaction: random.bytes(32), output: UInt32(random.below(5))),
          sequence: random.pick(sequences))
      },
      outputs: (0..<outputs).map { _ in
        TransactionOutput(value: Int64(random.below(1 << 40)), script: Script(random.bytes(random.below(40))))
      },
      lockTime: random.pick(lockTimes))
    spent = (0..<inputs).map { _ in
      TransactionOutput(
        value: Int64(random.below(1 << 40)) - (random.chance(1) ? 1 << 40 : 0),
        script: Script([0x51, 0x20] + random.bytes(32)))
    }
    // Other inputs may bring witnesses of their own: hashes of all inputs do not cover them.
    for i in 0..<inputs where i != input && random.chance(40) { transaction.inputs[i].witness = [random.bytes(4)] }
    surroundings = Surroundings(
      version: transaction.version, lockTime: transaction.lockTime, sequence: transaction.inputs[input].sequence,
      hasOutput: input < outputs, isStandard: !rules.policy.isEmpty && random.chance(80))
  }

  // MARK: Scripts and their signatures

  private mutating func program(_ version: ScriptVersion, byteLimit: Int, endsClean: Bool = true) -> Program {
    var grammar = ScriptGrammar(
      random: SeededGenerator(seed: random.next()), version: version, surroundings: surroundings, byteLimit: byteLimit,
      endsClean: endsClean)
    var program = grammar.write()
    if random.chance(6) {
      kind += ", mutated script"
      mutateScript(&program.script)
    }
    return program
  }

  private mutating func mutateScript(_ script: inout [UInt8]) {
    for _ in 0..<1 + random.below(3) {
      switch random.below(4) {
      case 0 where !script.isEmpty: script[random.below(script.count)] = UInt8(random.below(256))
      case 1 where !script.isEmpty: script.remove(at: random.below(script.count))
      case 2: script.insert(UInt8(random.below(256)), at: random.below(script.count + 1))
      default: if script.count > 1 { script.swapAt(random.below(script.count), random.below(script.count)) }
      }
    }
  }

  private func spending() -> SpendingTransaction {
    guard let spending = try? SpendingTransaction(transaction, spending: spent) else {
      preconditionFailure("an output is spent by each input")
    }
    return spending
  }

  /// What the program's inputs are once everything that signatures cover is in its place.
  private mutating func inputs(of program: Program, sign: (SignatureRequest) -> [UInt8]) -> [[UInt8]] {
    program.inputs.map {
      switch $0 {
      case .bytes(let bytes): return bytes
      case .signature(let slot):
        guard let request = program.requests[slot] else { return random.bytes(random.pick([0, 1, 64, 65, 71])) }
        return sign(request)
      }
    }
  }

  private mutating func legacyInputs(_ program: Program) -> [[UInt8]] {
    let (transaction, input) = (transaction, input)
    return inputs(of: program) { request in
      let code = Script(Array(program.script[min(request.codeBegin, program.script.count)...]))
      let type = SignatureHashType(rawValue: UInt32(request.type))
      return request.ecdsaSignature(of: transaction.legacySignatureHash(input: input, scriptCode: code, type: type))
    }
  }

  private mutating func witnessInputs(_ program: Program) -> [[UInt8]] {
    let (spending, input) = (spending(), input)
    return inputs(of: program) { request in
      let code = Script(Array(program.script[min(request.codeBegin, program.script.count)...]))
      let type = SignatureHashType(rawValue: UInt32(request.type))
      return request.ecdsaSignature(of: spending.witnessSignatureHash(input: input, scriptCode: code, type: type))
    }
  }

  private mutating func pushes(_ elements: [[UInt8]]) -> [UInt8] {
    elements.flatMap { pushed($0, lengthBytes: !surroundings.isStandard && random.chance(4) ? 2 : nil) }
  }

  private mutating func setOutput(_ script: [UInt8]) { spent[input].script = Script(script) }
  private mutating func setScriptSig(_ script: [UInt8]) { transaction.inputs[input].scriptSig = Script(script) }
  private mutating func setWitness(_ witness: [[UInt8]]) { transaction.inputs[input].witness = witness }

  // MARK: Before segregated witness

  private mutating func legacy() {
    kind = "legacy"
    let program = program(.legacy, byteLimit: 9000, endsClean: rules.policy.contains(.cleanStack))
    setOutput(program.script)
    setScriptSig(pushes(legacyInputs(program)))
    if random.chance(3) { setWitness([[1]]) }
    // A scriptSig may compute, as long as the output is no script's hash.
    if random.chance(4) {
      transaction.inputs[input].scriptSig = Script(transaction.inputs[input].scriptSig.bytes + [0x51, 0x69])
    }
  }

  private mutating func payToScriptHash() {
    kind = "script hash"
    let program = program(.legacy, byteLimit: 400, endsClean: rules.policy.contains(.cleanStack))
    let hash = RIPEMD160.hash(SHA256.hash(program.script))
    setOutput([0xa9, 20] + hash + [0x87])
    let sig = pushes(legacyInputs(program))
    switch random.below(20) {
    case 0: setScriptSig([0x61] + sig + pushed(program.script))
    case 1: setScriptSig(sig + pushed(program.script + [0x51]))
    case 2: setScriptSig([])
    default: setScriptSig(sig + Push.plain(program.script))
    }
    if random.chance(3) { setWitness([[1]]) }
  }

  private mutating func paddedScriptSig() {
    kind = "long scriptSig"
    setOutput([0x51])
    let count = random.pick([9_999, 10_000, 10_001])
    setScriptSig([UInt8](repeating: random.pick([0x61, 0x51, 0]), count: count))
    if random.chance(50) {
      // Pushes alone: too many elements rather than too many opcodes.
      setScriptSig([UInt8](repeating: 0x51, count: random.pick([998, 999, 1000, 1001])))
    }
  }

  // MARK: Version 0

  private mutating func witnessScript(isNested: Bool) {
    kind = isNested ? "nested witness script" : "witness script"
    let program = program(.witnessV0, byteLimit: 9000)
    setProgram([0, 32] + SHA256.hash(program.script), isNested: isNested)
    var witness = witnessInputs(program) + [program.script]
    damage(&witness)
    setWitness(witness)
  }

  private mutating func keyHash() {
    let pair = Keys.shared.pairs[random.below(Keys.shared.pairs.count)]
    let key =
      surroundings.isStandard || random.chance(80) ? pair.compressed : random.pick([pair.uncompressed, pair.hybrid])
    let hash = RIPEMD160.hash(SHA256.hash(key))
    let code = Script([0x76, 0xa9, 20] + hash + [0x88, 0xac])
    let isWitness = random.chance(75)
    let isNested = random.chance(40)
    kind = isWitness ? isNested ? "nested key hash" : "witness key hash" : "key hash"
    if isWitness { setProgram([0, 20] + hash, isNested: isNested) } else { setOutput(code.bytes) }
    var form = ECDSAForm.strict
    if random.chance(20) { form = random.pick(ECDSAForm.allCases) }
    let type = surroundings.isStandard ? random.pick([1, 2, 3, 0x81, 0x82, 0x83]) : UInt8(random.below(256))
    let hashType = SignatureHashType(rawValue: UInt32(type))
    let digest =
      isWitness
      ? spending().witnessSignatureHash(input: input, scriptCode: code, type: hashType)
      : transaction.legacySignatureHash(input: input, scriptCode: code, type: hashType)
    let signature = form.signature(digest, secret: pair.secret, type: type)
    if isWitness {
      var witness = [signature, random.chance(95) ? key : pair.hybrid]
      if random.chance(8) { witness.insert(random.bytes(random.below(3)), at: 0) }
      damage(&witness)
      setWitness(witness)
    } else {
      setScriptSig(pushes([signature, key]))
    }
  }

  /// An output of a witness program, or one that pays to such a script's hash.
  private mutating func setProgram(_ program: [UInt8], isNested: Bool) {
    var program = program
    if random.chance(3) { program[2 + random.below(program.count - 2)] ^= 1 }
    guard isNested else {
      setOutput(program)
      if random.chance(4) { setScriptSig(random.pick([[0x51], [0x00], [0x61]])) }
      return
    }
    setOutput([0xa9, 20] + RIPEMD160.hash(SHA256.hash(program)) + [0x87])
    switch random.below(25) {
    case 0: setScriptSig([0x00] + Push.plain(program))
    case 1: setScriptSig(pushed(program, lengthBytes: 1))
    default: setScriptSig(Push.plain(program))
    }
  }

  /// Breaks a witness in one way, now and then.
  private mutating func damage(_ witness: inout [[UInt8]]) {
    guard random.chance(8) else { return }
    switch random.below(6) {
    case 0: witness = []
    case 1: witness.removeLast()
    case 2: witness.append([0x50, 1, 2])
    case 3: witness.insert(random.bytes(521), at: 0)
    case 4: witness.insert(random.bytes(520), at: 0)
    default:
      let element = random.below(witness.count)
      if !witness[element].isEmpty { witness[element][random.below(witness[element].count)] ^= 0x10 }
    }
  }

  // MARK: Taproot

  private mutating func keyPath() {
    kind = "key path"
    let pair = Keys.shared.pairs[random.below(Keys.shared.pairs.count)]
    let tree: TaprootTree? = random.chance(50) ? nil : .leaf(TapLeaf(script: Script(random.bytes(9))))
    guard let output = try? TaprootOutput(internalKey: pair.xOnly, tree: tree) else { return }
    setOutput(output.script.bytes)
    let annex: [UInt8]? = random.chance(25) ? [0x50] + random.bytes(random.below(300)) : nil
    let form = random.chance(20) ? random.pick(SchnorrForm.allCases) : .good
    let known: [UInt8] = [0, 0, 1, 2, 3, 0x81, 0x82, 0x83]
    let type = random.chance(90) ? random.pick(known) : UInt8(random.below(256))
    let digest = spending().taprootSignatureHash(
      input: input, type: SignatureHashType(rawValue: UInt32(type)), annex: annex)
    // Where there is no such hash, the signature is of something else.
    let signature = form.signature(type) {
      Keys.shared.schnorr(digest ?? random.bytes(32), secret: pair.secret, tweak: output.tweak)
    }
    var witness = [signature] + (annex.map { [$0] } ?? [])
    damage(&witness)
    setWitness(witness)
    if random.chance(3) { setScriptSig([0x51]) }
  }

  private mutating func tapscript() {
    kind = "tapscript"
    let program = program(.tapscript, byteLimit: 20_000)
    let version: UInt8 = random.chance(94) ? 0xc0 : UInt8(random.below(128) * 2)
    spend(program, asLeafOf: version)
  }

  private mutating func spendTapscript(_ concatenation: ScriptGrammar.Concatenation) {
    // Both scripts take the same random numbers.
    var grammar = ScriptGrammar(
      random: SeededGenerator(seed: random.next()), version: .tapscript, surroundings: surroundings, byteLimit: 1 << 20,
      endsClean: true, concatenation: concatenation)
    spend(grammar.write(), asLeafOf: TapLeaf.tapscriptVersion, isWhole: true)
  }

  /// - Parameter isWhole: whether nothing but the script may be wrong.
  private mutating func spend(_ program: Program, asLeafOf version: UInt8, isWhole: Bool = false) {
    let leaf = TapLeaf(script: Script(program.script), version: version)
    var path = (0..<(random.chance(90) ? random.below(4) : random.pick([127, 128]))).map { _ in random.bytes(32) }
    let pair = Keys.shared.pairs[random.below(Keys.shared.pairs.count)]
    let block = ControlBlock(leafVersion: version, outputKeyIsOdd: false, internalKey: pair.xOnly, path: path)
    let tweak = TaggedHash("TapTweak").hash(pair.xOnly + block.root(ofLeaf: leaf.hash))
    guard let (key, isOdd) = XOnlyKey.tweaked(pair.xOnly, by: tweak) else { return }
    setOutput([0x51, 32] + key)
    if !isWhole && random.chance(2) { path += (0..<2).map { _ in random.bytes(32) } }
    var control = [version | (isOdd ? 1 : 0)] + pair.xOnly + path.joined()
    if !isWhole && random.chance(5) {
      switch random.below(4) {
      case 0: control.append(0)
      case 1: control.removeLast(random.pick([1, 32, control.count]))
      case 2: control += random.bytes(32 * 128)
      default: control[random.below(control.count)] ^= 1 << UInt8(random.below(8))
      }
    }
    let annex: [UInt8]? = random.chance(15) ? [0x50] + random.bytes(random.pick([0, 1, 60, 400])) : nil

    let (spending, input) = (spending(), input)
    let elements = inputs(of: program) { request in
      let position = TapscriptPosition(leafHash: leaf.hash, codeSeparator: request.codeSeparator)
      let digest = spending.taprootSignatureHash(
        input: input, type: SignatureHashType(rawValue: UInt32(request.type)), annex: annex, tapscript: position)
      return request.schnorr.signature(request.type) {
        Keys.shared.schnorr(digest ?? [UInt8](repeating: 7, count: 32), secret: Keys.shared.pairs[request.key].secret)
      }
    }
    var witness = elements
    if !isWhole && random.chance(1) { witness = (0..<random.pick([1000, 1001])).map { _ in [1] } + witness }
    if !isWhole && random.chance(1) { witness.insert(random.bytes(random.pick([520, 521])), at: 0) }
    witness += [program.script, control] + (annex.map { [$0] } ?? [])
    if !isWhole && random.chance(30) { damage(&witness) }
    setWitness(witness)
    if !isWhole && random.chance(1) { setScriptSig([0x51]) }
  }

  // MARK: Other outputs

  private mutating func otherProgram() {
    kind = "other witness program"
    let version = random.below(17)
    let size = random.pick([1, 2, 3, 19, 20, 21, 31, 32, 33, 39, 40, 41])
    var program = [version == 0 ? 0 : UInt8(0x50 + version), UInt8(size)] + random.bytes(size)
    if random.chance(8) { program = [0x51, 2, 0x4e, 0x73] }
    if random.chance(4) { program.append(0x61) }
    if random.chance(30) {
      setOutput([0xa9, 20] + RIPEMD160.hash(SHA256.hash(program)) + [0x87])
      setScriptSig(Push.plain(program))
    } else {
      setOutput(program)
    }
    if random.chance(60) { setWitness([random.bytes(random.below(70))]) }
  }

  /// Any bytes at all, as the output's script and as what it takes.
  private mutating func damagedScript() {
    kind = "noise"
    setOutput(random.bytes(random.below(30)))
    setScriptSig(random.bytes(random.below(12)))
    if random.chance(30) { setWitness((0..<random.below(4)).map { _ in random.bytes(random.below(8)) }) }
  }

  // MARK: Mutations of what is complete

  private mutating func mutate() {
    kind += ", mutated"
    let i = random.below(transaction.inputs.count)
    switch random.below(12) {
    case 0: transaction.version ^= 1 << UInt32(random.below(32))
    case 1: transaction.lockTime ^= 1 << UInt32(random.below(32))
    case 2: transaction.inputs[i].sequence ^= 1 << UInt32(random.below(32))
    case 3:
      let previous = transaction.inputs[i].previous
      transaction.inputs[i].previous = OutPoint(transaction: previous.transaction, output: previous.output ^ 1)
    case 4: transaction.outputs[random.below(transaction.outputs.count)].value ^= 1
    case 5: transaction.outputs.removeLast()
    case 6: transaction.outputs.append(TransactionOutput(value: -1, script: .empty))
    case 7: spent[i].value ^= 1 << Int64(random.below(64))
    case 8:
      var script = spent[i].script.bytes
      if !script.isEmpty { script[random.below(script.count)] ^= 1 << UInt8(random.below(8)) }
      spent[i].script = Script(script)
    case 9:
      var script = transaction.inputs[input].scriptSig.bytes
      mutateScript(&script)
      setScriptSig(script)
    default:
      var witness = transaction.inputs[input].witness
      guard !witness.isEmpty else { return }
      switch random.below(4) {
      case 0: witness.remove(at: random.below(witness.count))
      case 1: witness.insert(random.bytes(random.below(40)), at: random.below(witness.count + 1))
      case 2: witness.swapAt(random.below(witness.count), random.below(witness.count))
      default:
        let element = random.below(witness.count)
        if !witness[element].isEmpty {
          witness[element][random.below(witness[element].count)] ^= 1 << UInt8(random.below(8))
        }
      }
      setWitness(witness)
    }
  }
}

extension SignatureRequest {
  fileprivate func ecdsaSignature(of digest: [UInt8]) -> [UInt8] {
    ecdsa.signature(digest, secret: Keys.shared.pairs[key].secret, type: type)
  }
}
