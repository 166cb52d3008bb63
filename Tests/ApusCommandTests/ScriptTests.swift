// `apus script`: what each command says, for people and as JSON, and what it answers to bad input.

import ApusScript
import Foundation
import Testing

@Suite struct ScriptTests {
  let workspace = Workspace()

  @Test func assemblesAndDisassembles() throws {
    let assembled = try workspace.apus("script", "asm", "1 IF 0x0102 ELSE -1 ENDIF 1000")
    #expect(assembled.output == "5163020102674f6802e803\n")
    let listed = try workspace.apus("script", "disasm", "5163020102674f6802e803")
    #expect(
      listed.output == """
             0       0  OP_1
             1       1  OP_IF
             2       2    0x0102
             3       5  OP_ELSE
             4       6    OP_1NEGATE
             5       7  OP_ENDIF
             6       8  0xe803

        """)
    workspace.write("5163020102674f6802e803\n".utf8, "script.hex")
    let json = try workspace.apus("script", "disasm", "--file", "script.hex", "--json").json
    #expect((json?["lines"] as? [[String: Any]])?[2]["data"] as? String == "0102")
  }

  @Test(arguments: [
    (["asm", "1 CAT"], 2, "line 1, word 2: CAT makes every tapscript succeed that holds it"),
    (["asm", "FOO"], 2, "line 1, word 1: FOO is no opcode, number, 0x data or name{"),
    (["asm", "1 a{ 2"], 2, "line 1, word 2: a{ begins a gadget that no } ends"),
    (["asm", "--hex", "51"], 2, "--hex belongs to the other commands"),
    (["disasm", "5"], 2, "the script has 1 hexadecimal digits"), (["disasm", "5g"], 2, "character 2 is \"g\""),
    (["disasm", "4d05"], 1, "instruction 0 at byte 0, OP_PUSHDATA2, pushes more bytes than are left"),
    (["run", "--spent", "1:51", "1"], 2, "--spent belongs to a transaction"),
    (["run", "--tx", "00"], 2, "the transaction: byte 0: 4 more bytes are needed and 1 are left"),
    (["run", "--stack", "DUP", "1"], 2, "--stack holds pushes alone"),
    (["weight", "--depth", "129", "1"], 2, "a leaf's depth is from 0 to 128, not 129"),
    (["address", "bc1qqqq"], 1, "bc1qqqq is no address of mainnet"),
    (["address", "--script", "51"], 1, "the script has no address"),
    (["run", "1", "2", "NUMEQUALVERIFY"], 1, "NUMEQUALVERIFY in script, instruction 2 at byte 2"),
    (["step", "--as", "legacy", "0", "CAT"], 1, "DISABLED_OPCODE in script, instruction 1 at byte 1, OP_CAT"),
  ])
  func namesWhatIsWrong(arguments: [String], status: Int32, message: String) throws {
    let outcome = try workspace.apus(["script"] + arguments)
    #expect(outcome.status == status)
    #expect(outcome.firstError.contains(message), "\(outcome.errors)")
    #expect(!outcome.wasKilled)
  }

  @Test func runsAScript() throws {
    let outcome = try workspace.apus(
      "script", "run", "--stack", "0x616263", "SHA256", "SIZE", "32", "EQUALVERIFY", "DROP", "1")
    #expect(outcome.status == 0)
    #expect(
      outcome.output
        == "  verdict      valid\n  stack        01\n  ran          6 instructions, 3 elements at most\n")
    let cat = try workspace.apus("script", "run", "--cat", "--json", "0x0102 0x03 CAT 0x010203 EQUAL")
    #expect(cat.json?["verdict"] as? String == "valid")
    let refused = try workspace.apus("script", "run", "--json", "1 0 VERIFY")
    #expect(refused.status == 1)
    let breach = refused.json?["breach"] as? [String: Any]
    #expect(breach?["rule"] as? String == "VERIFY")
    #expect(breach?["index"] as? Int == 2)
    #expect(breach?["stack"] as? [String] == ["01", ""])
  }

  @Test func stepsAScript() throws {
    let outcome = try workspace.apus("script", "step", "1 IF 2 TOALTSTACK ELSE 3 ENDIF 4")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines[4].hasSuffix("   OP_TOALTSTACK            - | 02"))
    #expect(lines[6].contains("(OP_3)"))
    let part = try workspace.apus("script", "step", "--from", "1", "--limit", "2", "--json", "1 2 3 2DROP")
    #expect((part.json?["steps"] as? [Any])?.count == 2)
    #expect(part.json?["total"] as? Int == 4)
  }

  /// The path of each gadget, from the script's own text and from a source map of its bytes.
  @Test func gadgetsAreNamed() throws {
    let text = "five{ 2 double{ DUP ADD } 1ADD } NUMEQUALVERIFY 1"
    let expected = """
      script: five
        0     0      OP_2                       02 02
      script: five › double
        1     1      OP_DUP                     02 02 02
        2     2      OP_ADD                     02 04
      script: five
        3     3      OP_1ADD                    02 05

      """
    let written = try workspace.apus("script", "step", "--stack", "2", text)
    #expect(written.output == expected)
    #expect(written.status == 1)

    let assembled = try workspace.apus("script", "asm", "--json", text)
    #expect((assembled.json?["gadgets"] as? [[String: Any]])?.map { $0["end"] as? Int } == [4, 3])
    workspace.write(assembled.output.utf8, "map.json")
    let mapped = try workspace.apus(
      "script", "step", "--stack", "2", "--source-map", "map.json", "--hex", "5276938b9d51")
    #expect(mapped.output == expected)
    let listed = try workspace.apus("script", "disasm", "--source-map", "map.json", "5276938b9d51")
    #expect(listed.output.hasPrefix("five\n     0       0  OP_2\nfive › double\n     1       1  OP_DUP\n"))
    let other = try workspace.apus("script", "run", "--source-map", "map.json", "1")
    #expect(other.status == 2)
    #expect(other.firstError.contains("the source map is another script's"))
  }

  @Test func gadgetsAreWeighed() throws {
    let text = "sum{ 1 double{ 0x0102 DUP ADD } double{ DUP ADD } } 5 EQUAL"
    let outcome = try workspace.apus("script", "weight", text)
    #expect(
      outcome.output.hasSuffix(
        """
        gadgets, with those in them
          sum                                      8 bytes, 6 instructions
          sum › double                             7 bytes, 5 instructions, 2 times together

        """))
    let json = try workspace.apus("script", "weight", "--json", text).json
    #expect((json?["gadgets"] as? [[String: Any]])?.map { $0["instructions"] as? Int } == [6, 5])
    let plain = try workspace.apus("script", "weight", "1")
    #expect(!plain.output.contains("gadgets"))
  }

  @Test func anErrorIsInItsGadgets() throws {
    let outcome = try workspace.apus("script", "run", "check{ 1 equal{ 2 EQUALVERIFY } }")
    #expect(outcome.output.contains("  gadget       check › equal\n"))
    #expect(outcome.firstError.hasSuffix("found different elements, in check › equal"))
    let json = try workspace.apus("script", "run", "--json", "check{ 1 equal{ 2 EQUALVERIFY } }").json
    #expect((json?["breach"] as? [String: Any])?["gadgets"] as? [String] == ["check", "equal"])
  }

  @Test(arguments: [
    ("[]", "expected an object"), ("{", "is not JSON"), (#"{"script":"5","bytes":0,"gadgets":[]}"#, "script: expected"),
    (#"{"script":"51","bytes":2,"gadgets":[]}"#, "bytes: expected a whole number from 1 to 1"),
    (#"{"script":"5151","bytes":2,"gadgets":[{"name":"a","begin":1,"end":3}]}"#, "gadgets[0].end: expected a whole"),
    (
      #"{"script":"51","bytes":1,"gadgets":[{"name":"a","begin":1,"end":1},{"name":"b","begin":0,"end":1}]}"#,
      "gadgets: gadget 1 begins before"
    ),
    (
      #"{"script":"51","bytes":1,"gadgets":[{"name":"\u001b[2J","begin":0,"end":1}]}"#,
      "gadgets: expected names without control characters"
    ),
    (#"{"script":"51","bytes":1,"gadgets":[],"more":1}"#, "unknown member"),
  ])
  func badSourceMapsAreRefused(json: String, message: String) throws {
    workspace.write(json.utf8, "map.json")
    let outcome = try workspace.apus("script", "run", "--source-map", "map.json", "1")
    #expect(outcome.status == 2)
    #expect(outcome.firstError.contains("map.json") && outcome.firstError.contains(message), "\(outcome.errors)")
  }

  /// A tapscript's input, valid for blocks, refused by relay for its OP_NOP1, and invalid with another preimage.
  @Test func runsAnInput() throws {
    let digest = "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let script = try Script(assembly: "NOP1 SHA256 \(digest) EQUAL")
    let output = try TaprootOutput(internalKey: TaprootOutput.unspendableKey, tree: .leaf(TapLeaf(script: script)))
    func run(_ preimage: String, _ more: String...) throws -> Outcome {
      let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
      let witness = [Array(preimage.utf8), script.bytes, output.leaves[0].controlBlock.bytes]
      let transaction = Transaction(
        inputs: [TransactionInput(previous: previous, witness: witness)],
        outputs: [TransactionOutput(value: 1, script: Script([0x51]))])
      let spent = "1000:" + digits(output.script.bytes)
      return try workspace.apus(["script"] + more + ["--tx", digits(transaction.bytes), "--spent", spent])
    }
    let valid = try run("abc", "run", "--rules", "block")
    #expect(valid.status == 0)
    #expect(valid.output.contains("verdict      valid\n"))
    let refused = try run("abc", "run", "--json")
    #expect(refused.status == 1)
    #expect(refused.json?["verdict"] as? String == "non-standard")
    #expect((refused.json?["breach"] as? [String: Any])?["rule"] as? String == "DISCOURAGE_UPGRADABLE_NOPS")
    let invalid = try run("abd", "run", "--rules", "block")
    #expect(invalid.status == 1)
    #expect(invalid.output.contains("rule         EVAL_FALSE"))
    let steps = try run("abc", "step", "--rules", "block")
    #expect(steps.status == 0)
    #expect(steps.output.contains("\ntapscript\n"))
    #expect(steps.output.contains("OP_EQUAL                   01\n"))

    // The tapscript's source map, as its author has it.
    let map = try workspace.apus("script", "asm", "--json", "NOP1 hash{ SHA256 \(digest) } EQUAL")
    workspace.write(map.output.utf8, "map.json")
    let mapped = try run("abc", "step", "--rules", "block", "--source-map", "map.json")
    #expect(mapped.output.contains("\ntapscript: hash\n"))
    let early = try run("abc", "run", "--source-map", "map.json", "--json").json?["breach"] as? [String: Any]
    #expect(early?["gadgets"] as? [String] == [])
    workspace.write(#"{"script":"51","bytes":1,"gadgets":[]}"#.utf8, "map.json")
    let other = try run("abc", "run", "--source-map", "map.json")
    #expect(other.firstError.contains("the source map is of none of the scripts that the input brings"))
  }

  /// A key's output spent into too little of one, with a fee and without; and more spent than there is.
  @Test func weighsTransactions() throws {
    let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
    let script = Script([0x52, 2, 1, 2])
    let dust = TransactionOutput(
      value: 200, script: WitnessProgram(version: 0, bytes: .init(repeating: 3, count: 20)).script)
    let transaction = Transaction(inputs: [TransactionInput(previous: previous)], outputs: [dust])
    func weigh(_ value: Int, _ rules: String...) throws -> Outcome {
      try workspace.apus(
        ["script", "weight", "--tx", digits(transaction.bytes), "--spent", "\(value):" + digits(script.bytes)] + rules)
    }
    let refused = try weigh(300, "--json")
    #expect(refused.status == 1)
    #expect(refused.json?["verdict"] as? String == "non-standard")
    #expect(refused.json?["weight"] as? Int == 4 * 82)
    #expect(refused.json?["virtualSize"] as? Int == 82)
    #expect(refused.json?["fee"] as? Int == 100)
    let reasons = try #require(refused.json?["nonStandard"] as? [[String: String]])
    #expect(reasons.map { $0["name"] } == ["dust", "bad-txns-nonstandard-inputs"])
    let breaches = try #require(refused.json?["notRelayed"] as? [[String: Any]])
    #expect(
      (breaches.first?["breach"] as? [String: Any])?["rule"] as? String == "DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM")
    #expect(try !weigh(200).output.contains("dust"))
    let invalid = try weigh(100)
    #expect(invalid.status == 1)
    #expect(invalid.output.contains("wrong        the outputs hold 100 satoshi more than the inputs bring\n"))
    #expect(try workspace.apus("script", "weight", "--spent", "1:51").status == 2)
  }

  /// A PSBT of version 0 with one final input that spends OP_1, as bytes, base64 and digits; and one that is not final.
  @Test func runsPSBTs() throws {
    let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
    let output = TransactionOutput(value: 1, script: Script([0x51]))
    let unsigned = Transaction(inputs: [TransactionInput(previous: previous)], outputs: [output]).bytes
    let spent: [UInt8] = [1, 1, 10, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0x51]
    let head: [UInt8] = [0x70, 0x73, 0x62, 0x74, 0xff, 1, 0, UInt8(unsigned.count)] + unsigned + [0] + spent
    let psbt: [UInt8] = head + [1, 7, 0, 0, 0]
    workspace.write(psbt, "bytes.psbt")
    workspace.write(digits(psbt).utf8, "digits.psbt")
    workspace.write(Data(psbt).base64EncodedString(options: .lineLength64Characters).utf8, "base64.psbt")
    workspace.write(head + [0, 0], "open.psbt")
    for name in ["bytes.psbt", "digits.psbt", "base64.psbt"] {
      let run = try workspace.apus("script", "run", "--rules", "block", "--psbt", name)
      #expect(run.status == 0, "\(name): \(run.errors)")
      #expect(run.output.contains("verdict      valid"))
    }
    #expect(try workspace.apus("script", "weight", "--json", "--psbt", "bytes.psbt").json?["fee"] as? Int == 1)
    let open = try workspace.apus("script", "run", "--psbt", "open.psbt")
    #expect(open.status == 2)
    #expect(open.errors.contains("the PSBT: input 0: it is not final"))
    #expect(try workspace.apus("script", "run", "--psbt", "open.psbt", "--spent", "1:51").status == 2)
    #expect(try workspace.apus("script", "run", "--psbt", "open.psbt", "--tx", "00").status == 2)
  }

  @Test func showsWeightsAndAddresses() throws {
    let weight = try workspace.apus("script", "weight", "--json", "--depth", "3", "1 2 ADD CHECKSIG").json
    #expect(weight?["tapleafWeight"] as? Int == 1 + 4 + 1 + 33 + 96)
    let address = try workspace.apus("script", "address", "--json", "BC1SW50QGDZ25J").json
    #expect(address?["script"] as? String == "6002751e")
    #expect(try workspace.apus("script", "address", "--script", "6002751e").output.contains("bc1sw50qgdz25j"))
  }
}

private func digits(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
