// Addresses against Bitcoin Core's valid and invalid ones; the vectors of Bech32m; damaged addresses.

import ApusScript
import ApusTestSupport
import Testing

@Suite struct AddressTests {
  @Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct Vectors {
    private static func rows(_ name: String) throws -> [[Any]] {
      try #require(ReferenceData.json("vectors/bitcoin/bitcoin-core/\(name).json") as? [[Any]])
    }

    @Test func base58IsBitcoinCores() throws {
      for row in try Self.rows("base58_encode_decode") {
        let (digits, text) = (try #require(row[0] as? String), try #require(row[1] as? String))
        #expect(Base58.encode(bytes(digits)) == text)
        #expect(Base58.decode(text).map(hex) == digits.lowercased())
      }
    }

    /// Rows about private keys are skipped: the engine reads none.
    @Test func validAddressesAreRead() throws {
      var read = 0
      for row in try Self.rows("key_io_valid") {
        let (text, script) = (try #require(row[0] as? String), Script(bytes(try #require(row[1] as? String))))
        let facts = try #require(row[2] as? [String: Any])
        if facts["isPrivkey"] as? Bool == true { continue }
        let chain = try #require(facts["chain"] as? String)
        let network: Network = chain == "main" ? .mainnet : chain == "regtest" ? .regtest : .testnet
        let address = try Address(text, network: network)
        #expect(address.script == script)
        #expect(Address(of: script) == address)
        #expect(address.text(on: network) == text.lowercased() || address.text(on: network) == text)
        let flipped = String(text.map { $0.isUppercase ? Character($0.lowercased()) : Character($0.uppercased()) })
        let isFree = facts["tryCaseFlip"] as? Bool == true
        #expect((try? Address(flipped, network: network)) == (isFree ? address : nil))
        // Testnet and regtest share what has no prefix in words.
        if network == .mainnet { #expect(throws: AddressError.self) { try Address(text, network: .testnet) } }
        read += 1
      }
      #expect(read >= 40)
    }

    @Test func invalidAddressesAreRefused() throws {
      let rows = try Self.rows("key_io_invalid")
      #expect(rows.count >= 60)
      for row in rows {
        let text = try #require(row[0] as? String)
        for network in Network.allCases {
          #expect(throws: AddressError(text: text, network: network)) { try Address(text, network: network) }
        }
      }
    }
  }

  /// BIP-350's example for each kind of program.
  @Test(arguments: [
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6"),
    (
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
      "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    ),
    ("BC1SW50QGDZ25J", "6002751e"), ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"),
    ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "76a91477bff20c60e522dfaa3350c39b030a5d004e839a88ac"),
  ])
  func addressesAreTheirScripts(text: String, script: String) throws {
    #expect(hex(try Address(text).script.bytes) == script)
  }

  /// One wrong character is always found.
  @Test func oneErrorIsFound() {
    let address = Array("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")
    for at in address.indices {
      for character in "qpzry9x8gf2tvdw0s3jn54khce6mua7l1b" where character != address[at] {
        var damaged = address
        damaged[at] = character
        #expect(throws: AddressError.self) { try Address(String(damaged)) }
      }
    }
  }

  @Test func longTextsAreRefusedAtOnce() {
    #expect(Base58.decode(String(repeating: "z", count: 1_000_000)) == nil)
    #expect(Bech32.decode(String(repeating: "q", count: 1_000_000)) == nil)
  }
}
