// Objects that C holds by an opaque pointer: one reference count is the caller's until it destroys the handle.

/// A class behind one of the header's opaque types.
package protocol Handle: AnyObject, Sendable {
  /// The parameter's name in messages.
  static var argument: String { get }
}

extension Handle {
  /// What a pointer that the library gave stands for.
  package static func at(_ pointer: OpaquePointer?) throws(CallError) -> Self {
    guard let object = optional(pointer) else { throw .argument("\(argument) is NULL") }
    return object
  }
  package static func optional(_ pointer: OpaquePointer?) -> Self? {
    pointer.map { Unmanaged<Self>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }
  package static func destroy(_ pointer: OpaquePointer?) {
    if let pointer { Unmanaged<Self>.fromOpaque(UnsafeRawPointer(pointer)).release() }
  }

  /// Runs `make` and stores a pointer to what it gives, or NULL if it throws.
  package static func create(
    in place: UnsafeMutablePointer<OpaquePointer?>?, _ make: () throws -> Self
  ) throws {
    let place = try required(place, argument)
    place.pointee = nil
    place.pointee = OpaquePointer(Unmanaged.passRetained(try make()).toOpaque())
  }
}
