// BIP-341's wallet vectors: trees, tweaks and control blocks, and signature hashes and signatures of the key path.

import ApusDigest
import ApusScript
import ApusTestSupport
import Testing

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct TaprootTests {
  private static func vectors(_ part: String) throws -> [[String: Any]] {
    let file = ReferenceData.json("vectors/bitcoin/bitcoin-core/bip341_wallet_vectors.json") as? [String: Any]
    return try #require(file?[part] as? [[String: Any]])
  }

  private static func tree(_ json: Any?) throws -> TaprootTree? {
    if let pair = json as? [Any] {
      let (a, b) = (try tree(pair[0]), try tree(pair[1]))
      return .branch(try #require(a), try #require(b))
    }
    guard let leaf = json as? [String: Any] else { return nil }
    let version = UInt8(try #require(leaf["leafVersion"] as? Int))
    return .leaf(TapLeaf(script: Script(bytes(try #require(leaf["script"] as? String))), version: version))
  }

  @Test func outputsAndControlBlocks() throws {
    let vectors = try Self.vectors("scriptPubKey")
    #expect(vectors.count == 7)
    for vector in vectors {
      let given = try #require(vector["given"] as? [String: Any])
      let intermediary = try #require(vector["intermediary"] as? [String: Any])
      let expected = try #require(vector["expected"] as? [String: Any])
      let tree = try Self.tree(given["scriptTree"])
      let internalKey = bytes(try #require(given["internalPubkey"] as? String))
      let output = try TaprootOutput(internalKey: internalKey, tree: tree)
      #expect(tree.map { hex($0.root) } == intermediary["merkleRoot"] as? String)
      #expect(hex(output.tweak) == intermediary["tweak"] as? String)
      #expect(hex(output.outputKey) == intermediary["tweakedPubkey"] as? String)
      #expect(hex(output.script.bytes) == expected["scriptPubKey"] as? String)
      #expect(output.leaves.map { hex($0.leaf.hash) } == intermediary["leafHashes"] as? [String] ?? [])
      let blocks = output.leaves.map(\.controlBlock)
      #expect(blocks.map { hex($0.bytes) } == expected["scriptPathControlBlocks"] as? [String] ?? [])
      for (leaf, block) in output.leaves {
        #expect(ControlBlock(block.bytes) == block)
        #expect(block.proves(leafHash: leaf.hash, in: output.outputKey))
        #expect(!block.proves(leafHash: SHA256.hash(leaf.hash), in: output.outputKey))
        #expect(!block.proves(leafHash: leaf.hash, in: output.internalKey))
      }
    }
  }

  @Test func keyPathSpends() throws {
    let vectors = try Self.vectors("keyPathSpending")
    #expect(vectors.count == 1)
    for vector in vectors {
      let given = try #require(vector["given"] as? [String: Any])
      let outputs = try #require(given["utxosSpent"] as? [[String: Any]]).map {
        let value = try #require($0["amountSats"] as? Int)
        let script = try #require($0["scriptPubKey"] as? String)
        return TransactionOutput(value: Int64(value), script: Script(bytes(script)))
      }
      var transaction = try Transaction(bytes(try #require(given["rawUnsignedTx"] as? String)))
      let unsigned = try SpendingTransaction(transaction, spending: outputs)
      var signed: [Int] = []
      for input in try #require(vector["inputSpending"] as? [[String: Any]]) {
        let given = try #require(input["given"] as? [String: Any])
        let intermediary = try #require(input["intermediary"] as? [String: Any])
        let index = try #require(given["txinIndex"] as? Int)
        let type = SignatureHashType(rawValue: UInt32(try #require(given["hashType"] as? Int)))
        let tweak = bytes(try #require(intermediary["tweak"] as? String))
        let message = unsigned.taprootMessage(input: index, type: type, annexHash: nil, tapscript: nil)
        #expect(message.map(hex) == intermediary["sigMsg"] as? String)
        let hash = try #require(unsigned.taprootSignatureHash(input: index, type: type))
        #expect(hex(hash) == intermediary["sigHash"] as? String)

        let secret = bytes(try #require(given["internalPrivkey"] as? String))
        let tweaked = try #require(SchnorrSignature.tweaked(secret: secret, by: tweak))
        #expect(hex(tweaked) == intermediary["tweakedPrivkey"] as? String)
        let zeros = [UInt8](repeating: 0, count: 32)
        let signature = try #require(SchnorrSignature.sign(hash, secret: tweaked, auxiliary: zeros))
        let witness = signature + (type == .default ? [] : [UInt8(type.rawValue)])
        let expected = try #require(input["expected"] as? [String: Any])
        #expect([hex(witness)] == expected["witness"] as? [String])
        transaction.inputs[index].witness = [witness]
        signed.append(index)
      }
      let spending = try SpendingTransaction(transaction, spending: outputs)
      for index in signed {
        try spending.verify(input: index)
        // One flipped bit of the signature, and it is none.
        var forged = transaction
        forged.inputs[index].witness[0][5] ^= 1
        let error = #expect(throws: ScriptError.self) {
          try SpendingTransaction(forged, spending: outputs).verify(input: index)
        }
        #expect(error?.rule == .schnorrSig)
        #expect(error?.stage == .witnessProgram)
      }
    }
  }
}
