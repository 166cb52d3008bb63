// Why an input holds no headers that can be read.

public enum HeaderInputError: Error, Hashable, Sendable {
  case empty
  case noHeaders
  case notWholeHeaders(bytes: Int)
  case tooManyHeaders
  case count(Int, available: Int)

  case lineTooLong(line: Int, bytes: Int)
  case tooManyComments(line: Int)
  case notHexadecimal(line: Int, column: Int, byte: UInt8)
  case hexLength(line: Int, digits: Int)

  case columns(line: Int, found: String)
  case previousHashMissing
  case previousHash(line: Int, found: String)
  case cellCount(line: Int, found: Int)
  case cell(line: Int, column: String, expected: String, found: String)
  case heightNotNext(line: Int, expected: Int, found: Int)
}

extension HeaderInputError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "the input is empty: give raw 80-byte headers, 160 hexadecimal digits a line, or a CSV table"
    case .noHeaders:
      "the input holds no headers, only blank lines, comments or column names"
    case .notWholeHeaders(let bytes):
      """
      the input's \(bytes.grouped) bytes are not whole headers of 80: \((bytes / 80).grouped) headers end at byte \
      \((bytes / 80 * 80).grouped), \(bytes % 80) bytes follow
      """
    case .tooManyHeaders:
      "the input holds more than \(HeaderInput.maximumCount.grouped) headers: split it"
    case .count(let count, let available):
      count < 1
        ? "the number of headers must be at least 1, not \(count.grouped)"
        : "\(count.grouped) headers were asked for, the input holds \(available.grouped)"

    case .lineTooLong(let line, let bytes):
      "line \(line.grouped) is \(bytes.grouped) bytes long: headers take at most \(TextLines.maximumLength.grouped)"
    case .tooManyComments(let line):
      "line \(line.grouped) is one comment too many: an input may have 1,000"
    case .notHexadecimal(let line, let column, let byte):
      """
      line \(line.grouped), column \(column): expected a hexadecimal digit, found \(quoted([byte])) \
      (byte 0x\([byte].hex))
      """
    case .hexLength(let line, let digits):
      "line \(line.grouped) has \(digits.grouped) hexadecimal digits: a header has 160"

    case .columns(let line, let found):
      "line \(line.grouped): expected the columns \"\(HeaderInput.columns)\", found \(found)"
    case .previousHashMissing:
      """
      the table does not say which block its first header follows: add the line \
      "# \(HeaderInput.previousHashLabel) HASH" above the column names
      """
    case .previousHash(let line, let found):
      "line \(line.grouped): expected a previous hash of 64 hexadecimal digits, found \(found)"
    case .cellCount(let line, let found):
      "line \(line.grouped) has \(found.grouped) cells: a header has 6, \(HeaderInput.columns)"
    case .cell(let line, let column, let expected, let found):
      "line \(line.grouped), \(column): expected \(expected), found \(found)"
    case .heightNotNext(let line, let expected, let found):
      "line \(line.grouped): expected height \(expected.grouped), found \(found.grouped): heights count up by 1"
    }
  }
}
