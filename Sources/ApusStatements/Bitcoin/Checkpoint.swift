// Blocks of the main network that are embedded: facts of the public chain, each the last of a difficulty period.
// Tests compare them with the headers of all retargets; anybody can with `bitcoin-cli getblockhash HEIGHT`.

/// A block of the main network, by height and hash.
public struct Checkpoint: Hashable, Sendable {
  public let height: Int
  public let hash: Hash256

  private init(height: Int, hash: UInt256) {
    self.height = height
    self.hash = Hash256(number: hash)
  }

  /// The block of this hash, if it is embedded.
  public static func containing(_ hash: Hash256) -> Checkpoint? { all.first { $0.hash == hash } }

  // Hashes stay ungrouped, so that they can be searched for as they are shown everywhere.

  /// The first block.
  // swift-format-ignore
  public static let genesis = Checkpoint(
    height: 0, hash: 0x000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f)

  /// In the order of heights: the first block, the last of every 16th period, and some at later ends of periods.
  // swift-format-ignore
  public static let all: [Checkpoint] = [
    genesis,
    Checkpoint(height: 32_255, hash: 0x00000000984f962134a7291e3693075ae03e521f0ee33378ec30a334d860034b),
    Checkpoint(height: 64_511, hash: 0x0000000009e6aa0fe39b790625ffeb18a2d6ff5060a5bd14e699e83c54109977),
    Checkpoint(height: 96_767, hash: 0x00000000000431a0aa9625f82975709f3c6f4f64d04c559512af051599872084),
    Checkpoint(height: 129_023, hash: 0x0000000000001ef9c75318e116a607af4de68fb4f67c788677ee6779fb5fa0d5),
    Checkpoint(height: 161_279, hash: 0x000000000000031b7fd2ed1f28ff74e969aa891297706c38bd2e1d3bc48183c4),
    Checkpoint(height: 193_535, hash: 0x000000000000019da474a1a598b5cf28534b7fd9b214eed0f36c67c203a9b449),
    Checkpoint(height: 225_791, hash: 0x000000000000003a58043252cdc30ed2f37fb17e6ef1658324b1478f16c1463b),
    Checkpoint(height: 258_047, hash: 0x00000000000000202bf3ff30109538bfd9b5075c6438ab5ef64ebe2cf9b61404),
    Checkpoint(height: 290_303, hash: 0x00000000000000005a4fbbaeffee6d52fa329dd8c559f90c9b30264c46ad33fd),
    Checkpoint(height: 322_559, hash: 0x00000000000000001607d1a21507dea1c0e5f398daf94d35fb7e0a3238f96a0f),
    Checkpoint(height: 354_815, hash: 0x00000000000000000056bfec1dca8e82710f411af64b1d3b04a2d2364a81993f),
    Checkpoint(height: 387_071, hash: 0x000000000000000003b0b73d9b3259c318cca48a6335b5d64545583f7f3773fa),
    Checkpoint(height: 419_327, hash: 0x0000000000000000051804b4c2da5298c4573386bf1d4242bf0e26a49ec32e42),
    Checkpoint(height: 451_583, hash: 0x00000000000000000276deb4022f66cacd929c690cd6b4f7e740836b614b21f4),
    Checkpoint(height: 483_839, hash: 0x000000000000000000d0ad638ad61e7c4c3113618b8b26b2044347c00c042278),
    Checkpoint(height: 516_095, hash: 0x0000000000000000002e5f072398ee27b25b6cdcf69051bcdbbece417093c979),
    Checkpoint(height: 548_351, hash: 0x0000000000000000001ac75bed7eb6169255893f99de28f24e3e0e57b6f7db7b),
    Checkpoint(height: 580_607, hash: 0x0000000000000000000cbc6dfb3f2afbd6ed1427e30ed1f3167898ac4aa4c673),
    Checkpoint(height: 612_863, hash: 0x0000000000000000000aacba541ebb7b56b0831e4ae33faf20ff1e528bb9a657),
    Checkpoint(height: 645_119, hash: 0x000000000000000000049a66ca322371799e1cb51d85c8937764ba6a2abb8ed9),
    Checkpoint(height: 677_375, hash: 0x00000000000000000000b136fc67072ab98643c2346ff07c4076d94c35d9481c),
    Checkpoint(height: 709_631, hash: 0x000000000000000000013712fc242ee6dd28476d0e9c931c75f83e6974c6bccc),
    Checkpoint(height: 741_887, hash: 0x0000000000000000000882e7306788b58cb5805c04f432203863a8e8c8290902),
    Checkpoint(height: 774_143, hash: 0x000000000000000000053916f5f3b68319baf095c4205ad4edca517cd89b4a51),
    Checkpoint(height: 806_399, hash: 0x00000000000000000002f985a10a40897d04888ac10c8ac75867a50b016eb6ef),
    Checkpoint(height: 822_527, hash: 0x0000000000000000000078f4e50a09391670d061deea0b3b87c3fa60cfaaf782),
    Checkpoint(height: 824_543, hash: 0x00000000000000000001595b16989798f8997d89ac778ccc7d0d6c7e88ab4ec9),
    Checkpoint(height: 826_559, hash: 0x000000000000000000026ab1b5e445f9320cf2ec3dc6720b501877d4e0b40eff),
    Checkpoint(height: 832_607, hash: 0x000000000000000000010e2bc83838d1b9479b88341e4d0033dff524d16d5ef5),
  ]
}
