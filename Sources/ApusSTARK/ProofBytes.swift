// Canonical proof bytes: little-endian, in transcript order, with no length that the verifier can derive itself.

package import ApusField
package import ApusMerkle

package struct ProofWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ raw: [UInt8]) { bytes.append(contentsOf: raw) }
  package mutating func write(_ digests: [MerkleDigest]) {
    for digest in digests { bytes.append(contentsOf: digest.bytes) }
  }
  package mutating func write<F: Field>(_ elements: [F]) {
    for element in elements { element.encode(into: &bytes) }
  }
  package mutating func write(nonce: UInt64) { bytes.append(littleEndian: nonce) }
}

package struct ProofReader {
  private let bytes: [UInt8]
  package private(set) var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func take(_ count: Int, _ part: String) throws(VerificationError) -> ArraySlice<UInt8> {
    let left = bytes.count - position
    guard count <= left else { throw .truncated(part: part, needed: count, left: left) }
    position += count
    return bytes[position - count..<position]
  }

  package mutating func raw(_ count: Int, _ part: String) throws(VerificationError) -> [UInt8] {
    Array(try take(count, part))
  }

  package mutating func digests(_ count: Int, _ part: String) throws(VerificationError) -> [MerkleDigest] {
    let taken = try take(count * MerkleDigest.byteCount, part)
    var result: [MerkleDigest] = []
    result.reserveCapacity(count)
    for i in 0..<count {
      let start = taken.startIndex + i * MerkleDigest.byteCount
      // Never nil: there are 32 bytes.
      if let digest = MerkleDigest(bytes: taken[start..<start + MerkleDigest.byteCount]) { result.append(digest) }
    }
    return result
  }

  package mutating func elements<F: Field>(_ count: Int, _ part: String) throws(VerificationError) -> [F] {
    let taken = try take(F.byteCount * count, part)
    var result: [F] = []
    result.reserveCapacity(count)
    for i in stride(from: taken.startIndex, to: taken.endIndex, by: F.byteCount) {
      guard let element = F(canonical: taken[i..<i + F.byteCount]) else { throw .nonCanonicalElement(part: part) }
      result.append(element)
    }
    return result
  }

  package mutating func nonce(_ part: String) throws(VerificationError) -> UInt64 {
    try take(8, part).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  package func finish() throws(VerificationError) {
    guard position == bytes.count else { throw .trailingBytes(bytes.count - position) }
  }
}
