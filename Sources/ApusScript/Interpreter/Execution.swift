// The interpreter: one script on one stack, an opcode at a time or to its end. Verification, the stepper and the
// benchmarks all run this.

/// Whose rules a script runs under.
public enum ScriptVersion: Sendable {
  /// scriptSig, scriptPubKey and redeem script.
  case legacy
  /// A witness script, or the script that a version 0 program of 20 bytes stands for (BIP-141).
  case witnessV0
  /// A leaf of version 0xc0 (BIP-342).
  case tapscript
}

/// The input whose script runs: what signature and lock-time opcodes ask about.
public struct SpendingInput: Sendable {
  public let spending: SpendingTransaction
  public let index: Int

  /// - Precondition: the transaction has such an input.
  public init(_ spending: SpendingTransaction, index: Int) {
    precondition(spending.transaction.inputs.indices.contains(index), "the transaction has no such input")
    self.spending = spending
    self.index = index
  }

  var input: TransactionInput { spending.transaction.inputs[index] }
}

/// What a tapscript's signatures cover and its budget counts, beside the transaction.
public struct TapscriptContext: Sendable {
  public let leafHash: [UInt8]
  /// The annex's hash, `nil` without annex.
  public let annexHash: [UInt8]?
  /// Weight units that signature checks may use.
  public let validationWeight: Int

  public init(leafHash: [UInt8], annexHash: [UInt8]? = nil, validationWeight: Int) {
    self.leafHash = leafHash
    self.annexHash = annexHash
    self.validationWeight = validationWeight
  }

  /// Weight units of each signature check that passes.
  public static let weightPerSignature = 50
}

public struct Execution: ~Copyable {
  public let script: Script
  public let version: ScriptVersion
  public let rules: Rules
  /// `nil` where a script runs without a transaction: opcodes that ask about one fail then.
  public let input: SpendingInput?
  let tapscript: TapscriptContext?

  var machine: ScriptStack
  var conditions = ConditionStack()
  private var cursor = InstructionCursor()
  /// What ended it: it does not go on after an error.
  private var failure: ScriptRule?

  /// The byte at which the instruction begins that is next, or that failed.
  public private(set) var position = 0
  /// That instruction's number, from 0.
  public private(set) var index = 0
  /// The most elements that both stacks held together after an opcode.
  public private(set) var peakStack: Int
  /// Weight units left for signature checks of a tapscript.
  public internal(set) var validationWeightLeft: Int
  /// Signatures that were checked against a key.
  public internal(set) var signatureChecks = 0
  /// Opcodes that are no pushes, and keys of OP_CHECKMULTISIG; bounded before Taproot, and counted only there.
  var opcodeCount = 0
  /// Where the script code of signatures begins: after the last executed OP_CODESEPARATOR.
  var scriptCodeBegin = 0
  /// That opcode's number.
  var codeSeparator = UInt32.max
  var signatureHashes = SignatureHashCache()

  let isMinimalDataRequired: Bool

  /// A script about to run.
  ///
  /// - Parameter stack: the elements on the stack, the top one last.
  public init(
    _ script: Script, on stack: [[UInt8]] = [], version: ScriptVersion, rules: Rules = .relay,
    input: SpendingInput? = nil, tapscript: TapscriptContext? = nil
  ) {
    self.init(
      script, machine: ScriptStack(stack), version: version, rules: rules, input: input, tapscript: tapscript)
  }

  init(
    _ script: Script, machine: consuming ScriptStack, version: ScriptVersion, rules: Rules, input: SpendingInput?,
    tapscript: TapscriptContext?
  ) {
    self.script = script
    self.version = version
    self.rules = rules
    self.input = input
    self.tapscript = tapscript
    validationWeightLeft = tapscript?.validationWeight ?? 0
    isMinimalDataRequired = rules.policy.contains(.minimalData)
    // Where more elements are given than may be, the first opcode is the one that fails.
    peakStack = min(machine.count, ScriptLimits.stackElements)
    self.machine = machine
    self.machine.clearAlt()
  }

  /// The stacks, for the script that comes next.
  consuming func finish() -> ScriptStack { machine }

  // MARK: Running

  /// Runs what is left.
  mutating func run() throws(ScriptRule) {
    do {
      try begin()
      let bytes = script.bytes
      let code = bytes.span
      while cursor.position < code.count { try advance(code) }
      try end()
    } catch {
      failure = error
      throw error
    }
  }

  /// Runs one instruction; false if none is left. After the last one, open branches are an error.
  mutating func stepOnce() throws(ScriptRule) -> Bool {
    do {
      try begin()
      let bytes = script.bytes
      if position < bytes.count {
        try advance(bytes.span)
        return true
      }
      try end()
      return false
    } catch {
      failure = error
      throw error
    }
  }

  private func begin() throws(ScriptRule) {
    if let failure { throw failure }
    if version != .tapscript && script.bytes.count > ScriptLimits.scriptBytes { throw .scriptSize }
  }

  private func end() throws(ScriptRule) {
    if conditions.depth > 0 { throw .unbalancedConditional }
  }

  @inline(__always)
  private mutating func advance(_ code: borrowing Span<UInt8>) throws(ScriptRule) {
    guard let opcode = cursor.next(in: code) else { throw .badOpcode }
    if opcode.pushesData {
      let data = cursor.data
      if data.count > ScriptLimits.elementBytes { throw .pushSize }
      if conditions.isExecuting {
        if isMinimalDataRequired {
          let first = data.isEmpty ? 0 : code[unchecked: data.lowerBound]
          if !Push.isMinimal(opcode, count: data.count, firstByte: first) { throw .minimalData }
        }
        machine.push(code, data)
      }
    } else {
      if version != .tapscript && !opcode.countsAsPush { try countOpcodes(1) }
      if conditions.isExecuting { try execute(opcode) } else { try pass(opcode) }
    }
    let held = machine.count + machine.altCount
    if held > peakStack {
      if held > ScriptLimits.stackElements { throw .stackSize }
      peakStack = held
    }
    position = cursor.position
    index += 1
  }

  @inline(__always)
  mutating func countOpcodes(_ more: Int) throws(ScriptRule) {
    opcodeCount += more
    if opcodeCount > ScriptLimits.opcodes { throw .opCount }
  }

  /// An opcode in a branch that is not taken: only what opens and closes branches acts, but some opcodes may not even
  /// be there.
  private mutating func pass(_ opcode: Opcode) throws(ScriptRule) {
    switch opcode {
    case .if, .notIf: conditions.open(false)
    case .else, .endIf, .verIf, .verNotIf: try execute(opcode)
    case .codeSeparator: try checkCodeSeparator()
    default: if opcode.isDisabled && version != .tapscript { throw .disabledOpcode }
    }
  }

  func checkCodeSeparator() throws(ScriptRule) {
    if version == .legacy && rules.policy.contains(.constantScriptCode) { throw .opCodeSeparator }
  }

  /// Marks the place from which on signatures cover the script.
  mutating func separateCode() throws(ScriptRule) {
    try checkCodeSeparator()
    scriptCodeBegin = cursor.position
    codeSeparator = UInt32(truncatingIfNeeded: index)
    signatureHashes = SignatureHashCache()
  }
}
