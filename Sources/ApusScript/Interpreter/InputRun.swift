// Spending one input: which scripts run on which stack, and what must hold between and after them (BIP-16, BIP-141,
// BIP-341). Verification runs this to its end, a stepper opcode by opcode.

import ApusDigest

/// What a good spend took.
public struct SpendReport: Hashable, Sendable {
  /// The most stack elements at any time, the alternative stack's included.
  public internal(set) var peakStack = 0
  /// Instructions, those in branches not taken included.
  public internal(set) var instructions = 0
  /// Signatures checked against a key.
  public internal(set) var signatureChecks = 0
  /// Weight units a tapscript had for its signature checks, and those it did not use; `nil` for other spends.
  public internal(set) var validationWeight: Budget?

  public struct Budget: Hashable, Sendable {
    public let given: Int
    public let left: Int
  }
}

public struct InputRun: ~Copyable {
  public let input: SpendingInput
  public let rules: Rules

  /// `nil` once everything has been checked.
  private var execution: Execution?
  public private(set) var stage = ScriptStage.scriptSig
  /// What was taken by the scripts that have ended.
  public private(set) var report = SpendReport()

  /// What ended it.
  private var refusal: ScriptError?
  /// The stack that scriptSig left, for the redeem script.
  private var stackAfterScriptSig: ScriptStack?

  private var scriptSig: Script { input.input.scriptSig }
  private var scriptPubKey: Script { input.spending.spentOutputs[input.index].script }
  private var witness: [[UInt8]] { input.input.witness }

  /// - Throws: ``ScriptError`` where scriptSig may not even run.
  public init(_ input: SpendingInput, rules: Rules = .relay) throws(ScriptError) {
    self.input = input
    self.rules = rules
    execution = Execution(
      input.input.scriptSig, machine: ScriptStack(), version: .legacy, rules: rules, input: input, tapscript: nil)
    if rules.policy.contains(.signaturePushOnly) && !scriptSig.isPushOnly { throw failure(.sigPushOnly) }
  }

  /// Shows the script that runs; `nil` once everything has been checked.
  public func withExecution<R>(_ body: (borrowing Execution) throws -> R) rethrows -> R? {
    switch execution {
    case .some(let running): try body(running)
    case .none: nil
    }
  }

  // MARK: Going on

  /// Runs one instruction, or goes on to the next script; false once everything has been checked.
  ///
  /// A run that has thrown does not go on: it throws the same again.
  public mutating func step() throws(ScriptError) -> Bool {
    try goOn { running throws(ScriptRule) in try running.stepOnce() }
  }

  /// Runs everything that is left.
  public mutating func runToEnd() throws(ScriptError) {
    while try goOn({ running throws(ScriptRule) in
      try running.run()
      return false
    }) {}
  }

  /// Lets the script run as far as `advance` takes it, and goes on to the next one where that says that it has ended.
  private mutating func goOn(
    _ advance: (inout Execution) throws(ScriptRule) -> Bool
  ) throws(ScriptError) -> Bool {
    if let refusal { throw refusal }
    guard var running = execution.take() else { return false }
    let isRunning: Bool
    do { isRunning = try advance(&running) } catch {
      let error = running.error(error, in: stage)
      execution = consume running
      refusal = error
      throw error
    }
    if isRunning {
      execution = consume running
    } else {
      do { try finish(running) } catch {
        refusal = error
        throw error
      }
    }
    return true
  }

  /// A script has ended: what its end must be like, and what comes next.
  private mutating func finish(_ ended: consuming Execution) throws(ScriptError) {
    report.peakStack = max(report.peakStack, ended.peakStack)
    report.instructions += ended.index
    report.signatureChecks += ended.signatureChecks
    switch stage {
    case .scriptSig:
      let stack = ended.finish()
      if rules.consensus.contains(.payToScriptHash) && scriptPubKey.isPayToScriptHash {
        stackAfterScriptSig = stack.copy()
      }
      start(scriptPubKey, on: stack, as: .scriptPubKey, .legacy)
    case .scriptPubKey: try finishScriptPubKey(ended)
    case .redeemScript: try finishRedeemScript(ended)
    case .witnessScript, .tapscript:
      if stage == .tapscript {
        report.validationWeight = SpendReport.Budget(
          given: ended.tapscript?.validationWeight ?? 0, left: ended.validationWeightLeft)
      }
      try ended.checkResult(in: stage)
    case .witnessProgram, .script: break
    }
  }

  private mutating func start(
    _ script: Script, on stack: consuming ScriptStack, as stage: ScriptStage, _ version: ScriptVersion,
    _ tapscript: TapscriptContext? = nil
  ) {
    self.stage = stage
    execution = Execution(
      script, machine: stack, version: version, rules: rules, input: input, tapscript: tapscript)
  }

  private func failure(_ rule: ScriptRule) -> ScriptError { ScriptError(rule: rule, stage: stage) }

  // MARK: After each script

  private mutating func finishScriptPubKey(_ ended: consuming Execution) throws(ScriptError) {
    try ended.checkResult(in: stage)
    if rules.consensus.contains(.witness), let program = scriptPubKey.witnessProgram {
      stage = .witnessProgram
      if !scriptSig.bytes.isEmpty { throw failure(.witnessMalleated) }
      try runWitness(program, isNested: false)
    } else if var stack = stackAfterScriptSig.take() {
      if !scriptSig.isPushOnly { throw failure(.sigPushOnly) }
      // It is not empty: OP_HASH160 would have failed.
      let redeemScript = Script(stack[1].bytes)
      stack.drop()
      start(redeemScript, on: stack, as: .redeemScript, .legacy)
    } else {
      try finishInput(ended)
    }
  }

  private mutating func finishRedeemScript(_ ended: consuming Execution) throws(ScriptError) {
    try ended.checkResult(in: stage)
    if rules.consensus.contains(.witness), let program = ended.script.witnessProgram {
      stage = .witnessProgram
      // Anything else than this one push could be changed by others.
      if scriptSig.bytes != Push.plain(ended.script.bytes) { throw failure(.witnessMalleatedP2SH) }
      try runWitness(program, isNested: true)
    } else {
      try finishInput(ended)
    }
  }

  /// The end of an input without witness program.
  private func finishInput(_ ended: borrowing Execution) throws(ScriptError) {
    if rules.policy.contains(.cleanStack) && ended.machine.count != 1 { throw ended.error(.cleanStack, in: stage) }
    if rules.consensus.contains(.witness) && !witness.isEmpty { throw failure(.witnessUnexpected) }
  }

  // MARK: Witness programs

  private mutating func runWitness(_ program: WitnessProgram, isNested: Bool) throws(ScriptError) {
    switch (program.version, program.bytes.count) {
    case (0, 32): try startWitnessScript(program)
    case (0, 20):
      if witness.count != 2 { throw failure(.witnessProgramMismatch) }
      try start(.payToKeyHash(program.bytes), onWitness: witness[...], as: .witnessScript, .witnessV0)
    case (0, _): throw failure(.witnessProgramWrongLength)
    case (1, 32) where !isNested:
      if rules.consensus.contains(.taproot) { try runTaproot(outputKey: program.bytes) }
    default:
      let isKnown = program.isAnchor && !isNested
      if !isKnown && rules.policy.contains(.discourageUpgradableWitnessProgram) {
        throw failure(.discourageUpgradableWitnessProgram)
      }
    }
  }

  private mutating func startWitnessScript(_ program: WitnessProgram) throws(ScriptError) {
    guard let script = witness.last else { throw failure(.witnessProgramWitnessEmpty) }
    if SHA256.hash(script) != program.bytes { throw failure(.witnessProgramMismatch) }
    try start(Script(script), onWitness: witness.dropLast(), as: .witnessScript, .witnessV0)
  }

  private mutating func runTaproot(outputKey: [UInt8]) throws(ScriptError) {
    if witness.isEmpty { throw failure(.witnessProgramWitnessEmpty) }
    var elements = witness[...]
    var annexHash: [UInt8]?
    if elements.count >= 2, let last = elements.last, last.first == 0x50 {
      annexHash = SpendingTransaction.annexHash(last)
      elements.removeLast()
    }
    guard elements.count >= 2 else {
      report.signatureChecks += 1
      do {
        try input.checkSchnorr(elements[0], key: outputKey, annexHash: annexHash, tapscript: nil)
      } catch {
        throw failure(error)
      }
      return
    }

    let (control, script) = (elements.removeLast(), Script(elements.removeLast()))
    guard let block = ControlBlock(control) else { throw failure(.taprootWrongControlSize) }
    let leaf = TapLeaf(script: script, version: block.leafVersion)
    let leafHash = leaf.hash
    if !block.proves(leafHash: leafHash, in: outputKey) { throw failure(.witnessProgramMismatch) }
    guard leaf.version == TapLeaf.tapscriptVersion else {
      if rules.policy.contains(.discourageUpgradableTaprootVersion) {
        throw failure(.discourageUpgradableTaprootVersion)
      }
      return
    }
    var serialized = ByteWriter()
    serialized.appendWitness(witness)
    let context = TapscriptContext(
      leafHash: leafHash, annexHash: annexHash,
      validationWeight: serialized.bytes.count + TapscriptContext.weightPerSignature)
    stage = .tapscript
    switch script.tapscriptVerdict(under: rules) {
    case .runs: break
    case .succeeds: return
    case .fails(let rule, let place):
      throw ScriptError(rule: rule, stage: stage, script: script, place: place, stack: StackSnapshot(elements))
    }
    if elements.count > ScriptLimits.stackElements { throw failure(.stackSize) }
    try start(script, onWitness: elements, as: .tapscript, .tapscript, context)
  }

  private mutating func start(
    _ script: Script, onWitness elements: ArraySlice<[UInt8]>, as stage: ScriptStage, _ version: ScriptVersion,
    _ tapscript: TapscriptContext? = nil
  ) throws(ScriptError) {
    self.stage = stage
    if elements.contains(where: { $0.count > ScriptLimits.elementBytes }) { throw failure(.pushSize) }
    start(script, on: ScriptStack(Array(elements)), as: stage, version, tapscript)
  }
}
