// SHA-256 of one message, and the way to its many-lane kernels.
// Specification: FIPS 180-4. Kernels: apus_hash.h in CApusKernels.

package import ApusField
package import CApusKernels

public enum SHA256 {
  /// Bytes of a digest.
  public static let digestCount = 32

  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 32-byte digest of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { message in
      [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
        apus_sha256(digest.baseAddress, message.baseAddress, message.count)
        count = digestCount
      }
    }
  }

  /// SHA-256d, the digest of the digest: Bitcoin's hash of headers and transactions.
  ///
  /// Bytes come in the standard's order; Bitcoin displays block and transaction hashes in the reverse one.
  public static func doubleHash(_ bytes: [UInt8]) -> [UInt8] { hash(hash(bytes)) }
  /// SHA-256d, the digest of the digest: Bitcoin's hash of headers and transactions.
  ///
  /// Bytes come in the standard's order; Bitcoin displays block and transaction hashes in the reverse one.
  public static func doubleHash(_ bytes: Span<UInt8>) -> [UInt8] { hash(hash(bytes)) }

  /// Writes the digest to `digest`, which may lie over the message.
  package static func hash(_ message: UnsafeBufferPointer<UInt8>, into digest: UnsafeMutablePointer<UInt8>) {
    apus_sha256(digest, message.baseAddress, message.count)
  }

  /// Kernels for so many messages at once, of the engine's instruction set.
  package static func kernels(for engine: Engine, messages: Int) -> UnsafePointer<apus_hash_kernels> {
    // An engine's set is one that the machine runs.
    apus_sha256_kernels_for(engine.instructionSet(for: .sha256, rows: messages).code)!
  }
}
