// The search for the smallest nonce that does a proof of work: all threads take shares in order, and none beyond what one
// of them has found.

internal import ApusDigest
internal import ApusField
internal import CApusKernels
internal import Synchronization

struct NonceSearch: Sendable {
  /// What is hashed before the eight bytes of the nonce.
  let prefix: [UInt8]
  let bits: Int

  /// Nonces that one call of the kernel tries.
  private static let share = 2048

  /// Whether a digest's first eight bytes, as they lie in memory, are a little-endian number that ends in `bits` zeros.
  static func isWork(_ word: UInt64, bits: Int) -> Bool {
    UInt64(littleEndian: word) & ((1 << UInt64(bits)) - 1) == 0
  }

  func smallest(on engine: Engine) -> UInt64 {
    // As many at once as it takes on average, but work for every thread.
    let shares = max(4 * engine.threads, (1 << bits) / Self.share)
    let kernels = Shared(BLAKE3.kernels(for: engine, messages: Self.share).pointee)
    var first = 0
    while true {
      let smallest = Atomic(Int.max)
      engine.forEachRange(shares) { [first] range, _ in
        for share in range {
          let base = first + share * Self.share
          guard base < smallest.load(ordering: .relaxed) else { return }
          if let nonce = search(from: base, kernels.value) { smallest.min(nonce, ordering: .relaxed) }
        }
      }
      let nonce = smallest.load(ordering: .relaxed)
      if nonce < .max { return UInt64(nonce) }
      first += shares * Self.share
    }
  }

  /// The smallest of one share's nonces that does the work.
  private func search(from base: Int, _ kernels: apus_hash_kernels) -> Int? {
    let length = prefix.count + MemoryLayout<UInt64>.size
    return withUnsafeTemporaryAllocation(byteCount: Self.share * (length + 32), alignment: 64) { buffer in
      guard let digests = buffer.baseAddress else { return nil }
      let messages = digests + 32 * Self.share
      prefix.withUnsafeBytes { prefix in
        guard let prefixStart = prefix.baseAddress else { return }
        for i in 0..<Self.share {
          let message = messages + i * length
          message.copyMemory(from: prefixStart, byteCount: prefix.count)
          message.storeBytes(of: UInt64(base + i).littleEndian, toByteOffset: prefix.count, as: UInt64.self)
        }
      }
      kernels.messages(
        digests.assumingMemoryBound(to: UInt8.self), messages.assumingMemoryBound(to: UInt8.self), length, Self.share)
      for i in 0..<Self.share where Self.isWork(digests.load(fromByteOffset: 32 * i, as: UInt64.self), bits: bits) {
        return base + i
      }
      return nil
    }
  }
}
