// BIP-340's vectors: signing where they have a secret, and every verdict.

import ApusScript
import ApusTestSupport
import Testing

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct SchnorrTests {
  @Test func vectorsOfTheBIP() throws {
    let file = try #require(ReferenceData.bytes("vectors/bitcoin/bip340/test-vectors.csv"))
    let rows = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
    #expect(rows.count >= 19)
    for row in rows {
      let fields = row.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false)
      let (secret, key, auxiliary) = (bytes(fields[1]), bytes(fields[2]), bytes(fields[3]))
      let (message, signature) = (bytes(fields[4]), bytes(fields[5]))
      #expect(
        SchnorrSignature.verify(signature, message: message, key: key) == (fields[6] == "TRUE"), "vector \(fields[0])")
      if !secret.isEmpty {
        #expect(SchnorrSignature.publicKey(of: secret) == key)
        #expect(
          SchnorrSignature.sign(message, secret: secret, auxiliary: auxiliary) == signature, "vector \(fields[0])")
      }
    }
  }
}
