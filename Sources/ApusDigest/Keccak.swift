// Keccak-256 and SHA3-256 of one message, and the way to their many-lane kernels.
// Specification: FIPS 202. Kernels: apus_hash.h in CApusKernels.

package import ApusField
package import CApusKernels

/// Keccak with 32 bytes of output and the padding it had before it became SHA-3: the hash of Ethereum.
public enum Keccak256 {
  /// Bytes of a digest.
  public static let digestCount = 32

  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { message in
      [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
        apus_keccak256(digest.baseAddress, message.baseAddress, message.count)
        count = digestCount
      }
    }
  }

  /// Kernels for many messages at once, of the engine's instruction set.
  package static func kernels(for engine: Engine) -> UnsafePointer<apus_hash_kernels> {
    apus_keccak256_kernels_for(engine.instructionSet.code)!  // an engine's set is one that the machine runs
  }
}

public enum SHA3_256 {
  /// Bytes of a digest.
  public static let digestCount = 32

  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { message in
      [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
        apus_sha3_256(digest.baseAddress, message.baseAddress, message.count)
        count = digestCount
      }
    }
  }

  /// Kernels for many messages at once, of the engine's instruction set.
  package static func kernels(for engine: Engine) -> UnsafePointer<apus_hash_kernels> {
    apus_sha3_256_kernels_for(engine.instructionSet.code)!  // an engine's set is one that the machine runs
  }
}
