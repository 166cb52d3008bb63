// Inputs that are signed and not final: each kind of output gets its scriptSig and witness, or stays open where something
// is missing.

import ApusDigest
import ApusScript
import Testing

private typealias Fields = [(key: [UInt8], value: [UInt8])]

private func key(_ number: UInt8) -> [UInt8] { [2] + [UInt8](repeating: number, count: 32) }
private func signature(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 71) }
private func hash160(_ bytes: [UInt8]) -> [UInt8] { RIPEMD160.hash(SHA256.hash(bytes)) }
private func keyHash(_ key: [UInt8]) -> Script { Script([0x76, 0xa9, 20] + hash160(key) + [0x88, 0xac]) }
private func scriptHash(_ script: Script) -> Script { Script([0xa9, 20] + hash160(script.bytes) + [0x87]) }
private func witnessHash(_ script: Script) -> Script { Script([0, 32] + SHA256.hash(script.bytes)) }
private func push(_ bytes: [UInt8]) -> [UInt8] { (bytes.count > 75 ? [0x4c] : []) + [UInt8(bytes.count)] + bytes }

/// Two of three keys.
private let multiSignature = Script([0x52] + push(key(1)) + push(key(2)) + push(key(3)) + [0x53, 0xae])
private let twoOfThree: Fields = [([2] + key(3), signature(3)), ([2] + key(1), signature(1))]

/// A PSBT of version 2 of one input, and what it makes of it.
private func input(_ output: Script, _ fields: Fields) throws -> (input: TransactionInput, isFinal: Bool) {
  func map(_ fields: Fields) -> [UInt8] {
    var bytes: [UInt8] = []
    for (key, value) in fields {
      bytes.append(UInt8(key.count))
      bytes += key
      bytes.append(UInt8(value.count))
      bytes += value
    }
    return bytes + [0]
  }
  let value: [UInt8] = [0xe8, 3, 0, 0, 0, 0, 0, 0]
  let spent = value + [UInt8(output.bytes.count)] + output.bytes
  let global: Fields = [([0xfb], [2, 0, 0, 0]), ([2], [2, 0, 0, 0]), ([4], [1]), ([5], [0])]
  let spends: Fields = [([0x0e], [UInt8](repeating: 9, count: 32)), ([0x0f], [1, 0, 0, 0]), ([1], spent)]
  let magic: [UInt8] = [0x70, 0x73, 0x62, 0x74, 0xff]
  let psbt = try PartiallySignedTransaction(magic + map(global) + map(spends + fields))
  return (psbt.transaction.inputs[0], psbt.isFinal[0])
}

struct FinalizerTests {
  @Test func keysAndTheirHashes() throws {
    let fields: Fields = [([2] + key(5), signature(5)), ([2] + key(6), signature(6))]
    let toKey = try input(Script(push(key(6)) + [0xac]), fields)
    #expect(toKey.isFinal && toKey.input.scriptSig.bytes == push(signature(6)) && toKey.input.witness == [])
    let toHash = try input(keyHash(key(5)), fields)
    #expect(toHash.isFinal && toHash.input.scriptSig.bytes == push(signature(5)) + push(key(5)))
    let program = Script([0, 20] + hash160(key(5)))
    let witness = try input(program, fields)
    #expect(witness.isFinal && witness.input.scriptSig == .empty && witness.input.witness == [signature(5), key(5)])
    let nested = try input(scriptHash(program), fields + [([4], program.bytes)])
    #expect(nested.isFinal && nested.input.scriptSig.bytes == push(program.bytes))
    #expect(nested.input.witness == [signature(5), key(5)])
    #expect(try !input(keyHash(key(7)), fields).isFinal)
    #expect(try !input(scriptHash(program), fields).isFinal)
  }

  /// Signatures come in the keys' order, below the element that nothing reads, and no more of them than are needed.
  @Test func multiSignatures() throws {
    let elements = [[], signature(1), signature(3)]
    let pushes: [UInt8] = [0] + push(signature(1)) + push(signature(3))
    let bare = try input(multiSignature, twoOfThree)
    #expect(bare.isFinal && bare.input.scriptSig.bytes == pushes)
    let hashed = try input(scriptHash(multiSignature), twoOfThree + [([4], multiSignature.bytes)])
    #expect(hashed.isFinal && hashed.input.scriptSig.bytes == pushes + push(multiSignature.bytes))
    let program = witnessHash(multiSignature)
    let witness = try input(program, twoOfThree + [([5], multiSignature.bytes)])
    #expect(witness.isFinal && witness.input.witness == elements + [multiSignature.bytes])
    let nested = try input(
      scriptHash(program), twoOfThree + [([4], program.bytes), ([5], multiSignature.bytes)])
    #expect(nested.isFinal && nested.input.witness == elements + [multiSignature.bytes])
    let all = try input(multiSignature, twoOfThree + [([2] + key(2), signature(2))])
    #expect(all.input.scriptSig.bytes == [0] + push(signature(1)) + push(signature(2)))

    #expect(try !input(multiSignature, Array(twoOfThree.prefix(1))).isFinal)
    // Another script than the one that the output commits to, and one of another kind.
    let other = Script(multiSignature.bytes + [0x61])
    #expect(try !input(program, twoOfThree + [([5], other.bytes)]).isFinal)
    #expect(try !input(witnessHash(other), twoOfThree + [([5], other.bytes)]).isFinal)
  }

  /// A leaf of one key, signed in earnest, and one of two keys out of three.
  @Test func taprootLeaves() throws {
    let secret = [UInt8](repeating: 7, count: 32)
    let signer = try #require(SchnorrSignature.publicKey(of: secret))
    let others = [UInt8(1), 2].map { [UInt8](repeating: $0, count: 32) }
    let alone = TapLeaf(script: Script(push(signer) + [0xac]))
    let two = TapLeaf(
      script: Script(
        push(others[0]) + [0xac] + push(signer) + [0xba] + push(others[1]) + [0xba, 0x52, Opcode.numberEqual.rawValue]))
    let output = try TaprootOutput(
      internalKey: TaprootOutput.unspendableKey, tree: .branch(.leaf(alone), .leaf(two)))
    func field(_ number: Int) -> (key: [UInt8], value: [UInt8]) {
      ([0x15] + output.leaves[number].controlBlock.bytes, output.leaves[number].leaf.script.bytes + [0xc0])
    }
    func signed(_ key: [UInt8], _ leaf: TapLeaf, _ signature: [UInt8]) -> (key: [UInt8], value: [UInt8]) {
      ([0x14] + key + leaf.hash, signature)
    }

    let unsigned = Transaction(
      inputs: [
        TransactionInput(previous: OutPoint(transaction: [UInt8](repeating: 9, count: 32), output: 1), sequence: .max)
      ], outputs: [])
    let spending = try SpendingTransaction(unsigned, spending: [TransactionOutput(value: 1000, script: output.script)])
    let hash = try #require(
      spending.taprootSignatureHash(
        input: 0, type: .default, tapscript: TapscriptPosition(leafHash: alone.hash)))
    let signature = try #require(
      SchnorrSignature.sign(hash, secret: secret, auxiliary: [UInt8](repeating: 0, count: 32)))
    let one = try input(output.script, [field(0), field(1), signed(signer, alone, signature)])
    #expect(one.isFinal && one.input.witness == [signature, alone.script.bytes, output.leaves[0].controlBlock.bytes])
    var finished = unsigned
    finished.inputs[0].witness = one.input.witness
    try SpendingTransaction(finished, spending: spending.spentOutputs).verify(input: 0, rules: .block)

    let fields = [field(1), signed(signer, two, signature), signed(others[0], two, [4])]
    let added = try input(output.script, fields)
    // The first key's signature is on top.
    #expect(
      added.isFinal
        && added.input.witness == [[], signature, [4], two.script.bytes, output.leaves[1].controlBlock.bytes])
    #expect(try !input(output.script, Array(fields.prefix(2))).isFinal)
    // A signature of another leaf is none of this one.
    #expect(try !input(output.script, [field(0), signed(signer, two, signature)]).isFinal)
  }

  @Test func fieldsOfOtherSizesAreRefused() throws {
    for (type, field) in [
      (2, ([2, 5, 1], [1])), (0x14, ([0x14, 1], [1])), (0x15, ([0x15] + [UInt8](repeating: 0, count: 34), [0xc0])),
      (0x15, ([0x15] + [UInt8](repeating: 0, count: 33), [])),
    ] as [(UInt64, ([UInt8], [UInt8]))] {
      #expect {
        _ = try input(multiSignature, [field])
      } throws: {
        ($0 as? PSBTError)?.reason == .fieldSize(type: type)
      }
    }
  }
}
