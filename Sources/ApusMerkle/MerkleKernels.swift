// The two functions a tree is made of, for one hash on one instruction set.

package import ApusField
package import CApusKernels

/// The kernels that hash rows and pairs. Digests are in memory as they are outside.
package struct MerkleKernels: Sendable {
  private let table: apus_hash_kernels
  /// Whether digests are BabyBear words, so that some 32 bytes are none.
  private let hasFieldDigests: Bool

  package init(_ hash: MerkleHash, on instructionSet: InstructionSet) {
    let isa = instructionSet.code
    switch hash {
    case .blake3: self.init(apus_blake3_kernels_for(isa))
    case .sha256: self.init(apus_sha256_kernels_for(isa))
    // Width 24 takes sixteen words a permutation, width 16 eight: rows of more than eight words hash faster.
    case .poseidon2: self.init(apus_poseidon2_babybear_wide_hash_kernels_for(isa), hasFieldDigests: true)
    }
  }

  package init(_ table: UnsafePointer<apus_hash_kernels>?, hasFieldDigests: Bool = false) {
    guard let table else { preconditionFailure("this machine does not run the instruction set") }
    self.table = table.pointee
    self.hasFieldDigests = hasFieldDigests
  }

  /// `digests[i - rows.lowerBound]` = digest of row `i` of the columns, which hold Montgomery words.
  func hashRows(
    _ columns: UnsafeBufferPointer<UnsafePointer<UInt32>?>, _ rows: Range<Int>,
    into digests: UnsafeMutablePointer<MerkleDigest>
  ) {
    table.rows(bytes(digests), columns.baseAddress, columns.count, rows.lowerBound, rows.upperBound)
  }

  /// `digests[i]` = digest of the pair `pairs[2 * i]`, `pairs[2 * i + 1]`, for `0 <= i < count`; every digest of the
  /// pairs is canonical. `digests` may be `pairs`.
  func hashPairs(
    _ pairs: UnsafePointer<MerkleDigest>, count: Int, into digests: UnsafeMutablePointer<MerkleDigest>
  ) {
    table.pairs(bytes(digests), UnsafeRawPointer(pairs).assumingMemoryBound(to: UInt8.self), count)
  }

  /// Whether the hash could give this digest: for Poseidon2, whether all eight words are below the modulus. The kernels
  /// would take a larger word modulo p, so that one opening had several encodings.
  func isCanonical(_ digest: MerkleDigest) -> Bool {
    guard hasFieldDigests else { return true }
    func areWords(_ pair: UInt64) -> Bool {
      UInt32(truncatingIfNeeded: pair) < BabyBear.modulus && UInt32(pair >> 32) < BabyBear.modulus
    }
    let (a, b, c, d) = digest.words
    return areWords(a) && areWords(b) && areWords(c) && areWords(d)
  }
}

private func bytes(_ digests: UnsafeMutablePointer<MerkleDigest>) -> UnsafeMutablePointer<UInt8> {
  UnsafeMutableRawPointer(digests).assumingMemoryBound(to: UInt8.self)
}
