// Each form of input, and each way in which it can be wrong.

import ApusExamples
import ApusStatements
import ApusTestSupport
import Testing

struct HeaderInputTests {
  private let two = [HeaderFact.dayFirst, HeaderFact.daySecond]

  private func read(_ text: String) throws -> HeaderInput { try HeaderInput(reading: Array(text.utf8)) }

  @Test func readsRawHeaders() throws {
    let input = try HeaderInput(reading: two.flatMap(\.bytes))
    #expect(input.format == .raw)
    #expect(input.headers == two.map(\.header))
    #expect(input.startHeight == nil)
    #expect(input.place(of: 1) == .bytes(first: 80, last: 159))
    #expect(input.place(of: 3586).description == "bytes 286,880–286,959")
  }

  @Test(arguments: ["\n", "\r\n", "\n\n  ", "\n# comment\n", " \t\n"])
  func readsHexLines(separator: String) throws {
    let input = try read(two.map(\.hex).joined(separator: separator))
    #expect(input.format == .hex)
    #expect(input.headers == two.map(\.header))
    #expect(try read("\u{feff}# first\n" + two[0].hex.uppercased()).headers == [two[0].header])
  }

  @Test func readsTheEmbeddedTable() throws {
    let input = try dayInput()
    #expect(input.format == .csv)
    #expect(input.startHeight == 822_528)
    #expect(input.headers.count == 144)
    #expect(input.headers[0] == HeaderFact.dayFirst.header)
    #expect(input.headers[1] == HeaderFact.daySecond.header)
    #expect(input.headers[143] == HeaderFact.dayLast.header)
    #expect(input.place(of: 0) == .line(3))
    let short = try input.first(2)
    #expect(short.headers == two.map(\.header))
    #expect(short.startHeight == 822_528)
    #expect(short.place(of: 1) == .line(4))
  }

  @Test(RealHeaders.needed)
  func theEmbeddedTableIsThatOfTheReferenceData() throws {
    let table = try #require(ReferenceData.bytes("bitcoin-headers/one-day-822528.csv"))
    #expect(OneDay.csv == Array(table))
    #expect(try dayInput().headers == Array(RealHeaders.twoPeriods().prefix(144)))
  }

  @Test func refusesWhatIsNoInput() {
    #expect(throws: HeaderInputError.empty) { try HeaderInput(reading: []) }
    #expect(throws: HeaderInputError.noHeaders) { try read("\n \n# nothing\n") }
    #expect(throws: HeaderInputError.noHeaders) { try read("\u{feff}") }
    #expect(throws: HeaderInputError.notWholeHeaders(bytes: 161)) {
      try HeaderInput(reading: two.flatMap(\.bytes) + [0])
    }
    #expect(throws: HeaderInputError.notWholeHeaders(bytes: 79)) {
      try HeaderInput(reading: Array(HeaderFact.genesis.bytes.dropLast()))
    }
    #expect(throws: HeaderInputError.lineTooLong(line: 2, bytes: 1025)) {
      try read("# \n" + String(repeating: "0", count: 1025))
    }
    #expect(throws: HeaderInputError.tooManyComments(line: 1001)) { try read(String(repeating: "#\n", count: 1001)) }
    #expect(throws: HeaderInputError.tooManyHeaders) {
      try HeaderInput(reading: [UInt8](repeating: 0, count: 80 * (HeaderInput.maximumCount + 1)))
    }
  }

  @Test func refusesWrongHexLines() {
    let hex = two[0].hex
    #expect(throws: HeaderInputError.hexLength(line: 2, digits: 159)) { try read(hex + "\n" + two[1].hex.dropLast()) }
    #expect(throws: HeaderInputError.hexLength(line: 1, digits: 320)) { try read(hex + two[1].hex) }
    #expect(throws: HeaderInputError.notHexadecimal(line: 3, column: 6, byte: UInt8(ascii: "x"))) {
      try read("\n\(hex)\n  000x" + hex)
    }
    #expect(throws: HeaderInputError.notHexadecimal(line: 2, column: 1, byte: 0xff)) {
      try HeaderInput(reading: Array((hex + "\n").utf8) + [0xff])
    }
  }

  /// One change to the embedded table, and what must be said about it.
  @Test(
    arguments: [
      ("height,version", "height;version", .columns(line: 2, found: #""height;version,merkle_root,time,bits,non…""#)),
      ("previous hash of the first: 0000", "previous hash: 0000", .previousHashMissing),
      (
        "the first: 0000", "the first: 000",
        .previousHash(line: 1, found: #""000000000000000000078f4e50a09391670d061d…""#)
      ),
      ("822530,", "822531,", .heightNotNext(line: 5, expected: 822_530, found: 822_531)),
      ("822530,", "822530", .cellCount(line: 5, found: 5)),
      ("822530,", "822530,,", .cellCount(line: 5, found: 7)),
      ("822530,", "-822530,", cell(5, "height", number, "-822530")),
      ("822530,", "4294967296,", cell(5, "height", number, "4294967296")),
      (",0x2c000000,", ",2c000000,", cell(5, "version", word, "2c000000")),
      (",0x2c000000,", ",0x,", cell(5, "version", word, "0x")),
      (",0x2c000000,", ",0x02c000000,", cell(5, "version", word, "0x02c000000")),
      (
        ",861fa0ab", ",861fa0a",
        cell(
          5, "merkle_root", "64 hexadecimal digits", "861fa0a4d30f064a4822e65ea2b7d509c592687b0e0219cbccf191fad4b68fe")
      ),
      (",1703312358,", ",1703312358.5,", cell(5, "time", number, "1703312358.5")),
      (",1703312358,", ",,", cell(5, "time", number, "")),
      (",0x1703e8b3,2193287509", ",0x1703e8bz,2193287509", cell(5, "bits", word, "0x1703e8bz")),
      (",2193287509", ",99999999999999999999999999", cell(5, "nonce", number, "99999999999999999999999999")),
      (",2193287509", ",\u{1b}[2J", cell(5, "nonce", number, "?[2J")),
    ] as [(String, String, HeaderInputError)])
  func refusesAChangedTable(old: String, new: String, reason: HeaderInputError) throws {
    var table = String(decoding: OneDay.csv, as: UTF8.self)
    table.replaceSubrange(try #require(table.firstRange(of: old)), with: new)
    #expect(throws: reason) { try read(table) }
  }
  private static let number = "a number from 0 to 4,294,967,295"
  private static let word = "0x and 1 to 8 hexadecimal digits"
  private static func cell(_ line: Int, _ column: String, _ expected: String, _ found: String) -> HeaderInputError {
    .cell(line: line, column: column, expected: expected, found: quoted(Array(found.utf8)))
  }

  @Test func aTableWithoutRowsHoldsNoHeaders() throws {
    let head = String(decoding: OneDay.csv, as: UTF8.self).split(separator: "\n").prefix(2).joined(separator: "\n")
    #expect(throws: HeaderInputError.noHeaders) { try read(head) }
  }

  @Test func takesNoMoreAndNoLessThanThereIs() throws {
    let input = try dayInput()
    #expect(try input.first(144).headers == input.headers)
    for count in [0, -1, .min, 145, .max] {
      #expect(throws: HeaderInputError.count(count, available: 144)) { try input.first(count) }
    }
  }

  @Test func messagesSayWhereAndWhatToDo() {
    #expect(
      HeaderInputError.notWholeHeaders(bytes: 1234).description
        == "the input's 1,234 bytes are not whole headers of 80: 15 headers end at byte 1,200, 34 bytes follow")
    #expect(
      HeaderInputError.notHexadecimal(line: 12, column: 5, byte: 0xff).description
        == #"line 12, column 5: expected a hexadecimal digit, found "?" (byte 0xff)"#)
    #expect(
      HeaderInputError.count(500, available: 144).description == "500 headers were asked for, the input holds 144")
  }
}
