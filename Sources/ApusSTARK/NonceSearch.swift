// The search for the smallest nonce that does a proof of work: batch by batch in order, all threads at one batch.

internal import ApusDigest
internal import ApusField
internal import CApusKernels

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
    let shares = 4 * engine.threads
    let kernels = Shared(BLAKE3.kernels(for: engine, messages: Self.share).pointee)
    var first: UInt64 = 0
    while true {
      let found = FoundNonces(count: shares)
      engine.forEachRange(shares) { [first] range, _ in
        for slot in range {
          if let nonce = search(from: first + UInt64(slot * Self.share), kernels.value) { found.set(slot, nonce) }
        }
      }
      if let nonce = found.smallest { return nonce }
      first += UInt64(shares * Self.share)
    }
  }

  /// The smallest of one share's nonces that does the work.
  private func search(from base: UInt64, _ kernels: apus_hash_kernels) -> UInt64? {
    let length = prefix.count + MemoryLayout<UInt64>.size
    return withUnsafeTemporaryAllocation(byteCount: Self.share * (length + 32), alignment: 64) { buffer in
      guard let digests = buffer.baseAddress else { return nil }
      let messages = digests + 32 * Self.share
      prefix.withUnsafeBytes { prefix in
        guard let prefixStart = prefix.baseAddress else { return }
        for i in 0..<Self.share {
          let message = messages + i * length
          message.copyMemory(from: prefixStart, byteCount: prefix.count)
          message.storeBytes(of: (base + UInt64(i)).littleEndian, toByteOffset: prefix.count, as: UInt64.self)
        }
      }
      kernels.messages(
        digests.assumingMemoryBound(to: UInt8.self), messages.assumingMemoryBound(to: UInt8.self), length, Self.share)
      for i in 0..<Self.share where Self.isWork(digests.load(fromByteOffset: 32 * i, as: UInt64.self), bits: bits) {
        return base + UInt64(i)
      }
      return nil
    }
  }
}

/// One result for each share of a batch; each is written by one thread.
private final class FoundNonces: @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<UInt64?>

  init(count: Int) {
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil)
  }
  deinit { slots.deallocate() }

  func set(_ slot: Int, _ nonce: UInt64) { slots[slot] = nonce }
  var smallest: UInt64? { slots.compactMap { $0 }.min() }
}
