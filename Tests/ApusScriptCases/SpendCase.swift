// One question for both sides: may this input spend that output, under these rules?

public import ApusScript

public struct SpendCase: Sendable {
  /// The transaction as bytes: what is read from them is part of the question.
  public var transaction: [UInt8]
  public var spentOutputs: [TransactionOutput]
  public var input: Int
  public var rules: Rules
  /// What kind of spend it is, for the tally.
  public var kind: String

  /// What the oracle says, or should say.
  public enum Answer: Hashable, Sendable {
    case valid
    case invalid(ScriptRule)
    /// The bytes are no transaction.
    case unreadable
  }

  /// What this package says, and where.
  public struct Opinion {
    public let answer: Answer
    public let error: ScriptError?
    public let report: SpendReport?

    init(_ answer: Answer, _ error: ScriptError? = nil, _ report: SpendReport? = nil) {
      (self.answer, self.error, self.report) = (answer, error, report)
    }
  }

  /// The same question under other rules.
  public func under(_ rules: Rules) -> SpendCase {
    var other = self
    other.rules = rules
    return other
  }

  /// Judged here; `nil` if the question makes no sense, because the transaction has no such input.
  public func judged() -> Opinion? {
    let spending: SpendingTransaction
    do { spending = try self.spending() } catch { return error is EncodingError ? Opinion(.unreadable) : nil }
    do {
      return Opinion(.valid, nil, try spending.verify(input: input, rules: rules))
    } catch {
      return Opinion(.invalid(error.rule), error)
    }
  }

  /// The same, instruction by instruction.
  public func stepped() -> ScriptError? {
    guard let spending = try? spending() else { return nil }
    do throws(ScriptError) {
      var run = try InputRun(SpendingInput(spending, index: input), rules: rules)
      while try run.step() {}
      return nil
    } catch { return error }
  }

  private func spending() throws -> SpendingTransaction {
    try SpendingTransaction(Transaction(transaction), spending: spentOutputs)
  }
}

extension SpendCase: CustomStringConvertible {
  /// All that another program needs to ask the same.
  public var description: String {
    let outputs = spentOutputs.map { "  spends      \($0.value) by \(hexadecimal($0.script.bytes))" }
    let flags = OracleFlags(rules)
    return
      ([
        "  kind        \(kind), input \(input)", "  flags       consensus \(flags.consensus), others \(flags.others)",
        "  transaction \(hexadecimal(transaction))",
      ] + outputs).joined(separator: "\n")
  }
}
