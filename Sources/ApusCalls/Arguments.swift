// Arguments from C, checked before anything reads through them.

/// The pointer, which must not be NULL and be aligned for what it points to.
package func required<T>(_ pointer: UnsafeMutablePointer<T>?, _ name: String) throws(CallError) -> UnsafeMutablePointer<
  T
> {
  guard let pointer else { throw .argument("\(name) is NULL") }
  guard UInt(bitPattern: pointer) % UInt(MemoryLayout<T>.alignment) == 0 else {
    throw .argument("\(name) is not aligned to \(MemoryLayout<T>.alignment) bytes")
  }
  return pointer
}
package func required<T>(_ pointer: UnsafePointer<T>?, _ name: String) throws(CallError) -> UnsafePointer<T> {
  let checked: UnsafeMutablePointer<T> = try required(pointer.map { UnsafeMutablePointer(mutating: $0) }, name)
  return UnsafePointer(checked)
}

/// `count` values from a pointer that may be NULL if there are none. A `size_t` above `Int.max` arrives negative.
package func values<T>(
  _ pointer: UnsafePointer<T>?, _ count: Int, atMost limit: Int, _ name: String
) throws(CallError) -> UnsafeBufferPointer<T> {
  guard (0...limit).contains(count) else {
    throw .argument("\(name): \(UInt(bitPattern: count)) are more than the \(limit) allowed")
  }
  guard count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
  return UnsafeBufferPointer(start: try required(pointer, name), count: count)
}

/// A structure from C with the size that its caller compiled it with in its first field.
package func structure<T>(
  _ pointer: UnsafePointer<T>?, _ name: String, size: KeyPath<T, Int>
) throws(CallError) -> T {
  let value = try required(pointer, name).pointee
  try checkSize(value[keyPath: size], of: T.self, name)
  return value
}
package func checkSize<T>(_ size: Int, of type: T.Type, _ name: String) throws(CallError) {
  guard size == MemoryLayout<T>.size else {
    throw .argument(
      "\(name)->struct_size is \(UInt(bitPattern: size)), but sizeof(\(name)) is \(MemoryLayout<T>.size)")
  }
}

package let maximumNameBytes = 255

/// A name of at most `limit` bytes; `nil` for NULL.
package func optionalName(
  _ text: UnsafePointer<CChar>?, _ name: String, atMost limit: Int = maximumNameBytes
) throws(CallError) -> String? {
  guard let text else { return nil }
  var bytes: [UInt8] = []
  while bytes.count <= limit, text[bytes.count] != 0 { bytes.append(UInt8(bitPattern: text[bytes.count])) }
  guard bytes.count <= limit else { throw .argument("\(name) has more than \(limit) bytes") }
  guard let string = String(validating: bytes, as: UTF8.self) else { throw .argument("\(name) is not UTF-8") }
  return string
}
package func requiredName(
  _ text: UnsafePointer<CChar>?, _ name: String, atMost limit: Int = maximumNameBytes
) throws(CallError) -> String {
  guard let string = try optionalName(text, name, atMost: limit) else { throw .argument("\(name) is NULL") }
  return string
}
