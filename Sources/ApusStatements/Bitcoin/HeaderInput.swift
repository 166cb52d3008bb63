// Headers as they come from outside: raw bytes, lines of hexadecimal digits, or a table (CSV).
// This file finds the form and reads raw bytes; HeaderInput+Text.swift reads the other two.

/// Headers read from one of three forms, in the order of the input, and not yet checked against each other.
///
/// Memory stays proportional to the input: at most ``maximumCount`` headers of about 100 bytes.
public struct HeaderInput: Sendable {
  public enum Format: String, CaseIterable, Sendable {
    /// 80 bytes a header and nothing else, as Bitcoin Core's REST interface gives them.
    case raw
    /// 160 hexadecimal digits a line; blank lines and lines that start with `#` are skipped.
    case hex
    /// A line of column names, then a header a line. The previous hash of the first stands in a comment above.
    case csv
  }

  /// More headers than the main network has had, and a bound on memory.
  public static let maximumCount = 2_000_000

  public let format: Format
  public private(set) var headers: [BlockHeader]
  /// The height of the first header, where the input names it.
  public let startHeight: Int?
  /// The line of each header; empty for raw headers, whose place follows from their number.
  var lines: [Int] = []

  /// Reads headers; the form is found from the bytes themselves.
  public init(reading bytes: [UInt8]) throws(HeaderInputError) {
    guard !bytes.isEmpty else { throw .empty }
    guard Self.looksLikeText(bytes) else {
      self.init(format: .raw, headers: try Self.rawHeaders(bytes), startHeight: nil)
      return
    }
    var text = TextLines(bytes)
    guard let first = try text.peek() else { throw .noHeaders }
    self =
      first.bytes.contains(UInt8(ascii: ","))
      ? try Self.readCSV(&text)
      : try Self.readHex(&text)
  }

  init(format: Format, headers: [BlockHeader], startHeight: Int?, lines: [Int] = []) {
    self.format = format
    self.headers = headers
    self.startHeight = startHeight
    self.lines = lines
  }

  /// Where the header of this number (from 0) stands in the input.
  public func place(of index: Int) -> HeaderPlace {
    format == .raw
      ? .bytes(first: index * BlockHeader.byteCount, last: (index + 1) * BlockHeader.byteCount - 1)
      : .line(lines[index])
  }

  /// The first `count` headers alone.
  public func first(_ count: Int) throws(HeaderInputError) -> HeaderInput {
    guard (1...headers.count).contains(count) else { throw .count(count, available: headers.count) }
    return HeaderInput(
      format: format, headers: Array(headers.prefix(count)), startHeight: startHeight,
      lines: Array(lines.prefix(count)))
  }

  /// A raw header is never text: a block's hash, and so the parent that a header names, ends in zero bytes.
  private static func looksLikeText(_ bytes: [UInt8]) -> Bool {
    TextLines.withoutByteOrderMark(bytes).prefix(BlockHeader.byteCount).allSatisfy {
      (0x20...0x7e).contains($0) || (0x09...0x0d).contains($0)
    }
  }

  private static func rawHeaders(_ bytes: [UInt8]) throws(HeaderInputError) -> [BlockHeader] {
    guard bytes.count.isMultiple(of: BlockHeader.byteCount) else { throw .notWholeHeaders(bytes: bytes.count) }
    let count = bytes.count / BlockHeader.byteCount
    guard count <= maximumCount else { throw .tooManyHeaders }
    let span = bytes.span
    return (0..<count).map { index in
      let start = index * BlockHeader.byteCount
      return BlockHeader(bytes: span.extracting(start..<start + BlockHeader.byteCount))
    }
  }
}

/// Where a header stands in its input.
public enum HeaderPlace: Hashable, Sendable, CustomStringConvertible {
  /// Offsets of its first and last byte.
  case bytes(first: Int, last: Int)
  /// Counted from 1.
  case line(Int)

  public var description: String {
    switch self {
    case .bytes(let first, let last): "bytes \(first.grouped)–\(last.grouped)"
    case .line(let number): "line \(number.grouped)"
    }
  }
}
