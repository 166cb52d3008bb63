// The two functions a tree is made of, for one hash on one instruction set, and the form of digests between them.

internal import ApusField
internal import CApusKernels

/// A digest as the kernels of its hash read and write it: 32 bytes.
struct MerkleNode: BitwiseCopyable, Sendable {
  var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
}

/// The kernels that hash rows and pairs.
struct MerkleKernels: Sendable {
  private let bytes: apus_hash_kernels

  init(_ hash: MerkleHash, on instructionSet: InstructionSet) {
    let table =
      switch hash {
      case .blake3: apus_blake3_kernels_for(instructionSet.code)
      case .sha256: apus_sha256_kernels_for(instructionSet.code)
      case .poseidon2: fatalError("Poseidon2 trees are not built yet")
      }
    guard let table else { preconditionFailure("no \(hash) kernels for \(instructionSet) on this machine") }
    bytes = table.pointee
  }

  /// `nodes[i - rows.lowerBound]` = digest of row `i` of the columns, which hold Montgomery words.
  func hashRows(
    _ columns: UnsafeBufferPointer<UnsafePointer<UInt32>?>, _ rows: Range<Int>,
    into nodes: UnsafeMutablePointer<MerkleNode>
  ) {
    bytes.rows(byteView(nodes), columns.baseAddress, columns.count, rows.lowerBound, rows.upperBound)
  }

  /// `nodes[i]` = digest of the pair `pairs[2 * i]`, `pairs[2 * i + 1]`, for `0 <= i < count`.
  func hashPairs(
    _ pairs: UnsafePointer<MerkleNode>, count: Int, into nodes: UnsafeMutablePointer<MerkleNode>
  ) {
    bytes.pairs(byteView(nodes), UnsafeRawPointer(pairs).assumingMemoryBound(to: UInt8.self), count)
  }

  func digest(_ node: MerkleNode) -> MerkleDigest { MerkleDigest(words: node.words) }

  /// `nil` if the bytes are no digest of this hash.
  func node(_ digest: MerkleDigest) -> MerkleNode? { MerkleNode(words: digest.words) }
}

private func byteView(_ nodes: UnsafeMutablePointer<MerkleNode>) -> UnsafeMutablePointer<UInt8> {
  UnsafeMutableRawPointer(nodes).assumingMemoryBound(to: UInt8.self)
}
