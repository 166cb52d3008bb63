// The two functions a tree is made of, for one hash on one instruction set: one face for the C tables of both fields.

internal import ApusField
package import CApusKernels

/// The kernels that hash rows, pairs and whole trees. Digests are in memory as they are outside.
public struct MerkleKernels<Element: MerkleElement>: Sendable {
  typealias Columns = UnsafeBufferPointer<UnsafePointer<Element>?>
  typealias Digests = UnsafeMutablePointer<MerkleDigest>

  /// `digests[i - rows.lowerBound]` = digest of row `i` of the columns.
  let hashRows: @Sendable (_ columns: Columns, _ rows: Range<Int>, _ digests: Digests) -> Void

  /// `digests[i]` = digest of the pair `pairs[2 * i]`, `pairs[2 * i + 1]`, for `0 <= i < count`; every digest of the
  /// pairs is canonical. `digests` may be `pairs`.
  let hashPairs: @Sendable (_ pairs: UnsafePointer<MerkleDigest>, _ count: Int, _ digests: Digests) -> Void

  /// Whether the hash could give this digest: for Poseidon2, whether all its words are below the modulus. The kernels
  /// would take a larger word modulo p, so that one opening had several encodings.
  let isCanonical: @Sendable (MerkleDigest) -> Bool

  /// The C tables behind all this, constants of the library.
  nonisolated(unsafe) let tables: apus_merkle_hash

  /// Columns as the C builder of trees takes them.
  let columns: @Sendable (UnsafePointer<UnsafePointer<Element>?>?) -> apus_merkle_columns
}

extension MerkleKernels<BabyBear> {
  /// - Parameter hasFieldDigests: whether a digest is eight words below the modulus, not any 32 bytes.
  package init(_ table: UnsafePointer<apus_hash_kernels>?, hasFieldDigests: Bool = false) {
    tables = apus_merkle_hash(words32: table, words64: nil, bytes64: nil)
    columns = {
      apus_merkle_columns(words32: UnsafeRawPointer($0)?.assumingMemoryBound(to: UnsafePointer<UInt32>?.self))
    }
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    hashRows = { columns, rows, digests in
      // A `BabyBear` is its Montgomery word.
      columns.withMemoryRebound(to: UnsafePointer<UInt32>?.self) {
        table.rows(bytes(digests), $0.baseAddress, $0.count, rows.lowerBound, rows.upperBound)
      }
    }
    hashPairs = { pairs, count, digests in table.pairs(bytes(digests), bytes(pairs), count) }
    isCanonical = { digest in
      func areWords(_ pair: UInt64) -> Bool {
        UInt32(truncatingIfNeeded: pair) < BabyBear.modulus && UInt32(pair >> 32) < BabyBear.modulus
      }
      let (a, b, c, d) = digest.words
      return !hasFieldDigests || areWords(a) && areWords(b) && areWords(c) && areWords(d)
    }
  }
}

extension MerkleKernels<Goldilocks> {
  /// A hash of bytes.
  package init(_ table: UnsafePointer<apus_hash_kernels>?) {
    tables = apus_merkle_hash(words32: nil, words64: nil, bytes64: table)
    columns = Self.words
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    hashRows = { columns, rows, digests in
      // A `Goldilocks` is its canonical word.
      columns.withMemoryRebound(to: UnsafePointer<UInt64>?.self) {
        table.rows64(bytes(digests), $0.baseAddress, $0.count, rows.lowerBound, rows.upperBound)
      }
    }
    hashPairs = { pairs, count, digests in table.pairs(bytes(digests), bytes(pairs), count) }
    isCanonical = { _ in true }
  }

  package init(_ table: UnsafePointer<apus_poseidon2_goldilocks_hash_kernels>?) {
    tables = apus_merkle_hash(words32: nil, words64: table, bytes64: nil)
    columns = Self.words
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    hashRows = { columns, rows, digests in
      // A `Goldilocks` is its canonical word.
      columns.withMemoryRebound(to: UnsafePointer<UInt64>?.self) {
        table.rows(bytes(digests), $0.baseAddress, $0.count, rows.lowerBound, rows.upperBound)
      }
    }
    hashPairs = { pairs, count, digests in table.pairs(bytes(digests), bytes(pairs), count) }
    isCanonical = { digest in
      let p = Goldilocks.modulus
      let (a, b, c, d) = digest.words
      return a < p && b < p && c < p && d < p
    }
  }

  private static func words(_ columns: UnsafePointer<UnsafePointer<Goldilocks>?>?) -> apus_merkle_columns {
    apus_merkle_columns(words64: UnsafeRawPointer(columns)?.assumingMemoryBound(to: UnsafePointer<UInt64>?.self))
  }
}

private func bytes(_ digests: UnsafeMutablePointer<MerkleDigest>) -> UnsafeMutablePointer<UInt8> {
  UnsafeMutableRawPointer(digests).assumingMemoryBound(to: UInt8.self)
}
private func bytes(_ digests: UnsafePointer<MerkleDigest>) -> UnsafePointer<UInt8> {
  UnsafeRawPointer(digests).assumingMemoryBound(to: UInt8.self)
}
