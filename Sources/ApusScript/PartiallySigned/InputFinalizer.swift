// What an input's signers have left in its map, put together as its script takes it: BIP-174's finalizer, for keys, their
// hashes, multi-signatures, and the scripts and leaves that are one of these. Whether a signature is good is not asked: the
// input is judged afterwards.

import ApusDigest

struct InputFinalizer {
  /// A leaf that the map offers, under its control block.
  private struct Leaf {
    let controlBlock: [UInt8]
    let script: Script
    let hash: [UInt8]
  }

  /// ECDSA signatures by public key.
  private let signatures: [[UInt8]: [UInt8]]
  private let redeemScript, witnessScript: Script?
  private let keySignature: [UInt8]?
  /// Schnorr signatures by key and leaf hash, one after the other.
  private let leafSignatures: [[UInt8]: [UInt8]]
  private let leaves: [Leaf]

  init(_ map: PSBTMap) throws(PSBTError) {
    signatures = try map.values(0x02) { PublicKeyEncoding.isCompressedOrUncompressed($0) }
    redeemScript = try map.value(0x04).map { Script($0) }
    witnessScript = try map.value(0x05).map { Script($0) }
    keySignature = try map.value(0x13)
    leafSignatures = try map.values(0x14) { $0.count == 64 }
    if let keySignature, keySignature.count != 64 && keySignature.count != 65 { throw map.fail(.fieldSize(type: 0x13)) }
    leaves = try map.values(0x15) { ControlBlock($0) != nil }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { controlBlock, value throws(PSBTError) in
        // The script, and the leaf's version behind it.
        guard let version = value.last, version & 1 == 0 else { throw map.fail(.fieldSize(type: 0x15)) }
        let leaf = TapLeaf(script: Script(Array(value.dropLast())), version: version)
        return Leaf(controlBlock: controlBlock, script: leaf.script, hash: leaf.hash)
      }
  }

  /// The scriptSig and the witness with which the output is spent; `nil` if something is missing, or the script is of
  /// another kind.
  func finish(spending output: Script) -> (scriptSig: Script, witness: [[UInt8]])? {
    switch output.outputKind {
    case .taproot: taprootWitness.map { (.empty, $0) }
    case .witnessKeyHash, .witnessScriptHash: witness(for: output).map { (.empty, $0) }
    case .scriptHash: spendingScriptHash(output)
    default: elements(for: output).map { (Self.pushes($0), []) }
    }
  }

  // MARK: Before Taproot

  private func spendingScriptHash(_ output: Script) -> (scriptSig: Script, witness: [[UInt8]])? {
    guard let redeemScript, Self.keyHash(redeemScript.bytes)[...] == output.bytes[2..<22] else { return nil }
    if redeemScript.witnessProgram != nil {
      return witness(for: redeemScript).map { (Self.pushes([redeemScript.bytes]), $0) }
    }
    return elements(for: redeemScript).map { (Self.pushes($0 + [redeemScript.bytes]), []) }
  }

  private func witness(for program: Script) -> [[UInt8]]? {
    switch program.outputKind {
    case .witnessKeyHash: return elements(for: .payToKeyHash(Array(program.bytes[2...])))
    case .witnessScriptHash:
      guard let witnessScript, SHA256.hash(witnessScript.bytes)[...] == program.bytes[2...] else { return nil }
      return elements(for: witnessScript).map { $0 + [witnessScript.bytes] }
    default: return nil
    }
  }

  /// What a script is given.
  private func elements(for script: Script) -> [[UInt8]]? {
    let keys = ((try? script.instructions()) ?? []).compactMap(\.data)
    switch script.outputKind {
    case .publicKey: return signatures[keys[0]].map { [$0] }
    case .keyHash:
      return signatures.first { Self.keyHash($0.key) == keys[0] }.map { [$0.value, $0.key] }
    case .multiSignature(let required, _):
      let given = keys.compactMap { signatures[$0] }.prefix(required)
      // One element more is taken, and not read.
      return given.count == required ? [[]] + given : nil
    default: return nil
    }
  }

  private static func keyHash(_ bytes: [UInt8]) -> [UInt8] { RIPEMD160.hash(SHA256.hash(bytes)) }

  /// Plain pushes, but for what has an opcode of its own.
  private static func pushes(_ elements: [[UInt8]]) -> Script { Script(elements.flatMap { Push.minimal($0) }) }

  // MARK: Taproot

  private var taprootWitness: [[UInt8]]? {
    if let keySignature { return [keySignature] }
    for leaf in leaves {
      if let elements = elements(for: leaf) { return elements + [leaf.script.bytes, leaf.controlBlock] }
    }
    return nil
  }

  /// For a key's check, and for so many of several keys' checks added up.
  private func elements(for leaf: Leaf) -> [[UInt8]]? {
    guard let list = try? leaf.script.instructions(), list.count >= 2 else { return nil }
    var keys: [[UInt8]] = []
    for pair in stride(from: 0, to: list.count - list.count % 2, by: 2) {
      let check: Opcode = pair == 0 ? .checkSignature : .checkSignatureAdd
      guard let key = list[pair].data, key.count == 32, list[pair + 1].opcode == check else { break }
      keys.append(key)
    }
    let given = keys.map { leafSignatures[$0 + leaf.hash] }
    var required = 1
    if list.count != 2 {
      guard list.count == 2 * keys.count + 2, list.last?.opcode == .numberEqual,
        let number = list[2 * keys.count].number
      else { return nil }
      required = number
    }
    guard !keys.isEmpty, required > 0, given.count(where: { $0 != nil }) >= required else { return nil }
    // No more signatures than are counted, the first key's on top.
    var left = required
    return given.map { signature in
      guard let signature, left > 0 else { return [] }
      left -= 1
      return signature
    }.reversed()
  }
}

extension Instruction {
  /// The number that it pushes.
  fileprivate var number: Int? { opcode.pushedNumber ?? data.flatMap { (try? ScriptNumber($0, minimal: true))?.value } }
}
