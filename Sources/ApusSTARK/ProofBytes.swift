// Canonical proof bytes: little-endian, in transcript order, with no length that the verifier can derive itself.

package import ApusField
package import ApusMerkle

package struct ProofWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ raw: [UInt8]) { bytes.append(contentsOf: raw) }
  package mutating func write(_ digests: [MerkleDigest]) {
    digests.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
  // Copies for single elements' arithmetic, as in `Prover`.
  @specialized(where F == BabyBear)
  @specialized(where F == Goldilocks)
  package mutating func write<F: TwoAdicField>(_ elements: [F]) {
    for element in elements {
      let word = element.canonical
      for byte in 0..<F.byteCount { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * byte))) }
    }
  }
  package mutating func write<E: ExtensionField>(_ elements: [E]) { write(limbs(elements)) }
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
    return taken.withUnsafeBytes { bytes in
      (0..<count).map { number in
        func word(_ index: Int) -> UInt64 {
          let offset = MerkleDigest.byteCount * number + 8 * index
          return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        return MerkleDigest(words: (word(0), word(1), word(2), word(3)))
      }
    }
  }

  package mutating func elements<F: TwoAdicField>(_ count: Int, _ part: String) throws(VerificationError) -> [F] {
    let taken = try take(F.byteCount * count, part)
    var result: [F] = []
    result.reserveCapacity(count)
    var next = taken.startIndex
    for _ in 0..<count {
      var word: UInt64 = 0
      for byte in 0..<F.byteCount { word |= UInt64(taken[next + byte]) << UInt64(8 * byte) }
      guard word < F.order else { throw .nonCanonicalElement(part: part) }
      result.append(F(word))
      next += F.byteCount
    }
    return result
  }

  package mutating func elements<E: ExtensionField>(_ count: Int, _ part: String) throws(VerificationError) -> [E] {
    let taken = try take(E.byteCount * count, part).count
    position -= taken
    let limbs: [E.Base] = try elements(E.degree * count, part)
    return (0..<count).map { number in E { limbs[E.degree * number + $0] } }
  }

  package mutating func nonce(_ part: String) throws(VerificationError) -> UInt64 {
    try take(8, part).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  package func finish() throws(VerificationError) {
    guard position == bytes.count else { throw .trailingBytes(bytes.count - position) }
  }
}
