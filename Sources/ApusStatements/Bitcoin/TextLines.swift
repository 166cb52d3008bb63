// Lines of an ASCII text from outside.

/// The lines that are neither blank nor comments (which start with `#`), without the blanks around them.
///
/// Lines end with LF or CRLF.
struct TextLines {
  struct Line {
    /// Counted from 1, comments and blank lines included.
    let number: Int
    /// Of the first byte, counted from 1.
    let column: Int
    let bytes: ArraySlice<UInt8>
  }

  /// No form has lines half as long; a longer one is not what it seems, and is not quoted in a message.
  static let maximumLength = 1024

  /// Comments passed so far.
  private(set) var comments: [Line] = []
  private var rest: ArraySlice<UInt8>
  private var number = 0
  private var pending: Line?

  init(_ bytes: [UInt8]) { rest = Self.withoutByteOrderMark(bytes) }

  static func withoutByteOrderMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// The next line, left in its place.
  mutating func peek() throws(HeaderInputError) -> Line? {
    if pending == nil { pending = try advance() }
    return pending
  }

  mutating func next() throws(HeaderInputError) -> Line? {
    defer { pending = nil }
    return try peek()
  }

  private mutating func advance() throws(HeaderInputError) -> Line? {
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let whole = rest[..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      guard whole.count <= Self.maximumLength else { throw .lineTooLong(line: number, bytes: whole.count) }

      guard let first = whole.firstIndex(where: { !isBlank($0) }),
        let last = whole.lastIndex(where: { !isBlank($0) })
      else { continue }
      let line = Line(number: number, column: first - whole.startIndex + 1, bytes: whole[first...last])
      if whole[first] != UInt8(ascii: "#") { return line }
      // Kept for what they may say about the headers; a file of nothing but comments is cut short.
      guard comments.count < 1000 else { throw .tooManyComments(line: number) }
      comments.append(line)
    }
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}
