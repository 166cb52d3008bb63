// A leaf of a Taproot tree, and how leaves and branches are hashed (BIP-341).

public struct TapLeaf: Hashable, Sendable {
  /// The version of tapscript.
  public static let tapscriptVersion: UInt8 = 0xc0

  /// An even number.
  public let version: UInt8
  public let script: Script

  public init(script: Script, version: UInt8 = tapscriptVersion) {
    precondition(version & 1 == 0, "a leaf's version is even: the lowest bit is the output key's parity")
    self.version = version
    self.script = script
  }

  public var hash: [UInt8] {
    var writer = ByteWriter()
    writer.append(version)
    writer.appendSized(script.bytes)
    return TaprootTags.leaf.hash(writer.bytes)
  }

  /// The hash of the node above two: the smaller one comes first.
  public static func branch(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    TaprootTags.branch.hash(a.lexicographicallyPrecedes(b) ? a + b : b + a)
  }
}
