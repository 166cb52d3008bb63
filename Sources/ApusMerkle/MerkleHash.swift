// The hashes a tree can be built with, and what each of them hashes at a leaf and at a node.

internal import ApusField

/// The hash of a Merkle tree. The raw value is the byte that names it in a proof.
///
/// | | leaf: the row's words | node: two digests |
/// |---|---|---|
/// | ``blake3`` | BLAKE3 of the words, canonical and little-endian: four bytes of BabyBear, eight of Goldilocks | BLAKE3 of the 64 bytes |
/// | ``sha256`` | SHA-256 of the same bytes | SHA-256 of the 64 bytes, padding included |
/// | ``keccak256`` | Keccak-256 of the same bytes | Keccak-256 of the 64 bytes |
/// | ``poseidon2``, BabyBear | padding-free sponge of width 24, rate 16 | permutation of width 16, cut to 8 |
/// | ``poseidon2``, Goldilocks | padding-free sponge of width 12, rate 8 | permutation of width 8, cut to 4 |
///
/// Two differences from Plonky3, whose tree this otherwise is: bytes are hashed from canonical words, not from words
/// in Montgomery form, so that a verifier elsewhere needs no knowledge of that form; and a SHA-256 node is the whole
/// hash of its 64 bytes, not one bare compression.
public enum MerkleHash: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  case blake3 = 1
  case sha256 = 2
  case poseidon2 = 3
  /// The hash that Ethereum's contracts compute cheaply.
  case keccak256 = 4

  public var description: String {
    switch self {
    case .blake3: "BLAKE3"
    case .sha256: "SHA-256"
    case .poseidon2: "Poseidon2"
    case .keccak256: "Keccak-256"
    }
  }

  var kernelFamily: KernelFamily {
    switch self {
    case .blake3: .blake3
    case .sha256: .sha256
    case .poseidon2: .poseidon2
    case .keccak256: .keccak256
    }
  }
}
