// Signature hashes of one script code: OP_CHECKMULTISIG asks for the same one for each key.

struct SignatureHashCache {
  private var known: [(type: SignatureHashType, hash: [UInt8])] = []

  mutating func hash(_ type: SignatureHashType, _ compute: () -> [UInt8]) -> [UInt8] {
    if let entry = known.first(where: { $0.type == type }) { return entry.hash }
    let hash = compute()
    known.append((type, hash))
    return hash
  }
}
