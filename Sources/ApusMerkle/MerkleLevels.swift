// The nodes of a tree, all levels in one buffer, leaves first.

internal import ApusField
internal import CApusKernels

final class MerkleLevels: Sendable {
  /// From the leaves to the cap.
  let count: Int
  let logHeight: Int
  private let storage: ColumnStorage

  init(logHeight: Int, capHeight: Int, on engine: Engine) {
    self.logHeight = logHeight
    count = logHeight - capHeight + 1
    let nodes = apus_merkle_start(UInt32(logHeight), UInt32(count))
    storage = ColumnStorage(bytes: nodes * MemoryLayout<MerkleDigest>.stride, engine: engine)
  }

  func size(of level: Int) -> Int { 1 << (logHeight - level) }

  /// Where the kernels write.
  var bytes: UnsafeMutablePointer<UInt8> { storage.base.assumingMemoryBound(to: UInt8.self) }

  func nodes(at level: Int) -> UnsafeBufferPointer<MerkleDigest> {
    let first = apus_merkle_start(UInt32(logHeight), UInt32(level))
    return UnsafeBufferPointer(
      start: storage.base.assumingMemoryBound(to: MerkleDigest.self) + first, count: size(of: level))
  }
}
