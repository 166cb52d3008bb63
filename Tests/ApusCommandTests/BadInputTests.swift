// Bad input: one clear line, its exit status, and nothing left behind.

import ApusStatements
import ApusTestSupport
import Testing

@Suite struct BadInputTests {
  let workspace = Workspace()

  private func expect(
    _ line: String, status: Int32 = 2, from outcome: Outcome, leaving names: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.firstError == "error: " + line, sourceLocation: sourceLocation)
    #expect(outcome.errors.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
    #expect(outcome.status == status, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(workspace.names == names, sourceLocation: sourceLocation)
  }

  // MARK: Usage

  @Test(arguments: [
    (["prove", "headers", "--frobnicate"], "unknown option '--frobnicate' (see 'apus prove headers --help')"),
    (["prove", "headers", "--count", "0"], "the number of headers must be at least 1, not 0"),
    (["prove", "headers", "--count", "145"], "one-day-822528.csv: 145 headers were asked for, the input holds 144"),
    (["prove", "headers", "--threads", "0"], "the number of threads must be from 1 to 1024, not 0"),
    (
      ["prove", "headers", "--hash", "poseidon2"],
      """
      proven128 needs 128 bits, but poseidon2 digests resist collisions with 123.6 bits only; choose blake3, sha256 or \
      keccak256, or a lower level
      """
    ),
    (
      ["prove", "headers", "--security", "proven80"],
      """
      the value 'proven80' is invalid for '--security <security>'. Please provide one of 'proven100', 'proven128', \
      'proven128-small' or 'peers'. (see 'apus prove headers --help')
      """
    ),
    (
      ["prove", "fibonacci", "--rows", "100"],
      "the number of rows must be a power of two from 32 to 16,777,216, not 100"
    ),
    (["verify"], "missing expected argument '<file> ...' (see 'apus verify --help')"),
    (
      ["verify", "x", "--anchor", "12"],
      """
      the value '12' is invalid for '--anchor <hash[:height]>': an anchor is HASH or HASH:HEIGHT with a hash of 64 \
      hexadecimal digits, not "12" (see 'apus verify --help')
      """
    ),
    (["frobnicate"], "unexpected argument 'frobnicate' (see 'apus --help')"),
  ])
  func usage(_ arguments: [String], line: String) throws { expect(line, from: try workspace.apus(arguments)) }

  // MARK: Headers

  @Test func unreadableFile() throws {
    expect("cannot read none.bin: No such file or directory", from: try prove("none.bin"))
    expect("cannot read /: Is a directory", from: try prove("/"))
  }

  @Test func emptyFile() throws {
    let file = workspace.write([], "headers.bin")
    expect(
      "headers.bin: the input is empty: give raw 80-byte headers, 160 hexadecimal digits a line, or a CSV table",
      from: try prove(file), leaving: [file])
  }

  @Test func lengthNotAMultipleOf80() throws {
    let file = workspace.write(Day.raw(0..<2).dropLast(), "headers.bin")
    expect(
      "headers.bin: the input's 159 bytes are not whole headers of 80: 1 headers end at byte 80, 79 bytes follow",
      from: try prove(file), leaving: [file])
  }

  @Test func headersThatDoNotLink() throws {
    let file = workspace.write(Day.raw(0..<2) + Day.raw(3..<4), "headers.bin")
    expect(
      """
      headers 822,529 and 822,530 do not link: header 822,530 names \(Day.headers[2].hash.abbreviated) as its parent, \
      but header 822,529 hashes to \(Day.headers[1].hash.abbreviated) (headers.bin, bytes 160–239)
      """, status: 1, from: try prove(file), leaving: [file])
  }

  @Test func headerAboveItsTarget() throws {
    var header = Day.headers[1]
    header.nonce ^= 1
    let file = workspace.write(Day.raw(0..<1) + header.bytes, "headers.bin")
    expect(
      """
      header 822,529 lacks proof of work: its hash \(header.hash) is above its target \
      \(try Target(bits: header.bits).value.hex) (headers.bin, bytes 80–159)
      """, status: 1, from: try prove(file), leaving: [file])
  }

  @Test func difficultyChangeInsideAPeriod() throws {
    var header = Day.headers[5]
    header.bits = 0x1703_e8b4
    let file = workspace.write(Day.raw(3..<5) + header.bytes, "headers.bin")
    expect(
      """
      headers 822,532 and 822,533 differ in difficulty: nBits 0x1703e8b3, then 0x1703e8b4, inside the period from \
      822,528 to 824,543 (headers.bin, bytes 160–239)
      """, status: 1, from: try prove(file, "--start-height", "822531"), leaving: [file])
    expect(
      """
      headers #2 and #3 differ in difficulty: nBits 0x1703e8b3, then 0x1703e8b4, which only the start of a period \
      allows: give the start height (headers.bin, bytes 160–239)
      """, status: 1, from: try prove(file), leaving: [file])
  }

  @Test func moreThanAPeriodWithoutAStartHeight() throws {
    let file = workspace.write(Array(repeating: Day.raw(3..<4), count: 2017).joined(), "headers.bin")
    expect(
      """
      2,017 headers are more than one proof covers (2,016), and without a start height it is unknown where difficulty \
      periods end: give the start height, or fewer headers
      """, from: try prove(file), leaving: [file])
  }

  @Test func startHeightAgainstACheckpoint() throws {
    let file = workspace.write(Day.raw(0..<2), "headers.bin")
    expect(
      """
      headers.bin cannot start at height 822,529: block \(Day.headers[0].previous.abbreviated) is known at height 822,527, \
      so that it starts at 822,528
      """, from: try prove(file, "--start-height", "822529"), leaving: [file])
  }

  @Test func startHeightAgainstTheTable() throws {
    let head = "height,version,merkle_root,time,bits,nonce"
    let table = """
      # previous hash of the first: \(Day.headers[3].previous)
      \(head)
      822531,0x\(String(Day.headers[3].version, radix: 16)),\(Day.headers[3].merkleRoot),\(Day.headers[3].time),\
      0x1703e8b3,\(Day.headers[3].nonce)
      """
    let file = workspace.write(table.utf8, "headers.csv")
    expect(
      "the start height given is 7, but the input's own is 822,531", from: try prove(file, "--start-height", "7"),
      leaving: [file])
  }

  /// Whatever the bytes, the command ends by itself and says why in one line.
  @Test func junk() throws {
    var random = SeededGenerator(seed: 3)
    for length in [1, 79, 80, 81, 160, 161, 4096] {
      for isText in [false, true] {
        let alphabet = isText ? Array("0123456789abcdef,#\n".utf8) : Array(UInt8.min...UInt8.max)
        let bytes = (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }
        let outcome = try workspace.apus(["prove", "headers", "--input", "-"], input: bytes)
        #expect(!outcome.wasKilled && (1...2).contains(outcome.status), "\(bytes)")
        #expect(outcome.firstError.hasPrefix("error: "), "\(bytes)")
      }
    }
    #expect(workspace.names.isEmpty)
  }

  // MARK: Output

  @Test func outputThatCannotBeWritten() throws {
    expect(
      "cannot write none/a.proof: No such file or directory",
      from: try workspace.apus("prove", "headers", "--count", "3", "--output", "none/a.proof"))
    expect(
      "cannot write .: it is there, and is not a regular file",
      from: try workspace.apus("prove", "headers", "--count", "3", "--output", "."))
    expect(
      "cannot write /dev/null: it is there, and is not a regular file",
      from: try workspace.apus("prove", "headers", "--count", "3", "--output", "/dev/null"))
  }

  @Test func noSpaceForTheProof() throws {
    expect(
      "cannot write headers.proof: File too large",
      from: try workspace.apus(after: "ulimit -f 16", "prove", "headers", "--count", "3"))

    // What was there before stays as it was.
    let old = workspace.write(Array("old".utf8), "headers.proof")
    expect(
      "cannot write headers.proof: File too large",
      from: try workspace.apus(after: "ulimit -f 16", "prove", "headers", "--count", "3"), leaving: [old])
    #expect(workspace.read(old) == Array("old".utf8))
  }

  @Test func noSpaceForTheReport() throws {
    let outcome = try workspace.apus(after: "exec >/dev/full", "info")
    expect("cannot write to standard output: No space left on device", from: outcome)
  }

  private func prove(_ input: String, _ more: String...) throws -> Outcome {
    try workspace.apus(["prove", "headers", "--input", input] + more)
  }
}
