// Running scripts by themselves: errors tell where and on which stack, the stepper is the interpreter, limits hold, and
// memory that is moved stays what it was.

import ApusDigest
import ApusScript
import ApusTestSupport
import Testing

/// The error of a script that runs as a tapscript under block rules.
private func failure(
  of text: String, on stack: [[UInt8]] = [], version: ScriptVersion = .tapscript, rules: Rules = .block
) throws -> ScriptError? {
  var execution = Execution(try Script(assembly: text), on: stack, version: version, rules: rules)
  do {
    try execution.runToEnd()
    return nil
  } catch { return error }
}

private func stack(after text: String, on stack: [[UInt8]] = [], rules: Rules = .block) throws -> [[UInt8]] {
  var execution = Execution(
    try Script(assembly: text, opcodes: rules.opcodes), on: stack, version: .tapscript, rules: rules)
  try execution.runToEnd()
  return Array(execution.stack)
}

@Suite struct ExecutionTests {
  @Test func errorsTellWhere() throws {
    let error = try #require(try failure(of: "1 0x0102030405060708090a TOALTSTACK 2 DUP 3 EQUALVERIFY 4"))
    #expect(error.rule == .equalVerify)
    #expect(error.stage == .script)
    #expect(error.place?.opcode == .equalVerify)
    #expect(error.place?.index == 6)
    #expect(error.place?.position == 16)
    #expect(Array(error.stack) == [[1], [2], [2], [3]])
    #expect(Array(error.altStack) == [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]])
    #expect(
      "\(error)" == "EQUALVERIFY in script, instruction 6 at byte 16, OP_EQUALVERIFY: "
        + "OP_EQUALVERIFY found different elements")
  }

  @Test func errorsAtTheEndHaveNoPlace() throws {
    let error = try #require(try failure(of: "1 IF 2"))
    #expect(error.rule == .unbalancedConditional)
    #expect(error.place == nil)
    #expect(Array(error.stack) == [[2]])
  }

  /// The stack at an error is the stack before the opcode, whatever the opcode had looked at.
  @Test(arguments: [
    ("1 0 VERIFY", ScriptRule.verify), ("1 2 NUMEQUALVERIFY", .numEqualVerify), ("1 2 PICK", .invalidStackOperation),
    ("1 -1 ROLL", .invalidStackOperation), ("1 0x0000000000 ADD", .scriptNumber), ("5 2 IF ENDIF", .tapscriptMinimalIf),
    ("1 DROP 1 2 3 0 WITHIN 0x0102030405 1 1 WITHIN", .scriptNumber), ("1 2DUP", .invalidStackOperation),
    ("1 FROMALTSTACK", .invalidAltStackOperation), ("1 0 0 CHECKMULTISIG", .tapscriptCheckMultiSig),
    ("1 0 CHECKSIG", .tapscriptValidationWeight), ("0 0 CHECKSIG", .tapscriptEmptyPubkey), ("7 RETURN", .opReturn),
    ("1 1 CHECKLOCKTIMEVERIFY", .noTransaction), ("1 -1 CHECKSEQUENCEVERIFY", .negativeLockTime),
  ])
  func stackAtAnErrorIsTheOneBefore(text: String, rule: ScriptRule) throws {
    let error = try #require(try failure(of: text))
    #expect(error.rule == rule)
    let before = text.split(separator: " ").dropLast(text.hasSuffix("IF ENDIF") ? 2 : 1).joined(separator: " ")
    #expect(Array(error.stack) == (try stack(after: before)))
  }

  @Test func stepsAreTheRun() throws {
    let script = try Script(assembly: "1 IF 2 TOALTSTACK 0 IF 7 ELSE 3 ENDIF ENDIF FROMALTSTACK ADD")
    var execution = Execution(script, version: .tapscript, rules: .block)
    var seen: [String] = []
    while !execution.isAtEnd {
      let before = "\(execution.position)/\(execution.branchDepth)\(execution.isExecuting ? "" : "-")"
      #expect(try execution.step())
      seen.append(
        "\(before):\(execution.stack.map(hex).joined(separator: ",")):\(execution.altStack.map(hex).joined())")
    }
    #expect(try !execution.step())
    #expect(
      seen == [
        "0/0:01:", "1/0::", "2/1:02:", "3/1::02", "4/1::02", "5/1::02", "6/2-::02", "7/2-::02", "8/2:03:02",
        "9/2:03:02",
        "10/1:03:02", "11/0:03,02:", "12/0:05:",
      ])
    #expect(execution.peakStack == 2)
  }

  @Test func aFailedStepStaysWhereItIs() throws {
    var execution = Execution(try Script(assembly: "1 ADD"), version: .tapscript, rules: .block)
    #expect(try execution.step())
    for _ in 0..<2 {
      let error = #expect(throws: ScriptError.self) { try execution.step() }
      #expect(error?.rule == .invalidStackOperation)
      #expect(error?.place?.index == 1)
    }
  }

  @Test func sizesAreLimited() throws {
    let full = [[UInt8]](repeating: [1], count: 1000)
    #expect(try failure(of: "DUP", on: full)?.rule == .stackSize)
    #expect(try failure(of: "TOALTSTACK DUP", on: full)?.rule == .stackSize)
    #expect(try failure(of: "DROP DUP TOALTSTACK", on: full) == nil)
    let nops = String(repeating: "NOP ", count: 202)
    #expect(try failure(of: nops, version: .witnessV0)?.place?.index == 201)
    #expect(try failure(of: nops, version: .witnessV0)?.rule == .opCount)
    #expect(try failure(of: nops) == nil)
    var long = Execution(Script([UInt8](repeating: 0x51, count: 10_001)), version: .legacy, rules: .block)
    #expect(throws: ScriptError.self) { try long.runToEnd() }
    var push = Execution(
      Script([0x4d, 0x09, 0x02] + [UInt8](repeating: 0, count: 521)), version: .legacy, rules: .block)
    let error = #expect(throws: ScriptError.self) { try push.runToEnd() }
    #expect(error?.rule == .pushSize)
  }

  /// Long elements by the thousand, some of them kept and copied: the arena moves many times, and no byte changes.
  @Test func memoryThatMovesStaysWhatItWas() throws {
    var assembler = ScriptAssembler()
    let kept = (0..<40).map { i in (0..<520).map { UInt8(truncatingIfNeeded: $0 * 7 + i) } }
    for element in kept {
      assembler.push(element)
      assembler.append(.dup)
      assembler.append(.toAltStack)
    }
    for i in 0..<2000 {
      assembler.push([UInt8](repeating: UInt8(truncatingIfNeeded: i), count: 9 + i % 500))
      assembler.append(.sha256)
      assembler.append(.drop)
    }
    for _ in kept { assembler.append(.fromAltStack) }
    var execution = Execution(assembler.script, version: .tapscript, rules: .block)
    try execution.runToEnd()
    #expect(Array(execution.stack) == kept + kept.reversed())
  }

  @Test func hashesAreTheDigests() throws {
    for count in [0, 1, 8, 9, 32, 33, 520] {
      let element = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 3) }
      let sha256 = SHA256.hash(element)
      #expect(
        try stack(after: "DUP SHA256 OVER HASH256 2 PICK RIPEMD160 3 PICK HASH160 4 PICK SHA1", on: [element]) == [
          element, sha256, SHA256.hash(sha256), RIPEMD160.hash(element), RIPEMD160.hash(sha256), SHA1.hash(element),
        ])
    }
  }

  @Test func elementsAreJoined() throws {
    let rules = Rules(opcodes: .concatenation)
    for (first, second) in [(0, 0), (0, 8), (8, 0), (3, 5), (4, 5), (8, 8), (9, 1), (1, 519), (520, 0), (260, 260)] {
      let a = (0..<first).map { UInt8(truncatingIfNeeded: $0 + 1) }
      let b = (0..<second).map { UInt8(truncatingIfNeeded: 255 - $0) }
      #expect(try stack(after: "CAT", on: [[7], a, b], rules: rules) == [[7], a + b])
    }
    let long = [UInt8](repeating: 1, count: 260)
    var execution = Execution(Script([0x7e]), on: [long, long + [1]], version: .tapscript, rules: rules)
    let error = #expect(throws: ScriptError.self) { try execution.runToEnd() }
    #expect(error?.rule == .pushSize)
    #expect(error?.stack.count == 2)
    var without = Execution(Script([0x7e]), on: [long, long], version: .tapscript, rules: .block)
    #expect(throws: ScriptError.self) { try without.runToEnd() }
  }

  /// The opcodes that only move elements, on elements of both kinds, against their definitions over arrays.
  @Test(arguments: [
    ("2DUP", [0, 1, 2, 3, 4, 5, 4, 5]), ("3DUP", [0, 1, 2, 3, 4, 5, 3, 4, 5]), ("2OVER", [0, 1, 2, 3, 4, 5, 2, 3]),
    ("2ROT", [2, 3, 4, 5, 0, 1]), ("2SWAP", [0, 1, 4, 5, 2, 3]), ("NIP", [0, 1, 2, 3, 5]),
    ("OVER", [0, 1, 2, 3, 4, 5, 4]), ("ROT", [0, 1, 2, 4, 5, 3]), ("SWAP", [0, 1, 2, 3, 5, 4]),
    ("TUCK", [0, 1, 2, 3, 5, 4, 5]), ("3 PICK", [0, 1, 2, 3, 4, 5, 2]), ("3 ROLL", [0, 1, 3, 4, 5, 2]),
    ("0 ROLL", [0, 1, 2, 3, 4, 5]), ("5 ROLL", [1, 2, 3, 4, 5, 0]), ("IFDUP", [0, 1, 2, 3, 4, 5, 5]),
    ("2DROP", [0, 1, 2, 3]), ("DROP DUP", [0, 1, 2, 3, 4, 4]),
  ])
  func movesAreTheirDefinitions(text: String, order: [Int]) throws {
    let short = (1...6).map { [UInt8($0)] }
    let long = (1...6).map { [UInt8](repeating: UInt8($0), count: 20 + $0) }
    for elements in [short, long] {
      #expect(try stack(after: text, on: elements) == order.map { elements[$0] })
    }
  }
}
