// Bitcoin Script: tapscripts of a million bytes by kinds of opcodes, run alone and as inputs, and whole inputs of every
// kind. Beside what judges an input, libbitcoinkernel judges the same where APUS_ORACLE says where it is.
//
// Keys and signatures that are made here are made in place; what is signed does not matter to the cost.

import ApusBench
import ApusScript

func scriptSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let bytes = options.isQuick ? 100_000 : 1_000_000
  return [
    BenchGroup("tapscripts, per instruction", try OpcodeMix.all.map { try $0.benchCase(bytes: bytes) }),
    BenchGroup("tapscripts as inputs, per instruction", try OpcodeMix.all.flatMap { try $0.inputCases(bytes: bytes) }),
    BenchGroup("inputs of all kinds of scripts, per input", keyPath() + scriptPath() + KnownSpend.all.flatMap(\.cases)),
  ]
}

/// A stretch of a script that is repeated, and leaves the stack as it finds it.
private struct OpcodeMix {
  let name: String
  let head: String
  let unit: String

  static let all = [
    OpcodeMix(name: "numbers", head: "1", unit: "1 ADD 1SUB DUP MIN 0 MAX"),
    OpcodeMix(name: "stack", head: "1 2 3 4 5", unit: "SWAP ROT TUCK NIP OVER DROP 3 PICK 4 ROLL 2DROP 7"),
    OpcodeMix(name: "both stacks", head: "1 2", unit: "TOALTSTACK DUP FROMALTSTACK NIP"),
    OpcodeMix(name: "branches", head: "1", unit: "DUP IF NOP ELSE NOP ENDIF"),
    OpcodeMix(name: "pushes of 32 bytes", head: "1", unit: "0x\(String(repeating: "07", count: 32)) DROP"),
    OpcodeMix(name: "SHA256", head: "1", unit: "SHA256"),
    OpcodeMix(name: "HASH160", head: "1", unit: "HASH160"),
  ]

  /// The unit again and again, and then the stack that a script leaves.
  private func script(bytes: Int) throws -> Script {
    let (head, unit) = (try Script(assembly: head), try Script(assembly: unit))
    var assembler = ScriptAssembler()
    assembler.append(head)
    for _ in 0..<bytes / unit.bytes.count { assembler.append(unit) }
    for _ in head.bytes { assembler.append(.drop) }
    assembler.append(.push1)
    return assembler.script
  }

  func benchCase(bytes: Int) throws -> BenchCase {
    let script = try script(bytes: bytes)
    let instructions = try script.instructions().count
    let label = CaseLabel(kernel: name, field: "Script", engine: "ApusScript", rows: instructions)
    return BenchCase(label, Work(elements: instructions)) {
      try Self.run(script)
      return { try? Self.run(script) }
    }
  }

  /// The script as a leaf of its own tree: its hash and the proof that it is the leaf are part of the work.
  func inputCases(bytes: Int) throws -> [BenchCase] {
    let script = try script(bytes: bytes)
    return apusAndNetwork(name, field: "Script", rows: try script.instructions().count) {
      let output = try TaprootOutput(
        internalKey: TaprootOutput.unspendableKey, tree: .leaf(TapLeaf(script: script)))
      return try spending(TransactionOutput(value: 1, script: output.script)) { _ in
        [script.bytes, output.leaves[0].controlBlock.bytes]
      }
    }
  }

  private static func run(_ script: Script) throws(ScriptError) {
    var execution = Execution(script, version: .tapscript, rules: .block)
    try execution.runToEnd()
  }
}

private let spentOutPoint = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
private let secret = [UInt8](repeating: 7, count: 32)

/// The key of `secret` does not exist, or signs nothing.
private struct NoKey: Error {}

/// A Taproot output spent by its key.
private func keyPath() -> [BenchCase] {
  apusAndNetwork("Taproot key path") {
    guard let key = SchnorrSignature.publicKey(of: secret) else { throw NoKey() }
    let output = TransactionOutput(value: 1, script: WitnessProgram(version: 1, bytes: key).script)
    return try spending(output) { unsigned in
      guard let hash = unsigned.taprootSignatureHash(input: 0, type: .default),
        let signature = SchnorrSignature.sign(hash, secret: secret, auxiliary: [UInt8](repeating: 0, count: 32))
      else { throw NoKey() }
      return [signature]
    }
  }
}

/// A preimage shown to a leaf beside another one.
private func scriptPath() -> [BenchCase] {
  apusAndNetwork("Taproot script path") {
    let leaf = TapLeaf(
      script: try Script(
        assembly: "SHA256 0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad EQUAL"))
    let output = try TaprootOutput(
      internalKey: TaprootOutput.unspendableKey,
      tree: .branch(.leaf(leaf), .leaf(TapLeaf(script: Script([Opcode.return.rawValue])))))
    return try spending(TransactionOutput(value: 1, script: output.script)) { _ in
      [Array("abc".utf8), leaf.script.bytes, output.leaves[0].controlBlock.bytes]
    }
  }
}

private func spending(
  _ output: TransactionOutput, _ witness: (SpendingTransaction) throws -> [[UInt8]]
) throws -> SpendingTransaction {
  var transaction = Transaction(
    inputs: [TransactionInput(previous: spentOutPoint)],
    outputs: [TransactionOutput(value: 1, script: Script([Opcode.push1.rawValue]))])
  transaction.inputs[0].witness = try witness(SpendingTransaction(transaction, spending: [output]))
  return try SpendingTransaction(transaction, spending: [output])
}

extension KnownSpend {
  fileprivate var cases: [BenchCase] { apusAndNetwork(name) { try spending() } }
}

/// The first input of a spend under the rules of blocks, by this package and by the network's own code.
private func apusAndNetwork(
  _ name: String, field: String = "", rows: Int = 1, _ make: @escaping () throws -> SpendingTransaction
) -> [BenchCase] {
  func label(_ engine: String) -> CaseLabel { CaseLabel(kernel: name, field: field, engine: engine, rows: rows) }
  let apus = BenchCase(label("ApusScript"), Work(elements: rows)) {
    let spending = try make()
    try spending.verify(input: 0, rules: .block)
    return { _ = try? spending.verify(input: 0, rules: .block) }
  }
  guard let network = ConsensusLibrary.found else { return [apus] }
  let baseline = BenchCase(label("libbitcoinkernel"), Work(elements: rows)) {
    try network.verification(of: make(), input: 0)
  }
  return [apus, baseline]
}
