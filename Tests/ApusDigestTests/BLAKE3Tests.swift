// BLAKE3 against the known answers of its authors (test_vectors.json of the reference repository).

import ApusDigest
import Testing

@Suite struct BLAKE3Tests {
  /// Digests of `repeatingBytes`: lengths on both sides of block, chunk and subtree boundaries.
  static let knownAnswers: [(length: Int, digest: String)] = [
    (0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
    (1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
    (2, "7b7015bb92cf0b318037702a6cdd81dee41224f734684c2c122cd6359cb1ee63"),
    (3, "e1be4d7a8ab5560aa4199eea339849ba8e293d55ca0a81006726d184519e647f"),
    (63, "e9bc37a594daad83be9470df7f7b3798297c3d834ce80ba85d6e207627b7db7b"),
    (64, "4eed7141ea4a5cd4b788606bd23f46e212af9cacebacdc7d1f4c6dc7f2511b98"),
    (65, "de1e5fa0be70df6d2be8fffd0e99ceaa8eb6e8c93a63f2d8d1c30ecb6b263dee"),
    (127, "d81293fda863f008c09e92fc382a81f5a0b4a1251cba1634016a0f86a6bd640d"),
    (128, "f17e570564b26578c33bb7f44643f539624b05df1a76c81f30acd548c44b45ef"),
    (129, "683aaae9f3c5ba37eaaf072aed0f9e30bac0865137bae68b1fde4ca2aebdcb12"),
    (1023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"),
    (1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
    (1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
    (2048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a"),
    (2049, "5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030"),
    (3072, "b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2"),
    (3073, "7124b49501012f81cc7f11ca069ec9226cecb8a2c850cfe644e327d22d3e1cd3"),
    (4096, "015094013f57a5277b59d8475c0501042c0b642e531b0a1c8f58d2163229e969"),
    (4097, "9b4052b38f1c5fc8b1f9ff7ac7b27cd242487b3d890d15c96a1c25b8aa0fb995"),
    (5121, "628bd2cb2004694adaab7bbd778a25df25c47b9d4155a55f8fbd79f2fe154cff"),
    (8193, "bab6c09cb8ce8cf459261398d2e7aef35700bf488116ceb94a36d0f5f1b7bc3b"),
    (31744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47"),
    (102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"),
    // Longer than what is hashed level by level at once; from the authors' own implementation.
    (1_048_577, "2f053cd7472cf0cd2f9adaf45c1180255b91b9a865404a63671a0ee5f792ed33"),
    (5_000_001, "f64c8ef65563cff7e1f2659717bf57b177401918900fe83d4f30f9540970a7ba"),
  ]

  @Test(arguments: knownAnswers)
  func digestIsTheKnownAnswer(length: Int, digest: String) {
    #expect(hex(BLAKE3.hash(repeatingBytes(length))) == digest)
    #expect(hex(BLAKE3.hash(repeatingBytes(length).span)) == digest)
  }

  /// More than two blocks of output over more than one chunk of input.
  @Test func extendedOutputIsTheKnownAnswer() {
    let output =
      "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"
      + "f4c4a22b4b399155358a994e52bf255de60035742ec71bd08ac275a1b51cc6bf"
      + "e332b0ef84b409108cda080e6269ed4b3e2c3f7d722aa4cdc98d16deb554e562"
      + "7be8f955c98e1d5f9565a9194cad0c4285f93700062d9595adb992ae68ff1280"
      + "0ab67a"
    let input = repeatingBytes(1025)
    for count in [0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 131] {
      #expect(hex(BLAKE3.hash(input, outputCount: count)) == output.prefix(2 * count), "\(count) bytes of output")
    }
  }
}
