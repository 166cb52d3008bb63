// RIPEMD-160 of one message, alone and after SHA-256.
// Specification: ISO/IEC 10118-3. Kernel: apus_hash.h in CApusKernels.

internal import CApusKernels

public enum RIPEMD160 {
  /// Bytes of a digest.
  public static let digestCount = 20

  /// The 20-byte digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 20-byte digest of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { message in
      [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
        apus_ripemd160(digest.baseAddress, message.baseAddress, message.count)
        count = digestCount
      }
    }
  }

  /// HASH160, the digest of the SHA-256 digest: how Bitcoin names a key or a script in 20 bytes.
  public static func hashOfSHA256(_ bytes: [UInt8]) -> [UInt8] { hash(SHA256.hash(bytes)) }

  /// Writes the digest to `digest`, which may lie over the message.
  package static func hash(_ message: UnsafeBufferPointer<UInt8>, into digest: UnsafeMutablePointer<UInt8>) {
    apus_ripemd160(digest, message.baseAddress, message.count)
  }
}
