// Text to script and back: shortest pushes, no OP_SUCCESSx unasked, positions, and errors that say where.

import ApusScript
import ApusTestSupport
import Testing

@Suite struct AssemblyTests {
  @Test(arguments: [
    ("", ""), ("0 -1 1 16 17 -2 128", "004f5160011101820280 00"), ("0x 0x00 0x01 0x10 0x11 0x81", "0001005160 01114f"),
    ("OP_DUP hash160", ""), ("OP_TRUE FALSE OP_1 OP_0 OP_16", "51005100 60"),
    (
      "DUP HASH160 0x000102030405060708090a0b0c0d0e0f10111213 EQUALVERIFY CHECKSIG # to a key",
      "76a914000102030405060708090a0b0c0d0e0f1011121388ac"
    ),
    ("2147483647 -2147483647 549755813887", "04ffffff7f 04ffffffff 05ffffffff7f"), ("1 # one\n2", "5152"),
  ])
  func wordsBecomeBytes(text: String, script: String) throws {
    guard !script.isEmpty || text.isEmpty else {
      #expect(throws: AssemblyError(reason: .unknownWord, word: "hash160", line: 1, column: 2)) {
        try Script(assembly: text)
      }
      return
    }
    #expect(hex(try Script(assembly: text).bytes) == script.filter { $0 != " " })
  }

  @Test func longDataTakeTheShortestPush() throws {
    for (count, prefix) in [(75, "4b"), (76, "4c4c"), (255, "4cff"), (256, "4d0001"), (520, "4d0802")] {
      let digits = String(repeating: "ab", count: count)
      #expect(hex(try Script(assembly: "0x" + digits).bytes) == prefix + digits)
    }
  }

  @Test(arguments: [
    ("1 2\nADD FOO", AssemblyError(reason: .unknownWord, word: "FOO", line: 2, column: 2)),
    ("0x123", AssemblyError(reason: .badHexadecimal, word: "0x123", line: 1, column: 1)),
    ("0xzz", AssemblyError(reason: .badHexadecimal, word: "0xzz", line: 1, column: 1)),
    ("549755813888", AssemblyError(reason: .numberTooLarge, word: "549755813888", line: 1, column: 1)),
    ("99999999999999999999", AssemblyError(reason: .numberTooLarge, word: "99999999999999999999", line: 1, column: 1)),
    ("OP_PUSHDATA1 0x01", AssemblyError(reason: .pushOpcode, word: "OP_PUSHDATA1", line: 1, column: 1)),
    ("1 CAT", AssemblyError(reason: .success, word: "CAT", line: 1, column: 2)),
    ("OP_SUCCESS187", AssemblyError(reason: .success, word: "OP_SUCCESS187", line: 1, column: 1)),
    ("RESERVED", AssemblyError(reason: .success, word: "RESERVED", line: 1, column: 1)),
    ("1 { 2 }", AssemblyError(reason: .strayBrace, word: "{", line: 1, column: 2)),
    ("a{ } }", AssemblyError(reason: .strayBrace, word: "}", line: 1, column: 3)),
    ("a{\nb{ } c{ 1", AssemblyError(reason: .openGadget, word: "c{", line: 2, column: 3)),
    ("a{ }b", AssemblyError(reason: .unknownWord, word: "}b", line: 1, column: 2)),
  ])
  func whatIsWrongIsNamed(text: String, error: AssemblyError) {
    #expect(throws: error) { try Script(assembly: text) }
  }

  @Test func tooLongDataAreRefused() {
    let word = "0x" + String(repeating: "00", count: 521)
    #expect(throws: AssemblyError(reason: .dataTooLong(521), word: word, line: 1, column: 1)) {
      try Script(assembly: word)
    }
  }

  @Test func successIsWrittenOnlyWhenAskedFor() throws {
    #expect(try Script(assembly: "CAT", opcodes: .concatenation).bytes == [0x7e])
    #expect(throws: AssemblyError.self) { try Script(assembly: "SUBSTR", opcodes: .concatenation) }
    #expect(try Script(assembly: "OP_SUCCESS254 VER", allowingSuccess: true).bytes == [0xfe, 0x62])
  }

  /// Every opcode has one name, and the name leads back.
  @Test func namesAreUnique() {
    let opcodes = (UInt8.min...UInt8.max).map(Opcode.init)
    #expect(Set(opcodes.map(\.description)).count == 256)
    for opcode in opcodes where opcode.rawValue == 0 || opcode.rawValue > 0x4b {
      #expect(Opcode(name: opcode.description) == opcode)
      #expect(Opcode(name: opcode.shortName) == opcode)
    }
    #expect(opcodes.filter(\.isSuccess).count == 87)
  }

  @Test func placesAreTold() throws {
    let script = Script(bytes("51020102ac4c0107"))
    let instructions = try script.instructions()
    #expect(instructions.map(\.position) == [0, 1, 4, 5])
    #expect(instructions.map(\.index) == [0, 1, 2, 3])
    #expect(instructions.map(\.data) == [nil, [1, 2], nil, [7]])
    #expect(script.assembly == "OP_1 0x0102 OP_CHECKSIG OP_PUSHDATA1 0x07")
    #expect(
      throws: TruncatedPush(opcode: .pushData2, index: 1, position: 1, scriptBytes: 4)
    ) { try Script([0x51, 0x4d, 5, 0]).instructions() }
    #expect(Script([0x51, 0x02, 1]).assembly == "OP_1 OP_PUSHBYTES_2 (cut short)")
  }

  /// What the assembler makes is read back as the same text, and that text as the same script.
  @Test func textAndScriptAreTheSame() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      var assembler = ScriptAssembler()
      for _ in 0..<Int.random(in: 0..<40, using: &random) {
        let opcode = Opcode(rawValue: .random(in: 0...255, using: &random))
        if assembler.accepts(opcode) {
          assembler.append(opcode)
        } else if Bool.random(using: &random) {
          assembler.push(Int.random(in: -300...300, using: &random))
        } else {
          let count = Int.random(in: 0...520, using: &random)
          assembler.push((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
      }
      let script = assembler.script
      #expect(try Script(assembly: script.assembly) == script)
      #expect(script.tapscriptVerdict(under: .block) == .runs)
    }
  }
}
