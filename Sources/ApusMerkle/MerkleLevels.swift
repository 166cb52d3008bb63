// The nodes of a tree, all levels in one buffer, leaves first.

internal import ApusField

final class MerkleLevels: Sendable {
  /// From the leaves to the cap.
  let count: Int
  private let logHeight: Int
  private let storage: ColumnStorage

  init(logHeight: Int, capHeight: Int, on engine: Engine) {
    self.logHeight = logHeight
    count = logHeight - capHeight + 1
    let nodes = Self.start(of: count, logHeight: logHeight)
    storage = ColumnStorage(bytes: nodes * MemoryLayout<MerkleDigest>.stride, engine: engine)
  }

  /// The nodes of all levels below this one: `2^logHeight + 2^(logHeight - 1) + …`.
  private static func start(of level: Int, logHeight: Int) -> Int {
    (2 << logHeight) - ((2 << logHeight) >> level)
  }

  func size(of level: Int) -> Int { 1 << (logHeight - level) }

  /// The first node of a level.
  func base(of level: Int) -> UnsafeMutablePointer<MerkleDigest> {
    storage.base.assumingMemoryBound(to: MerkleDigest.self) + Self.start(of: level, logHeight: logHeight)
  }

  func nodes(at level: Int) -> UnsafeBufferPointer<MerkleDigest> {
    UnsafeBufferPointer(start: base(of: level), count: size(of: level))
  }
}
