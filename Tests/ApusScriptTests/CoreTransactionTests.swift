// Every row of Bitcoin Core's tx_valid.json and tx_invalid.json: whole transactions, with the rules that decide them.

import ApusScript
import ApusTestSupport
import Testing

/// One row: the outputs spent, the transaction, and rules.
private struct Row {
  let number: Int
  let transaction: Transaction
  let spent: [OutPoint: TransactionOutput]
  let flags: String

  init(_ fields: [Any], number: Int) throws {
    var spent: [OutPoint: TransactionOutput] = [:]
    for output in try #require(fields[0] as? [[Any]]) {
      let index = try #require(output[1] as? Int)
      let previous = OutPoint(
        transaction: bytes(try #require(output[0] as? String)).reversed(), output: UInt32(truncatingIfNeeded: index))
      let value = output.count > 3 ? try #require(output[3] as? Int) : 0
      spent[previous] = TransactionOutput(
        value: Int64(value), script: try CoreScript.parse(try #require(output[2] as? String)))
    }
    self.number = number
    self.spent = spent
    transaction = try Transaction(bytes(try #require(fields[1] as? String)))
    flags = try #require(fields[2] as? String)
  }

  /// Whether all inputs may be spent.
  func passes(_ flags: CoreFlags) throws -> Bool {
    let outputs = try transaction.inputs.map { try #require(spent[$0.previous]) }
    let spending = try SpendingTransaction(transaction, spending: outputs)
    return transaction.inputs.indices.allSatisfy { input in
      if case .failure = Result(catching: { try spending.verify(input: input, rules: flags.rules) }) { return false }
      return true
    }
  }
}

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")) struct CoreTransactionTests {
  private static func rows(_ file: String) throws -> [Row] {
    let list = try #require(ReferenceData.json("vectors/bitcoin/bitcoin-core/" + file) as? [[Any]])
    return try list.enumerated().filter { $0.element.count > 1 }.map { try Row($0.element, number: $0.offset) }
  }

  /// The rules named are those that must be left out, and each of them must.
  @Test func validTransactionsPass() throws {
    let rows = try Self.rows("tx_valid.json")
    #expect(rows.count >= 115)
    for row in rows {
      #expect(throws: Never.self, "row \(row.number)") { try row.transaction.check() }
      let excluded = try CoreFlags(parsing: row.flags)
      let flags = CoreFlags(CoreFlags.all.filter { !excluded.contains($0) }).trimmed
      #expect(try row.passes(flags), "row \(row.number)")
      for flag in CoreFlags.all {
        if excluded.contains(flag) {
          var more = flags
          more.insert(flag)
          // Where the rule has no ground of its own, it is not what decides.
          if more.trimmed == more { #expect(try !row.passes(more), "row \(row.number) without need excludes \(flag)") }
        } else {
          var fewer = flags
          fewer.remove(flag)
          #expect(try row.passes(fewer.trimmed), "row \(row.number) without \(flag)")
        }
      }
    }
  }

  /// The rules named make the transaction invalid, and each is needed for that.
  @Test func invalidTransactionsFail() throws {
    let rows = try Self.rows("tx_invalid.json")
    #expect(rows.count >= 90)
    for row in rows {
      if row.flags == "BADTX" {
        #expect(throws: TransactionDefect.self, "row \(row.number)") { try row.transaction.check() }
        continue
      }
      let flags = try CoreFlags(parsing: row.flags)
      #expect(try !row.passes(flags), "row \(row.number)")
      for flag in CoreFlags.all {
        if flags.contains(flag) {
          var fewer = flags
          fewer.remove(flag)
          #expect(try row.passes(fewer.trimmed), "row \(row.number) fails without \(flag) too")
        } else {
          var more = flags
          more.insert(flag)
          #expect(try !row.passes(more), "row \(row.number) passes with \(flag)")
        }
      }
    }
  }
}
