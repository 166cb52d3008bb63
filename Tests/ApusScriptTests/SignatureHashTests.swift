// Legacy signature hashes against Bitcoin Core's 500 random ones, which are full of broken scripts and odd hash types.

import ApusScript
import ApusTestSupport
import Testing

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct SignatureHashTests {
  @Test func legacyHashesAreBitcoinCores() throws {
    let rows = try #require(ReferenceData.json("vectors/bitcoin/bitcoin-core/sighash.json") as? [[Any]]).dropFirst()
    #expect(rows.count == 500)
    for (number, row) in rows.enumerated() {
      let transaction = try Transaction(bytes(try #require(row[0] as? String)))
      let type = UInt32(truncatingIfNeeded: try #require(row[3] as? Int))
      let hash = transaction.legacySignatureHash(
        input: try #require(row[2] as? Int), scriptCode: Script(bytes(try #require(row[1] as? String))),
        type: SignatureHashType(rawValue: type))
      #expect(hex(hash.reversed()) == row[4] as? String, "row \(number)")
    }
  }
}
