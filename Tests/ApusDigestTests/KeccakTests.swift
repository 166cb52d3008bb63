// Keccak-256 and SHA3-256 against known answers: the examples of FIPS 202, the answers of Python's hashlib, and for the
// original padding digests that Ethereum's users know by heart.

import ApusDigest
import Testing

@Suite struct KeccakTests {
  static let messages: [(message: String, keccak: String, sha3: String)] = [
    (
      "", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
      "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"
    ),
    (
      "abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
      "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
    ),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "45d3b367a6904e6e8d502ee04999a7c27647f91fa845d456525fd352ae3d7371",
      "41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376"
    ),
    (
      "The quick brown fox jumps over the lazy dog",
      "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15",
      "69070dda01975c8c120c3aada1b282394e7f032fa9cf32f4cb2259a0897dfc04"
    ),
  ]

  /// Digests of `repeatingBytes`: lengths on both sides of where padding takes one more block. At 135 bytes the
  /// padding's first and last bit share a byte.
  static let knownAnswers: [(length: Int, keccak: String, sha3: String)] = [
    (
      1, "bc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a",
      "5d53469f20fef4f8eab52b88044ede69c77a6a68a60728609fc4a65ff531e7d0"
    ),
    (
      2, "49d03a195e239b52779866b33024210fc7dc66e9c2998975c0aa45c1702549d5",
      "76ab70dc46775b641a8e71507b07145aed11ae5efc0baa94ac06876af2b3bf5c"
    ),
    (
      3, "f84a97f1f0a956e738abd85c2e0a5026f8874e3ec09c8f012159dfeeaab2b156",
      "1186d49a4ad620618f760f29da2c593b2ec2cc2ced69dc16817390d861e62253"
    ),
    (
      63, "eed42da65350e8490c201e15dd3bdb8aeaab8618692db71db386a19b6578c59d",
      "ba7af58d214bb604bcaad40ad55cca7d9815e7535f1c9837be8fb8fee2519560"
    ),
    (
      64, "002030bde3d4cf89919649775cd71875c4d0ab1708a380e03fefc3a28aa24831",
      "c8ad478f4e1dd9d47dfc3b985708d92db1f8db48fe9cddd459e63c321f490402"
    ),
    (
      65, "64578d7b8ae53c452c57b27375f3827854a7ead6448dc566d77a6673701f50d3",
      "9a11f135d2231be8ee824d1e9d3204018870defc2f469f34ef5969b4815cec3c"
    ),
    (
      134, "861e165162f806cd361c4421a48f205820ddf4deb02db9f041f48e179ddada97",
      "644e15224f5597351aef5c4bdd22b27ca0c19db2244431534c2a4a0bebfdf39c"
    ),
    (
      135, "cbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62",
      "fded8fd9d6551c601eeb3b7c6bc5e5cfd8aad1d015b7e9aaa9c9b9475231d5e2"
    ),
    (
      136, "7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e",
      "cf3ccff92480a29160c2d38317c430e14749bfee1788106957dfe73f8c4930e5"
    ),
    (
      137, "ac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db",
      "ce9d7dc90913ee5d92745019479a5352c6d6279bef18ed07dc0a83ee8084daca"
    ),
    (
      200, "bfb0aa97863e797943cf7c33bb7e880bb4543f3d2703c0923c6901c2af57b890",
      "5f728f63bf5ee48c77f453c0490398fa645b8d4c4e56be9a41cfec344d6ca899"
    ),
    (
      271, "27eceb59ebc3dc8a04a5b135be641591a7278540e4556a2ba9f408194e666ec3",
      "0153fcdb6825d836b10835ccb3999dc1d8b68492f77e7e38afa31f8e244bd7af"
    ),
    (
      272, "8e2476e65823b24d96ebe239f2c1534cdf763e689e2410c3b1cb0c74e6177bfc",
      "b7ccd55b6c2c3fa144c9e0624059294975a348b02f321abe289701d3012f7794"
    ),
    (
      273, "3f02f134370e4debb95140ef49ddd3aed8c65ff1ed83a43f1b269421f179c5f9",
      "4827800416bd25b01f53360454943ef688112eaee40422929a59af596a2c0be7"
    ),
    (
      1000, "af692982e84a5a9688359025660a7857cd28ee7c8d867cfa1677baf2e6d1f63b",
      "48e66a01861d0eadaacdb7a6ae7db6b9ac79242ecced4154a9fbb33c4e3cc571"
    ),
    (
      4097, "59d5015ba6ac9c99a37af8425c89d4236df348aee58f4e9e9ddd6e75330e8611",
      "c1743d3e79e9a1516251b027c4210f8b592630bfc9456d4ce36b17e9908bf8fa"
    ),
  ]

  @Test(arguments: messages)
  func digestIsTheKnownAnswer(message: String, keccak: String, sha3: String) {
    #expect(hex(Keccak256.hash(Array(message.utf8))) == keccak)
    #expect(hex(SHA3_256.hash(Array(message.utf8))) == sha3)
  }

  @Test(arguments: knownAnswers)
  func digestIsTheKnownAnswer(length: Int, keccak: String, sha3: String) {
    #expect(hex(Keccak256.hash(repeatingBytes(length).span)) == keccak)
    #expect(hex(SHA3_256.hash(repeatingBytes(length).span)) == sha3)
  }

  @Test func digestOfAMillionIsNISTs() {
    #expect(
      hex(SHA3_256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)))
        == "5c8875ae474a3634ba4fd55ec85bffd661f32aca75c6d699d0cdcb6c115891c1")
  }
}
