// Taproot outputs: an internal key, a tree of scripts or none, and the key that commits to both (BIP-341).

public indirect enum TaprootTree: Hashable, Sendable {
  case leaf(TapLeaf)
  case branch(TaprootTree, TaprootTree)

  public var root: [UInt8] {
    switch self {
    case .leaf(let leaf): leaf.hash
    case .branch(let a, let b): TapLeaf.branch(a.root, b.root)
    }
  }

  /// Each leaf, from left to right, with the hashes beside its path, from the leaf up.
  var paths: [(leaf: TapLeaf, path: [[UInt8]])] {
    switch self {
    case .leaf(let leaf): [(leaf, [])]
    case .branch(let a, let b):
      a.paths.map { ($0.leaf, $0.path + [b.root]) } + b.paths.map { ($0.leaf, $0.path + [a.root]) }
    }
  }
}

/// Why there is no such output.
public enum TaprootError: Error, Hashable, CustomStringConvertible {
  /// The internal key is no point's x coordinate, or the tweak leads to no point.
  case invalidKey
  /// A leaf lies deeper than a control block can tell.
  case tooDeep(Int)

  public var description: String {
    switch self {
    case .invalidKey: "the internal key is not the x coordinate of a point of the curve"
    case .tooDeep(let depth): "a leaf lies at depth \(depth); a control block reaches \(ControlBlock.maximumDepth)"
    }
  }
}

public struct TaprootOutput: Sendable {
  /// BIP-341's point that nobody knows the discrete logarithm of: an internal key that leaves the scripts only.
  public static let unspendableKey: [UInt8] = [
    0x50, 0x92, 0x9b, 0x74, 0xc1, 0xa0, 0x49, 0x54, 0xb7, 0x8b, 0x4b, 0x60, 0x35, 0xe9, 0x7a, 0x5e,
    0x07, 0x8a, 0x5a, 0x0f, 0x28, 0xec, 0x96, 0xd5, 0x47, 0xbf, 0xee, 0x9a, 0xce, 0x80, 0x3a, 0xc0,
  ]

  public let internalKey: [UInt8]
  public let outputKey: [UInt8]
  public let outputKeyIsOdd: Bool
  /// The tweak that leads from the internal key to the output key.
  public let tweak: [UInt8]
  /// How each leaf is spent, from left to right.
  public let leaves: [(leaf: TapLeaf, controlBlock: ControlBlock)]

  public init(internalKey: [UInt8], tree: TaprootTree? = nil) throws(TaprootError) {
    tweak = TaprootTags.tweak.hash(internalKey + (tree?.root ?? []))
    guard let (key, isOdd) = XOnlyKey.tweaked(internalKey, by: tweak) else { throw .invalidKey }
    let paths = tree?.paths ?? []
    if let deepest = paths.map(\.path.count).max(), deepest > ControlBlock.maximumDepth { throw .tooDeep(deepest) }
    self.internalKey = internalKey
    (outputKey, outputKeyIsOdd) = (key, isOdd)
    leaves = paths.map { leaf, path in
      let block = ControlBlock(
        leafVersion: leaf.version, outputKeyIsOdd: isOdd, internalKey: internalKey, path: path)
      return (leaf, block)
    }
  }

  /// OP_1 and the output key.
  public var script: Script { WitnessProgram(version: 1, bytes: outputKey).script }
}
