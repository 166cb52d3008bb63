// SHA-1 of one message: broken as a commitment, alive as an opcode of Bitcoin Script.
// Specification: FIPS 180-4. Kernel: apus_hash.h in CApusKernels.

internal import CApusKernels

public enum SHA1 {
  /// Bytes of a digest.
  public static let digestCount = 20

  /// The 20-byte digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 20-byte digest of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { message in
      [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
        apus_sha1(digest.baseAddress, message.baseAddress, message.count)
        count = digestCount
      }
    }
  }

  /// Writes the digest to `digest`, which may lie over the message.
  package static func hash(_ message: UnsafeBufferPointer<UInt8>, into digest: UnsafeMutablePointer<UInt8>) {
    apus_sha1(digest, message.baseAddress, message.count)
  }
}
