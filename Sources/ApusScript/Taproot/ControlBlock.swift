// The control block of a script path: which leaf of which key's tree the script is (BIP-341).

public struct ControlBlock: Hashable, Sendable {
  public static let maximumDepth = 128

  public let leafVersion: UInt8
  /// Whether the output key's y is odd.
  public let outputKeyIsOdd: Bool
  public let internalKey: [UInt8]
  /// The hashes beside the path, from the leaf up.
  public let path: [[UInt8]]

  public init(leafVersion: UInt8, outputKeyIsOdd: Bool, internalKey: [UInt8], path: [[UInt8]]) {
    precondition(
      leafVersion & 1 == 0 && internalKey.count == 32, "a control block has an even version and a 32-byte key")
    precondition(path.count <= Self.maximumDepth && path.allSatisfy { $0.count == 32 }, "a path has up to 128 hashes")
    self.leafVersion = leafVersion
    self.outputKeyIsOdd = outputKeyIsOdd
    self.internalKey = internalKey
    self.path = path
  }

  /// Reads a control block; `nil` if it has no such size.
  public init?(_ bytes: [UInt8]) {
    guard (33...33 + 32 * Self.maximumDepth).contains(bytes.count), (bytes.count - 33) % 32 == 0 else { return nil }
    leafVersion = bytes[0] & 0xfe
    outputKeyIsOdd = bytes[0] & 1 == 1
    internalKey = Array(bytes[1..<33])
    path = stride(from: 33, to: bytes.count, by: 32).map { Array(bytes[$0..<$0 + 32]) }
  }

  public var bytes: [UInt8] {
    [leafVersion | (outputKeyIsOdd ? 1 : 0)] + internalKey + path.joined()
  }

  /// The root of the tree that has this leaf at the path's end.
  public func root(ofLeaf hash: [UInt8]) -> [UInt8] { path.reduce(hash, TapLeaf.branch) }

  /// Whether the output key commits to the leaf.
  public func proves(leafHash: [UInt8], in outputKey: [UInt8]) -> Bool {
    let tweak = TaprootTags.tweak.hash(internalKey + root(ofLeaf: leafHash))
    return XOnlyKey.isTweaked(outputKey, isOdd: outputKeyIsOdd, from: internalKey, by: tweak)
  }
}
