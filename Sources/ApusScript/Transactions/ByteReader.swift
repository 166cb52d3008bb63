// Reading what others wrote: every length is checked against what is left before anything is taken or allocated.

/// Why bytes are no transaction, and where.
public struct EncodingError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    /// So many more bytes are needed.
    case truncated(needed: Int, left: Int)
    /// A size that a shorter form would hold.
    case sizeNotMinimal(UInt64)
    /// More items than the bytes that are left can hold.
    case tooMany(UInt64, left: Int)
    /// The marker of a witness, with flags that mean nothing.
    case unknownFlags(UInt8)
    /// A transaction announces a witness and has none.
    case superfluousWitness
    case trailingBytes(Int)
  }

  public let reason: Reason
  /// The byte at which it was noticed.
  public let position: Int

  package init(reason: Reason, position: Int) {
    self.reason = reason
    self.position = position
  }

  public var description: String {
    let what =
      switch reason {
      case .truncated(let needed, let left): "\(needed) more bytes are needed and \(left) are left"
      case .sizeNotMinimal(let size): "the size \(size) is not in its shortest form"
      case .tooMany(let count, let left): "\(count) items cannot be in the \(left) bytes that are left"
      case .unknownFlags(let flags): "the witness flags are \(flags); 1 is the only one known"
      case .superfluousWitness: "a witness is announced, but every input's is empty"
      case .trailingBytes(let count): "\(count) bytes follow the transaction's end"
      }
    return "byte \(position): \(what)"
  }
}

struct ByteReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var left: Int { bytes.count - position }

  func refuse(_ reason: EncodingError.Reason) -> EncodingError { EncodingError(reason: reason, position: position) }

  private func need(_ count: Int) throws(EncodingError) {
    guard count <= left else { throw refuse(.truncated(needed: count, left: left)) }
  }

  mutating func byte() throws(EncodingError) -> UInt8 { UInt8(try integer(bytes: 1)) }
  mutating func word32() throws(EncodingError) -> UInt32 { UInt32(try integer(bytes: 4)) }
  mutating func word64() throws(EncodingError) -> UInt64 { try integer(bytes: 8) }

  private mutating func integer(bytes count: Int) throws(EncodingError) -> UInt64 {
    try need(count)
    var value: UInt64 = 0
    for i in 0..<count { value |= UInt64(bytes[position + i]) << UInt64(8 * i) }
    position += count
    return value
  }

  mutating func take(_ count: Int) throws(EncodingError) -> [UInt8] {
    try need(count)
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  /// A CompactSize in its shortest form.
  mutating func size() throws(EncodingError) -> UInt64 {
    let start = position
    let first = try byte()
    let (value, least): (UInt64, UInt64) =
      switch first {
      case 0xfd: (try integer(bytes: 2), 0xfd)
      case 0xfe: (try integer(bytes: 4), 0x1_0000)
      case 0xff: (try integer(bytes: 8), 0x1_0000_0000)
      default: (UInt64(first), 0)
      }
    guard value >= least else { throw EncodingError(reason: .sizeNotMinimal(value), position: start) }
    return value
  }

  /// How many items follow, each of at least so many bytes: never more than fit.
  mutating func count(ofItemsOver itemBytes: Int) throws(EncodingError) -> Int {
    let count = try size()
    guard count <= UInt64(left / itemBytes) else { throw refuse(.tooMany(count, left: left)) }
    return Int(count)
  }

  mutating func sizedBytes() throws(EncodingError) -> [UInt8] {
    try take(count(ofItemsOver: 1))
  }
}
