// BLAKE3 of one message, and the way to its many-lane kernels.
// Specification: github.com/BLAKE3-team/BLAKE3-specs. Kernels: apus_hash.h in CApusKernels.

package import ApusField
package import CApusKernels

/// BLAKE3 in its plain mode: no key, no derivation context.
public enum BLAKE3 {
  /// Bytes of a digest.
  public static let digestCount = 32

  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> [UInt8] { hash(bytes, outputCount: digestCount) }

  /// The first `outputCount` bytes of the extendable output; its first 32 are the digest.
  public static func hash(_ bytes: [UInt8], outputCount: Int) -> [UInt8] { hash(bytes.span, outputCount: outputCount) }
  /// The first `outputCount` bytes of the extendable output; its first 32 are the digest.
  public static func hash(_ bytes: Span<UInt8>, outputCount: Int) -> [UInt8] {
    precondition(outputCount >= 0, "an output has no negative size")
    return bytes.withUnsafeBufferPointer { message in
      [UInt8](unsafeUninitializedCapacity: outputCount) { output, count in
        if outputCount > 0 { apus_blake3_xof(output.baseAddress, outputCount, message.baseAddress, message.count) }
        count = outputCount
      }
    }
  }

  /// Kernels for so many messages at once, of the engine's instruction set.
  package static func kernels(for engine: Engine, messages: Int) -> UnsafePointer<apus_hash_kernels> {
    // An engine's set is one that the machine runs.
    apus_blake3_kernels_for(engine.instructionSet(for: .blake3, rows: messages).code)!
  }
}
