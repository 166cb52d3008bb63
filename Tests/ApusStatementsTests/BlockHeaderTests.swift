// Real headers as bytes, fields and hashes.

import ApusStatements
import ApusTestSupport
import Testing

struct BlockHeaderTests {
  private static let facts = [
    HeaderFact.genesis, .block1, .dayFirst, .daySecond, .dayLast, .periodLast, .nextPeriodFirst,
  ]

  @Test func hashesOfRealHeaders() {
    for fact in Self.facts {
      #expect(fact.header.hash.display == fact.hash)
      #expect(fact.header.bytes == fact.bytes)
      #expect(Hash256(display: fact.hash) == fact.header.hash)
      #expect(Hash256(bytes: fact.header.hash.bytes.span) == fact.header.hash)
    }
  }

  @Test func fieldsOfTheFirstBlock() {
    #expect(
      HeaderFact.genesis.header
        == BlockHeader(
          version: 1, previous: .zero,
          merkleRoot: Hash256(display: "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b")!,
          time: 1_231_006_505, bits: 0x1d00_ffff, nonce: 2_083_236_893))
    #expect(HeaderFact.genesis.header.hash == Checkpoint.genesis.hash)
    #expect(HeaderFact.block1.header.previous == Checkpoint.genesis.hash)
  }

  @Test func everyBitMatters() {
    let header = HeaderFact.genesis
    for bit in 0..<640 {
      var bytes = header.bytes
      bytes[bit / 8] ^= 1 << (bit % 8)
      let changed = BlockHeader(bytes: bytes.span)
      #expect(changed != header.header)
      #expect(changed.bytes == bytes)
      #expect(changed.hash != header.header.hash)
    }
  }

  @Test func versionsAreSigned() {
    var header = HeaderFact.genesis.header
    header.version = -2
    #expect(Array(header.bytes.prefix(4)) == [0xfe, 0xff, 0xff, 0xff])
    #expect(BlockHeader(bytes: header.bytes.span) == header)
  }

  @Test func hashesAreReadStrictly() {
    let hash = HeaderFact.genesis.hash
    for bad in ["", String(hash.dropLast()), hash + "0", "0x" + hash.dropFirst(2), hash.dropLast() + "g"] {
      #expect(Hash256(display: bad) == nil, "\(bad)")
    }
    #expect(HeaderFact.genesis.header.hash.abbreviated == "0000…e26f")
  }
}
