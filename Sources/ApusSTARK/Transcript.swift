// The Fiat-Shamir transcript: typed, length-delimited messages into a BLAKE3 chain, challenges out of it.
//
// A message is kind, label and payload, each with its length, so no two different sequences of messages give the same
// bytes. A challenge folds everything so far into a 32-byte state and draws from a counter stream keyed by that state.

internal import ApusDigest
package import ApusField
package import ApusMerkle
internal import CApusKernels

package struct Transcript {
  private enum Kind: UInt8 {
    case bytes = 1
    case integers, elements, extensionElements, digests, challenge
  }

  /// Domains of the hash calls that start with the state.
  private enum Domain: UInt8 {
    case absorb = 0
    case stream = 1
    case work = 2
  }

  private var state = [UInt8](repeating: 0, count: 32)
  private var pending: [UInt8] = []
  private var stream: [UInt8] = []
  private var counter: UInt64 = 0

  package init(protocolName: String) { absorb(Array(protocolName.utf8), "protocol") }

  private mutating func message(_ kind: Kind, _ label: String, count: Int, _ payload: [UInt8]) {
    stream = []
    pending.append(kind.rawValue)
    pending.append(littleEndian: UInt64(label.utf8.count))
    pending.append(contentsOf: label.utf8)
    pending.append(littleEndian: UInt64(count))
    pending.append(contentsOf: payload)
  }

  package mutating func absorb(_ bytes: [UInt8], _ label: String) { message(.bytes, label, count: bytes.count, bytes) }

  package mutating func absorb(_ integers: [Int], _ label: String) {
    var payload: [UInt8] = []
    for integer in integers { payload.append(littleEndian: UInt64(bitPattern: Int64(integer))) }
    message(.integers, label, count: integers.count, payload)
  }

  package mutating func absorb<F: TwoAdicField>(_ elements: [F], _ label: String) {
    message(.elements, label, count: elements.count, encoded(elements))
  }

  package mutating func absorb<E: ExtensionField>(_ elements: [E], _ label: String) {
    message(.extensionElements, label, count: elements.count, encoded(elements))
  }

  package mutating func absorb(_ digests: [MerkleDigest], _ label: String) {
    message(.digests, label, count: digests.count, digests.flatMap(\.bytes))
  }

  private func encoded<F: Field>(_ elements: [F]) -> [UInt8] {
    var payload: [UInt8] = []
    payload.reserveCapacity(elements.count * F.byteCount)
    for element in elements { element.encode(into: &payload) }
    return payload
  }

  /// Folds what was absorbed into the state and starts a fresh stream.
  private mutating func beginChallenge(_ label: String) {
    message(.challenge, label, count: 0, [])
    state = BLAKE3.hash(state + [Domain.absorb.rawValue] + pending)
    pending = []
    stream = []
    counter = 0
  }

  private mutating func nextWord() -> UInt32 {
    if stream.isEmpty {
      var input = state + [Domain.stream.rawValue]
      input.append(littleEndian: counter)
      counter += 1
      stream = BLAKE3.hash(input).reversed()
    }
    var word: UInt32 = 0
    for byte in 0..<4 { word |= UInt32(stream.removeLast()) << UInt32(8 * byte) }
    return word
  }

  /// Uniform: words that are no element are drawn again.
  private mutating func nextElement<F: ProvingField>() -> F {
    while true {
      if let element = F.sample({ nextWord() }) { return element }
    }
  }
  private mutating func nextElement<E: ChallengeField>(of field: E.Type) -> E where E.Base: ProvingField {
    E { _ in nextElement() }
  }

  package mutating func challenge<E: ChallengeField>(_ label: String) -> E where E.Base: ProvingField {
    beginChallenge(label)
    return nextElement(of: E.self)
  }

  /// A challenge outside the base field, and so outside every evaluation domain.
  package mutating func challengeOutsideBase<E: ChallengeField>(_ label: String) -> E where E.Base: ProvingField {
    beginChallenge(label)
    while true {
      let element = nextElement(of: E.self)
      if !element.isBase { return element }
    }
  }

  /// `count` numbers below `2^log`, uniform and independent.
  package mutating func challengeIndices(_ label: String, count: Int, log: Int) -> [Int] {
    beginChallenge(label)
    return (0..<count).map { _ in Int(nextWord() & ((1 << UInt32(log)) - 1)) }
  }
}

// MARK: Proof of work

extension Transcript {
  /// The message whose hash must end in zeros: the state before the nonce.
  private mutating func beginWork(_ label: String, bits: Int) -> [UInt8] {
    absorb([bits], "work \(label)")
    beginChallenge("work \(label)")
    return state + [Domain.work.rawValue]
  }

  /// Whether the first eight bytes of a digest, little-endian, end in `bits` zeros.
  private static func isWork(_ digest: [UInt8], bits: Int) -> Bool {
    digest.withUnsafeBytes { NonceSearch.isWork($0.loadUnaligned(as: UInt64.self), bits: bits) }
  }

  /// Finds and absorbs the smallest nonce.
  package mutating func grind(_ label: String, bits: Int, on engine: Engine) -> UInt64 {
    let prefix = beginWork(label, bits: bits)
    let nonce = NonceSearch(prefix: prefix, bits: bits).smallest(on: engine)
    absorbNonce(nonce, label)
    return nonce
  }

  /// Absorbs a nonce, if it is one.
  package mutating func checkWork(_ label: String, bits: Int, nonce: UInt64) -> Bool {
    var input = beginWork(label, bits: bits)
    input.append(littleEndian: nonce)
    absorbNonce(nonce, label)
    return Self.isWork(BLAKE3.hash(input), bits: bits)
  }

  private mutating func absorbNonce(_ nonce: UInt64, _ label: String) {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: nonce)
    absorb(bytes, "nonce \(label)")
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: UInt64) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
