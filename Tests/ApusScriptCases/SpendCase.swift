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

  /// Whether the spend is valid, standard or not; `nil` where the bytes are no transaction.
  func mayBeInBlock() -> Bool? {
    guard let spending = try? spending() else { return nil }
    if case .invalid = spending.judge(input: input, rules: rules) { return false } else { return true }
  }

  /// What is wrong with the same judgement made instruction by instruction: it must end as `opinion`, with the stacks of
  /// an error as they were before its instruction.
  func complaintOfSteps(against opinion: Opinion) -> String? {
    guard let spending = try? spending() else { return nil }
    var before: Stacks?
    do throws(ScriptError) {
      var run = try InputRun(SpendingInput(spending, index: input), rules: rules)
      repeat { before = run.stacks } while try run.step()
      return opinion.error == nil ? nil : "goes through step by step"
    } catch {
      if error != opinion.error { return "step by step: \(error)" }
      // Too large is what the opcode has made of them.
      guard error.rule != .stackSize, error.place != nil, let before, before.stage == error.stage else { return nil }
      if error.stack != before.stack || error.altStack != before.alt {
        return "the stacks at the error are not those before it: \(Array(error.stack)), \(Array(before.stack))"
      }
      return nil
    }
  }

  /// What is wrong with a tapscript run by itself, without what its signatures cover.
  func complaintOfScriptAlone(against opinion: Opinion) -> String? {
    guard let spending = try? spending(), opinion.error == nil || opinion.error?.stage == .tapscript else { return nil }
    do throws(ScriptError) {
      var run = try InputRun(SpendingInput(spending, index: input), rules: rules)
      while run.stage != .tapscript { if try !run.step() { return nil } }
      guard let (script, stack) = run.scriptAndStack else { return nil }
      var alone = Execution(
        script, on: Array(stack), version: .tapscript, rules: rules, input: SpendingInput(spending, index: input))
      do throws(ScriptError) {
        if spending.spentOutputs.count % 2 == 0 { try alone.runToEnd() }
        while !alone.isAtEnd {
          let isTaken = alone.isExecuting
          if try !alone.step() { return "a step at byte \(alone.position) is none" }
          if !alone.isExecuting && isTaken && alone.branchDepth == 0 {
            return "a branch is not taken, and none is open"
          }
        }
        _ = try alone.step()
        try alone.checkResult()
        return opinion.error == nil ? nil : "the script alone goes through"
      } catch {
        if error.rule == .noTransaction || error.rule == .tapscriptValidationWeight { return nil }
        let isSame = error.rule == opinion.error?.rule && error.place == opinion.error?.place
        return isSame && error.stack == opinion.error?.stack ? nil : "the script alone: \(error)"
      }
    } catch { return nil }
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

private struct Stacks {
  let stage: ScriptStage
  let stack, alt: StackSnapshot
}

extension InputRun {
  fileprivate var stacks: Stacks? {
    withExecution { Stacks(stage: stage, stack: $0.stack, alt: $0.altStack) }
  }
  fileprivate var scriptAndStack: (Script, StackSnapshot)? { withExecution { ($0.script, $0.stack) } }
}
