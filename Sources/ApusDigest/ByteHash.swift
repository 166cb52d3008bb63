// The choice of a hash of bytes, as a value.

package import ApusField
package import CApusKernels

/// A hash of bytes to 32 bytes. The raw values are part of encodings.
public enum ByteHash: UInt8, CaseIterable, Sendable {
  case blake3
  case sha256
  case keccak256
  case sha3_256

  /// The 32-byte digest of `bytes`.
  public func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span) }
  /// The 32-byte digest of `bytes`.
  public func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    switch self {
    case .blake3: BLAKE3.hash(bytes)
    case .sha256: SHA256.hash(bytes)
    case .keccak256: Keccak256.hash(bytes)
    case .sha3_256: SHA3_256.hash(bytes)
    }
  }

  /// Kernels for many messages at once, of the engine's instruction set.
  package func kernels(for engine: Engine) -> UnsafePointer<apus_hash_kernels> {
    switch self {
    case .blake3: BLAKE3.kernels(for: engine)
    case .sha256: SHA256.kernels(for: engine)
    case .keccak256: Keccak256.kernels(for: engine)
    case .sha3_256: SHA3_256.kernels(for: engine)
    }
  }
}
