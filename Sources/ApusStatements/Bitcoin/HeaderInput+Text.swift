// Headers as text: a line of hexadecimal digits each, or a table with a line each.

extension HeaderInput {
  static func readHex(_ text: inout TextLines) throws(HeaderInputError) -> HeaderInput {
    let digitCount = 2 * BlockHeader.byteCount
    var headers: [BlockHeader] = []
    var lines: [Int] = []
    while let line = try text.next() {
      guard headers.count < maximumCount else { throw .tooManyHeaders }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(digitCount)
      for (index, byte) in line.bytes.enumerated() {
        guard let value = hexValue(ofDigit: byte) else {
          throw .notHexadecimal(line: line.number, column: line.column + index, byte: byte)
        }
        bytes.append(value)
      }
      guard bytes.count == digitCount else { throw .hexLength(line: line.number, digits: bytes.count) }
      let header = (0..<BlockHeader.byteCount).map { bytes[2 * $0] << 4 | bytes[2 * $0 + 1] }
      headers.append(BlockHeader(bytes: header.span))
      lines.append(line.number)
    }
    return HeaderInput(format: .hex, headers: headers, startHeight: nil, lines: lines)
  }
}

extension HeaderInput {
  static let columns = "height,version,merkle_root,time,bits,nonce"
  static let previousHashLabel = "previous hash of the first:"

  /// A table names no parents but the first one's: each next header's parent is the hash of the one before.
  ///
  /// A wrong cell therefore never shows as a broken link; it changes a hash, which is then above its target.
  static func readCSV(_ text: inout TextLines) throws(HeaderInputError) -> HeaderInput {
    guard let head = try text.next() else { throw .noHeaders }
    guard head.bytes.elementsEqual(columns.utf8) else {
      throw .columns(line: head.number, found: quoted(head.bytes))
    }
    var previous = try previousHash(among: text.comments)
    var headers: [BlockHeader] = []
    var lines: [Int] = []
    var startHeight: Int?
    while let line = try text.next() {
      guard headers.count < maximumCount else { throw .tooManyHeaders }
      let row = try TableRow(line)
      let expected = (startHeight ?? row.height) + headers.count
      guard row.height == expected else {
        throw .heightNotNext(line: line.number, expected: expected, found: row.height)
      }
      startHeight = startHeight ?? row.height
      let header = row.header(after: previous)
      previous = header.hash
      headers.append(header)
      lines.append(line.number)
    }
    guard !headers.isEmpty else { throw .noHeaders }
    return HeaderInput(format: .csv, headers: headers, startHeight: startHeight, lines: lines)
  }

  private static func previousHash(among comments: [TextLines.Line]) throws(HeaderInputError) -> Hash256 {
    for comment in comments {
      guard let digits = comment.bytes.suffix(after: previousHashLabel.utf8) else { continue }
      guard let hash = Hash256(display: digits) else {
        throw .previousHash(line: comment.number, found: quoted(digits))
      }
      return hash
    }
    throw .previousHashMissing
  }
}

/// A line of the table.
private struct TableRow {
  let height: Int
  let version, time, bits, nonce: UInt32
  let merkleRoot: Hash256

  init(_ line: TextLines.Line) throws(HeaderInputError) {
    let cells = line.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard cells.count == 6 else { throw .cellCount(line: line.number, found: cells.count) }

    func cell<Value>(
      _ index: Int, _ name: String, _ expected: String, _ parse: (ArraySlice<UInt8>) -> Value?
    ) throws(HeaderInputError) -> Value {
      guard let value = parse(cells[index]) else {
        throw .cell(line: line.number, column: name, expected: expected, found: quoted(cells[index]))
      }
      return value
    }
    let decimal = "a number from 0 to 4,294,967,295"
    let hexadecimal = "0x and 1 to 8 hexadecimal digits"
    height = Int(try cell(0, "height", decimal, decimalWord))
    version = try cell(1, "version", hexadecimal, hexadecimalWord)
    merkleRoot = try cell(2, "merkle_root", "64 hexadecimal digits") { Hash256(display: $0) }
    time = try cell(3, "time", decimal, decimalWord)
    bits = try cell(4, "bits", hexadecimal, hexadecimalWord)
    nonce = try cell(5, "nonce", decimal, decimalWord)
  }

  func header(after previous: Hash256) -> BlockHeader {
    BlockHeader(
      version: Int32(bitPattern: version), previous: previous, merkleRoot: merkleRoot, time: time, bits: bits,
      nonce: nonce)
  }
}

/// 1 to 10 decimal digits of a 32-bit number.
private func decimalWord(_ digits: ArraySlice<UInt8>) -> UInt32? {
  guard (1...10).contains(digits.count) else { return nil }
  var value: UInt64 = 0
  for digit in digits {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
    value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
  }
  return UInt32(exactly: value)
}

/// `0x` and 1 to 8 hexadecimal digits.
private func hexadecimalWord(_ text: ArraySlice<UInt8>) -> UInt32? {
  guard text.starts(with: "0x".utf8), text.count <= 10 else { return nil }
  return UInt256(hex: text.dropFirst(2)).map { UInt32($0.lowWord) }
}

extension ArraySlice<UInt8> {
  /// What follows the first place where `label` stands, without leading spaces; `nil` where it does not stand.
  fileprivate func suffix(after label: String.UTF8View) -> ArraySlice<UInt8>? {
    for start in indices where self[start...].starts(with: label) {
      return self[(start + label.count)...].drop { $0 == UInt8(ascii: " ") }
    }
    return nil
  }
}
