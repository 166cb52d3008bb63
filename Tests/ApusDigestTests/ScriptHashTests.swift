// SHA-1, RIPEMD-160 and tagged hashes against the standards' examples and the answers of Python's hashlib.

import ApusDigest
import Testing

@Suite struct ScriptHashTests {
  /// Messages, with their SHA-1 of FIPS 180-4's examples and their RIPEMD-160 of its authors' test vectors.
  static let examples: [(message: String, sha1: String, ripemd160: String)] = [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "9c1185a5c5e9fc54612808977ee8f548b2258d31"),
    ("a", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
    (
      "message digest", "c12252ceda8be8994d5fa0290a47231c1d16aae3", "5d0689ef49d2fae572b881b123a85ffa21595f36"
    ),
    (
      "abcdefghijklmnopqrstuvwxyz", "32d10c7b8cf96570ca04ce37f2a19d84240d3a89",
      "f71c27109c692c1b56bbdceb5b9d2865b3708dbc"
    ),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
      "12a053384a9c0c88e405a06c27dcf49ada62eb2b"
    ),
    (
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "761c457bf73b14d27e9e9265c46f4b4dda11f940",
      "b0e20b6e3116640286ed3a87a5713079b21f5189"
    ),
    (
      String(repeating: "1234567890", count: 8), "50abf5706a150990a08b2c5ea40fa0e585554732",
      "9b752e45573d4b39f4dbd3323cab82bf63326bfb"
    ),
  ]

  /// Digests of `repeatingBytes`: lengths on both sides of where padding takes one more block.
  static let knownAnswers: [(length: Int, sha1: String, ripemd160: String)] = [
    (1, "5ba93c9db0cff93f52b521d7420e43f6eda2784f", "c81b94933420221a7ac004a90242d8b1d3e5070d"),
    (20, "602c63d2f3d13ca3206cdf204cde24e7d8f4266c", "4002c0305550c5a726705dcf8d3880c54fed0453"),
    (32, "ae5bd8efea5322c4d9986d06680a781392f9a642", "e6babb9619d7a81272711fc546a16b211dd93957"),
    (33, "eb90bce364635c4c23b49f493f0043579bc85c17", "1e374ab924a652fa36b395d654d226bf901b6a04"),
    (54, "cfae6d86a767b9c700b5081a54265fb2fe0f6fd9", "ecab85ca0c2aabf18f5359f94aad7578a08ab5ef"),
    (55, "8ae2d46729cfe68ff927af5eec9c7d1b66d65ac2", "3c86963b3ff646a65ae42996e9664c747cc7e5e6"),
    (56, "636e2ec698dac903498e648bd2f3af641d3c88cb", "ebdd79cfd4fd9949ef8089673d2620427f487cfb"),
    (57, "7cb1330f35244b57437539253304ea78a6b7c443", "635b0d05be254d82503a9e1db7647dd1b5d5d6bf"),
    (63, "6d942da0c4392b123528f2905c713a3ce28364bd", "6d31d3d634b4a7aa15914c239576eb1956f2d9a4"),
    (64, "c6138d514ffa2135bfce0ed0b8fac65669917ec7", "2581f5e9f957b44b0fa24d31996de47409dd1e0f"),
    (65, "69bd728ad6e13cd76ff19751fde427b00e395746", "109949b95341eeea7365e8ac4d0d3883d98f709a"),
    (118, "2a81372da39c1df4251539a9922717b7cf5f0334", "a834797b79dbb564ae587003ec4b74914a1580c5"),
    (119, "41c89d06001bab4ab78736b44efe7ce18ce6ae08", "ad430b4283203a7b7f338b9d252dfdbf807402bf"),
    (120, "d3dbd653bd8597b7475321b60a36891278e6a04a", "b89cdc109009f1982c8b34fca446953584d3f6c4"),
    (127, "89d7312a903f65cd2b3e34a975e55dbea9033353", "2be8e565e24a87171f0700ecafa3c2942c97023e"),
    (128, "e6434bc401f98603d7eda504790c98c67385d535", "7c4d36070c1e1176b2960a1b0dd2319d547cf8eb"),
    (129, "3352e41cc30b40ae80108970492b21014049e625", "1f15f104f445db8ef02bb601a67e60c373377fa6"),
    (520, "8bc6fdc4faa56bf7a27267447516d33b4e9cb1b7", "ce93686859ceb6214f35bcab00e366c35dc8e942"),
    (1000, "c9c960a0b925474fab83942cc27d504fc24ac37b", "6864b0b9f86a879be2680824c81dbce9c5350281"),
    (4097, "199b39f39620b41326652dea09d98b57b0381329", "8bee657d35e1dacbed2e5404e8ce932d84fc96a6"),
  ]

  @Test(arguments: examples)
  func digestsAreTheStandards(message: String, sha1: String, ripemd160: String) {
    #expect(hex(SHA1.hash(Array(message.utf8))) == sha1)
    #expect(hex(RIPEMD160.hash(Array(message.utf8))) == ripemd160)
  }

  @Test func digestsOfAMillionAreTheStandards() {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(hex(SHA1.hash(message)) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
    #expect(hex(RIPEMD160.hash(message)) == "52783243c1697bdbe16d37f97f68f08325dc1528")
  }

  @Test(arguments: knownAnswers)
  func digestsAreTheKnownAnswers(length: Int, sha1: String, ripemd160: String) {
    #expect(hex(SHA1.hash(repeatingBytes(length))) == sha1)
    #expect(hex(RIPEMD160.hash(repeatingBytes(length))) == ripemd160)
  }

  /// The generator's compressed key, and the hash in its address (BIP-173's example).
  @Test func keyHashIsTheAddresss() {
    let key = bytes("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
    #expect(hex(RIPEMD160.hashOfSHA256(key)) == "751e76e8199196d454941c45d1b3a323f1433bd6")
  }

  @Test func tagsAreHashedTwice() {
    let tag = SHA256.hash(Array("TapLeaf".utf8))
    #expect(TaggedHash("TapLeaf").hash([1, 2, 3]) == SHA256.hash(tag + tag + [1, 2, 3]))
    #expect(TaggedHash("TapLeaf").hash([1, 2, 3]) != TaggedHash("TapBranch").hash([1, 2, 3]))
  }
}
