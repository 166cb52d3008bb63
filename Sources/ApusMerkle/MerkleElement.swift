// The fields whose matrices a tree commits to, and the hashes that each of them has.

public import ApusField
internal import CApusKernels

/// An element of a matrix that a Merkle tree commits to.
public protocol MerkleElement: Field {
  /// The kernels of a hash over rows of such elements.
  ///
  /// - Precondition: the machine runs the instruction set.
  static func merkleKernels(_ hash: MerkleHash, on instructionSet: InstructionSet) -> MerkleKernels<Self>
}

extension BabyBear: MerkleElement {
  public static func merkleKernels(
    _ hash: MerkleHash, on instructionSet: InstructionSet
  ) -> MerkleKernels<BabyBear> {
    let isa = instructionSet.code
    return switch hash {
    case .blake3: MerkleKernels(apus_blake3_kernels_for(isa))
    case .sha256: MerkleKernels(apus_sha256_kernels_for(isa))
    case .keccak256: MerkleKernels(apus_keccak256_kernels_for(isa))
    // Width 24 takes sixteen words a permutation, width 16 eight: rows of more than eight words hash faster.
    case .poseidon2: MerkleKernels(apus_poseidon2_babybear_wide_hash_kernels_for(isa), hasFieldDigests: true)
    }
  }
}

extension Goldilocks: MerkleElement {
  public static func merkleKernels(
    _ hash: MerkleHash, on instructionSet: InstructionSet
  ) -> MerkleKernels<Goldilocks> {
    let isa = instructionSet.code
    return switch hash {
    case .blake3: MerkleKernels(apus_blake3_kernels_for(isa))
    case .sha256: MerkleKernels(apus_sha256_kernels_for(isa))
    case .keccak256: MerkleKernels(apus_keccak256_kernels_for(isa))
    // Width 12 takes eight words a permutation, width 8 four: rows of more than four words hash faster.
    case .poseidon2: MerkleKernels(apus_poseidon2_goldilocks_wide_hash_kernels_for(isa))
    }
  }
}
