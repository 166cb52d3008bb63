// Headers of the main network that every machine's tests need.
// Anybody can compare them: `bitcoin-cli getblockheader HASH false`.

import ApusStatements

/// A header's 80 bytes and its hash, both in hexadecimal as Bitcoin Core shows them.
struct HeaderFact {
  let hash: String
  let hex: String

  var bytes: [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! }
  }
  var header: BlockHeader { BlockHeader(bytes: bytes.span) }

  /// Height 0.
  static let genesis = HeaderFact(
    hash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    hex: """
      0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd\
      7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c
      """)

  /// Height 1.
  static let block1 = HeaderFact(
    hash: "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048",
    hex: """
      010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd\
      1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299
      """)

  /// Height 822,528, the first of its period and of the embedded day.
  static let dayFirst = HeaderFact(
    hash: "000000000000000000001daacd23f9cb40c69ba923085618a5f9dbdd4d97e93a",
    hex: """
      00e0ff3f82f7aacf60fac3873b0beade61d0701639090ae5f47800000000000000000000acbc1b33\
      81c671b2b7753bb2252d3ebd6900486ec8153ceb10e954a86e3f9e1468788665b3e80317f5171649
      """)

  /// Height 822,529.
  static let daySecond = HeaderFact(
    hash: "000000000000000000001c375bbdfad3f8efb907892d069a56d482e161e21cea",
    hex: """
      0060e0253ae9974ddddbf9a518560823a99bc640cbf923cdaa1d0000000000000000000010b02cb2\
      a00a5e1ace0bf5dd115fa44fb9d92f126f9567c41f5da91a8cca0d0c657a8665b3e8031781781507
      """)

  /// Height 822,671, the last of the embedded day.
  static let dayLast = HeaderFact(
    hash: "000000000000000000034c422076715bce800f539bb290e3610310f394c332c0",
    hex: """
      0000402062c6f19460812ee0bbb98cef1a85e227a9edd2e42f06000000000000000000007ecfacac\
      5c8ffad936fbee8127a1631d9d2667c53cf0dedcab1ceb71781af274aec08765b3e8031702150d63
      """)

  /// Height 824,543, the last of its period.
  static let periodLast = HeaderFact(
    hash: "00000000000000000001595b16989798f8997d89ac778ccc7d0d6c7e88ab4ec9",
    hex: """
      0040642e90437de99a620f56604f8ea245ea0bf6544468e9171602000000000000000000b70e850e\
      3435f55c44c6e7a2ebbdf49a125281a703f616d04c68260baee54cec82a09865b3e8031737acde62
      """)

  /// Height 824,544, the first of the next period.
  static let nextPeriodFirst = HeaderFact(
    hash: "00000000000000000001b7f8d0289c6e15e5a6c9a59894b955afcf7dd8f9b1fe",
    hex: """
      00e0542fc94eab887e6c0d7dcc8c77ac897d99f8989798165b59010000000000000000001aa535e9\
      a4bf7dcc317f1465c67ab9d732a4115d043268897fc2b1b9544cb6dfbca1986569d8031701c64ac1
      """)
}
