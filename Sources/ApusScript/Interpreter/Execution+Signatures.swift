// The signature opcodes: ECDSA before Taproot, Schnorr in tapscripts (BIP-342).

extension Execution {
  /// OP_CHECKSIG on the signature below the key.
  mutating func checkSignature() throws(ScriptRule) -> Bool {
    try need(2)
    return try checkSignature(machine[2].bytes, key: machine[1].bytes)
  }

  /// OP_CHECKSIGADD on signature, number and key: the number, one more if the signature is good.
  mutating func checkSignatureAdd() throws(ScriptRule) -> Int {
    if version != .tapscript { throw .badOpcode }
    try need(3)
    let count = try number(at: 2)
    return try count + (checkSignature(machine[3].bytes, key: machine[1].bytes) ? 1 : 0)
  }

  private mutating func checkSignature(_ signature: [UInt8], key: [UInt8]) throws(ScriptRule) -> Bool {
    if version == .tapscript { return try checkSchnorr(signature, key: key) }
    let (code, isWhole) = try scriptCode(without: [signature])
    try checkEncoding(signature: signature)
    try checkEncoding(key: key)
    let isGood = try checkECDSA(signature, key: key, code: code, isWhole: isWhole)
    if !isGood && !signature.isEmpty && rules.policy.contains(.nullFail) { throw .sigNullFail }
    return isGood
  }

  // MARK: Schnorr

  /// An empty signature is false; any other is good or an error. The budget is charged before the key is looked at, for
  /// unknown kinds of keys too.
  private mutating func checkSchnorr(_ signature: [UInt8], key: [UInt8]) throws(ScriptRule) -> Bool {
    if !signature.isEmpty {
      validationWeightLeft -= TapscriptContext.weightPerSignature
      if validationWeightLeft < 0 { throw .tapscriptValidationWeight }
    }
    switch key.count {
    case 0: throw .tapscriptEmptyPubkey
    case 32:
      if signature.isEmpty { return false }
      guard let input, let tapscript else { throw .noTransaction }
      signatureChecks += 1
      let position = TapscriptPosition(leafHash: tapscript.leafHash, codeSeparator: codeSeparator)
      try input.checkSchnorr(signature, key: key, annexHash: tapscript.annexHash, tapscript: position)
    default:
      if rules.policy.contains(.discourageUpgradablePubkeyType) { throw .discourageUpgradablePubkeyType }
    }
    return !signature.isEmpty
  }

  // MARK: ECDSA

  /// The script that signatures cover, from after the last OP_CODESEPARATOR, and whether nothing was removed from it.
  /// Before segregated witness, signatures are.
  private func scriptCode(without signatures: [[UInt8]]) throws(ScriptRule) -> (code: Script, isWhole: Bool) {
    var code = scriptCodeBegin == 0 ? script : Script(Array(script.bytes[scriptCodeBegin...]))
    guard version == .legacy else { return (code, true) }
    var isWhole = true
    for signature in signatures {
      let (rest, count) = code.removing(Push.plain(signature))
      if count == 0 { continue }
      if rules.policy.contains(.constantScriptCode) { throw .sigFindAndDelete }
      (code, isWhole) = (rest, false)
    }
    return (code, isWhole)
  }

  private func checkEncoding(signature: [UInt8]) throws(ScriptRule) {
    guard let type = signature.last else { return }
    let (policy, isStrict) = (rules.policy, rules.consensus.contains(.derSignatures))
    let needsDER = isStrict || policy.contains(.lowS) || policy.contains(.strictEncoding)
    if needsDER && !StrictDER.isValid(signature) { throw .sigDER }
    if policy.contains(.lowS) && !ECDSASignature.hasLowS(signature.dropLast()) { throw .sigHighS }
    if policy.contains(.strictEncoding) && !SignatureHashType(rawValue: UInt32(type)).isDefined { throw .sigHashType }
  }

  private func checkEncoding(key: [UInt8]) throws(ScriptRule) {
    if rules.policy.contains(.strictEncoding) && !PublicKeyEncoding.isCompressedOrUncompressed(key) {
      throw .pubkeyType
    }
    if version == .witnessV0 && rules.policy.contains(.witnessPubkeyType) && !PublicKeyEncoding.isCompressed(key) {
      throw .witnessPubkeyType
    }
  }

  private mutating func checkECDSA(
    _ signature: [UInt8], key: [UInt8], code: Script, isWhole: Bool
  ) throws(ScriptRule) -> Bool {
    guard let typeByte = signature.last, PublicKeyEncoding.isPlausible(key) else { return false }
    guard let input else { throw .noTransaction }
    signatureChecks += 1
    let type = SignatureHashType(rawValue: UInt32(typeByte))
    let isWitness = version == .witnessV0
    // No output has a negative value. The reference implementation takes one for a value that nobody has given.
    if isWitness && input.spending.spentOutputs[input.index].value < 0 { return false }
    let compute = { input.signatureHash(isWitness: isWitness, scriptCode: code, type: type) }
    let digest = isWhole ? signatureHashes.hash(type, compute) : compute()
    return ECDSASignature.verify(signature.dropLast(), digest: digest, key: key)
  }

  /// OP_CHECKMULTISIG: whether each signature is good for a key, in the keys' order; and how many elements it takes.
  ///
  /// On the stack, from the top: the number of keys, the keys, the number of signatures, the signatures, and one element
  /// that nothing reads.
  mutating func checkMultiSignature() throws(ScriptRule) -> (isSigned: Bool, elements: Int) {
    if version == .tapscript { throw .tapscriptCheckMultiSig }
    try need(1)
    let keys = try number(at: 1)
    if keys < 0 || keys > ScriptLimits.multiSignatureKeys { throw .pubkeyCount }
    try countOpcodes(keys)
    try need(keys + 2)
    let signatures = try number(at: keys + 2)
    if signatures < 0 || signatures > keys { throw .sigCount }
    let elements = keys + signatures + 3
    try need(elements)

    let firstSignature = keys + 3
    let given = (0..<signatures).map { machine[firstSignature + $0].bytes }
    let (code, isWhole) = try scriptCode(without: given)
    var (nextSignature, nextKey) = (0, 0)
    while nextSignature < signatures && signatures - nextSignature <= keys - nextKey {
      let key = machine[2 + nextKey].bytes
      try checkEncoding(signature: given[nextSignature])
      try checkEncoding(key: key)
      if try checkECDSA(given[nextSignature], key: key, code: code, isWhole: isWhole) { nextSignature += 1 }
      nextKey += 1
    }
    let isSigned = nextSignature == signatures
    if !isSigned && rules.policy.contains(.nullFail) && given.contains(where: { !$0.isEmpty }) { throw .sigNullFail }
    if rules.consensus.contains(.nullDummy) && machine[elements].count > 0 { throw .sigNullDummy }
    return (isSigned, elements)
  }
}

extension SpendingInput {
  fileprivate func signatureHash(isWitness: Bool, scriptCode: Script, type: SignatureHashType) -> [UInt8] {
    isWitness
      ? spending.witnessSignatureHash(input: index, scriptCode: scriptCode, type: type)
      : spending.transaction.legacySignatureHash(input: index, scriptCode: scriptCode, type: type)
  }

  /// A Schnorr signature with its hash type, in a tapscript or for the key path.
  func checkSchnorr(
    _ signature: [UInt8], key: [UInt8], annexHash: [UInt8]?, tapscript: TapscriptPosition?
  ) throws(ScriptRule) {
    guard signature.count == 64 || signature.count == 65 else { throw .schnorrSigSize }
    let type = SignatureHashType(rawValue: signature.count == 65 ? UInt32(signature[64]) : 0)
    // The default takes no byte: a second encoding of the same signature would be malleable.
    guard signature.count == 64 || type != .default,
      let message = spending.taprootMessage(input: index, type: type, annexHash: annexHash, tapscript: tapscript)
    else { throw .schnorrSigHashType }
    let digest = TaprootTags.signature.hash(message)
    if !SchnorrSignature.verify(Array(signature.prefix(64)), message: digest, key: key) { throw .schnorrSig }
  }
}
