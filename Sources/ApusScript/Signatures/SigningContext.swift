// A context of libsecp256k1 that may see secrets: made for one use, blinded, and destroyed with it.

internal import CSecp256k1

struct SigningContext: ~Copyable {
  let pointer: OpaquePointer

  init() {
    // The library ends the program itself where memory is short.
    pointer = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)).unsafelyUnwrapped
    var random = SystemRandomNumberGenerator()
    var seed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    let isBlinded = secp256k1_context_randomize(pointer, seed)
    precondition(isBlinded == 1, "a seed of 32 bytes blinds a context")
    seed.withUnsafeMutableBytes(wipe)
  }

  deinit { secp256k1_context_destroy(pointer) }
}

/// Overwrites a secret, in a way that the compiler does not leave out.
func wipe(_ bytes: UnsafeMutableRawBufferPointer) { apus_secp256k1_wipe(bytes.baseAddress, bytes.count) }
