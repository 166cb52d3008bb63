// Every row of Bitcoin Core's script_tests.json, and of Bitcoin Inquisition's rows about OP_CAT: the verdict, and the
// rule that is broken.

import ApusScript
import ApusTestSupport
import Testing

/// One row: a witness with the amount, scriptSig, scriptPubKey, rules, the expected rule, and a comment.
private struct Row {
  let number: Int
  let transaction: SpendingTransaction
  let flags: CoreFlags
  let expected: String
  let text: String

  init(_ fields: [Any], number: Int) throws {
    var fields = fields[...]
    var (witness, value, output): ([[UInt8]], Int64, TaprootOutput?) = ([], 0, nil)
    if var elements = fields.first as? [Any] {
      fields.removeFirst()
      value = Int64((try #require(elements.removeLast() as? Double) * 1e8).rounded())
      for element in try #require(elements as? [String]) {
        if element.hasPrefix("#SCRIPT#") {
          let leaf = TapLeaf(script: try CoreScript.parse(String(element.dropFirst(8))))
          output = try TaprootOutput(internalKey: TaprootOutput.unspendableKey, tree: .leaf(leaf))
          witness.append(leaf.script.bytes)
        } else if element == "#CONTROLBLOCK#" {
          witness.append(try #require(output).leaves[0].controlBlock.bytes)
        } else {
          witness.append(bytes(element))
        }
      }
    }
    let texts = try fields.map { try #require($0 as? String) }
    let scriptPubKey = texts[1].split(separator: "#TAPROOTOUTPUT#", omittingEmptySubsequences: false)
      .joined(separator: "0x" + hex(output?.outputKey ?? []))
    self.number = number
    text = texts.joined(separator: " | ")
    flags = try CoreFlags(parsing: texts[2])
    expected = texts[3]
    transaction = try Self.spending(
      CoreScript.parse(scriptPubKey), value: value, with: CoreScript.parse(texts[0]), witness: witness)
  }

  /// The transaction that the test data are written for: it spends the only output of one that looks like a coinbase.
  private static func spending(
    _ script: Script, value: Int64, with scriptSig: Script, witness: [[UInt8]]
  ) throws -> SpendingTransaction {
    let nothing = OutPoint(transaction: [UInt8](repeating: 0, count: 32), output: .max)
    let output = TransactionOutput(value: value, script: script)
    let credit = Transaction(
      version: 1, inputs: [TransactionInput(previous: nothing, scriptSig: Script([0, 0]))], outputs: [output])
    let input = TransactionInput(
      previous: OutPoint(transaction: credit.id, output: 0), scriptSig: scriptSig, witness: witness)
    let spend = Transaction(
      version: 1, inputs: [input], outputs: [TransactionOutput(value: value, script: .empty)])
    return try SpendingTransaction(spend, spending: [output])
  }

  func verdict(_ flags: CoreFlags) -> String {
    do {
      try transaction.verify(input: 0, rules: flags.rules)
      return "OK"
    } catch { return error.rule.name }
  }
}

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct CoreScriptTests {
  private static func rows(_ file: String) throws -> [Row] {
    let list = try #require(ReferenceData.json("vectors/bitcoin/" + file) as? [[Any]])
    return try list.enumerated().filter { $0.element.count > 1 }.map { try Row($0.element, number: $0.offset) }
  }

  @Test(arguments: [
    ("bitcoin-core/script_tests.json", 1222), ("inquisition-optcat/op_cat_script_tests.json", 30),
  ])
  func everyRowBreaksTheRuleItNames(file: String, count: Int) throws {
    let rows = try Self.rows(file)
    #expect(rows.count == count)
    for row in rows {
      #expect(row.verdict(row.flags) == row.expected, "row \(row.number): \(row.text)")
    }
  }

  /// Rules only forbid: what passes still passes under fewer, what fails still fails under more.
  @Test func moreRulesNeverAllowMore() throws {
    var random = SeededGenerator(seed: 7)
    for row in try Self.rows("bitcoin-core/script_tests.json") {
      let passes = row.expected == "OK"
      for _ in 0..<16 {
        var flags = row.flags
        for flag in CoreFlags.all where Bool.random(using: &random) {
          if passes { flags.remove(flag) } else { flags.insert(flag) }
        }
        let verdict = row.verdict(passes ? flags.trimmed : flags)
        #expect((verdict == "OK") == passes, "row \(row.number) under \(flags): \(verdict); \(row.text)")
      }
    }
  }
}
