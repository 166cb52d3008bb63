// The tags under which Taproot hashes (BIP-341).

import ApusDigest

enum TaprootTags {
  static let leaf = TaggedHash("TapLeaf")
  static let branch = TaggedHash("TapBranch")
  static let tweak = TaggedHash("TapTweak")
  static let signature = TaggedHash("TapSighash")
}
