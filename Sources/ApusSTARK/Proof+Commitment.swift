// The one part of a proof that people compare by eye: the root that the trace was committed under.

internal import ApusMerkle

extension Proof {
  /// The trace's Merkle root, the first thing after the head; `nil` in a proof too short to hold it.
  public var traceCommitment: [UInt8]? {
    let digest = bytes.dropFirst(Self.headByteCount).prefix(MerkleDigest.byteCount)
    return digest.count == MerkleDigest.byteCount ? Array(digest) : nil
  }
}
