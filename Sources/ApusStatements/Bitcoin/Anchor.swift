// What ties a chain down: a block that the reader knows of, by its hash and perhaps its height.

/// A block that somebody vouches for, outside of any proof.
public struct Anchor: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// Given by the person who verifies.
    case given
    /// Embedded here: see ``Checkpoint``.
    case checkpoint
  }

  public let hash: Hash256
  public let height: Int?
  public let source: Source

  public init(hash: Hash256, height: Int? = nil) {
    self.hash = hash
    self.height = height
    source = .given
  }
  public init(_ checkpoint: Checkpoint) {
    hash = checkpoint.hash
    height = checkpoint.height
    source = .checkpoint
  }

  /// From `HASH` or `HASH:HEIGHT`: 64 hexadecimal digits as hashes are shown, and a decimal height.
  public init(_ text: String) throws(AnchorError) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let hash = Hash256(display: parts[0]) else { throw .hash(quoted(parts[0])) }
    guard parts.count == 2 else {
      self.init(hash: hash)
      return
    }
    let isDecimal = parts[1].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDecimal, let height = Int(Substring(parts[1])), height <= HeaderClaim.maximumHeight else {
      throw .height(quoted(parts[1]))
    }
    self.init(hash: hash, height: height)
  }
}

/// An anchor that a chain passes through.
public struct Anchoring: Hashable, Sendable {
  public let anchor: Anchor
  /// How many of the chain's headers lead up to the anchor and with it: 0 if the chain starts after it.
  public let headersBefore: Int
  /// The height of the chain's first header, as the anchor fixes it.
  public var startHeight: Int? { anchor.height.map { $0 - headersBefore + 1 } }
}

extension ClaimedChain {
  /// The first of the given anchors, else the first checkpoint, that this chain passes through; `nil` if it passes
  /// through none.
  ///
  /// A chain can only be seen to pass through blocks at which a claim begins or ends. All zeros, the first block's
  /// parent, is no anchor.
  ///
  /// - Throws: ``AnchorError/contradicted(anchor:headersBefore:startHeight:)`` if heights claimed and known differ, at
  ///   any anchor.
  public func anchoring(given: [Anchor] = []) throws(AnchorError) -> Anchoring? {
    let visible = visibleBlocks
    var found: [Anchoring] = []
    for anchor in given {
      for block in visible where block.hash == anchor.hash {
        found.append(Anchoring(anchor: anchor, headersBefore: block.headersBefore))
      }
    }
    for block in visible {
      guard let checkpoint = Checkpoint.containing(block.hash) else { continue }
      found.append(Anchoring(anchor: Anchor(checkpoint), headersBefore: block.headersBefore))
    }
    for anchoring in found {
      guard let known = anchoring.startHeight else { continue }
      guard known >= 0, known == startHeight ?? known else {
        throw .contradicted(
          anchor: anchoring.anchor, headersBefore: anchoring.headersBefore, startHeight: startHeight)
      }
    }
    return found.first
  }
}

public enum AnchorError: Error, Hashable, Sendable {
  case hash(String)
  case height(String)
  case contradicted(anchor: Anchor, headersBefore: Int, startHeight: Int?)
}

extension AnchorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .hash(let found):
      "an anchor is HASH or HASH:HEIGHT with a hash of 64 hexadecimal digits, not \(found)"
    case .height(let found):
      "an anchor's height is a number from 0 to \(HeaderClaim.maximumHeight.grouped), not \(found)"
    case .contradicted(let anchor, let headersBefore, let startHeight):
      """
      block \(anchor.hash.abbreviated) is known at height \((anchor.height ?? 0).grouped), but \
      \(startHeight.map { "the proofs claim \(heightInWords($0 + headersBefore - 1)) for it" }
        ?? "\(headersBefore.grouped) headers lead up to it")
      """
    }
  }
}
