// apus_bytes_…: bytes that the library owns.

import ApusCalls
import CApus

final class BytesHandle: Handle {
  static let argument = "proof"
  // Outside of a Swift array, so that C can keep the address until it destroys the handle.
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ content: [UInt8]) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: content.count)
    _ = copy.initialize(fromContentsOf: content)
    bytes = UnsafeBufferPointer(copy)
  }
  deinit { bytes.deallocate() }
}

// Immutable from its initializer to its deinitializer.
extension BytesHandle: @unchecked Sendable {}

@c @implementation
public func apus_bytes_data(_ bytes: OpaquePointer?) -> UnsafePointer<UInt8>? {
  BytesHandle.optional(bytes)?.bytes.baseAddress
}

@c @implementation
public func apus_bytes_length(_ bytes: OpaquePointer?) -> Int { BytesHandle.optional(bytes)?.bytes.count ?? 0 }

@c @implementation
public func apus_bytes_destroy(_ bytes: OpaquePointer?) { BytesHandle.destroy(bytes) }
