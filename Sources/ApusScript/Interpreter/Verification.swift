// The question that matters: may this input spend that output?

extension SpendingTransaction {
  /// Runs an input's scripts and witness.
  ///
  /// - Parameters:
  ///   - index: an input of the transaction.
  ///   - rules: by default those that a node asks before it relays; ``Rules/block`` is what a block needs.
  /// - Returns: what the spend took.
  /// - Throws: ``ScriptError``, the first rule that is broken, in the order in which the network's nodes check them.
  /// - Precondition: the transaction has such an input.
  @discardableResult
  public func verify(input index: Int, rules: Rules = .relay) throws(ScriptError) -> SpendReport {
    var run = try InputRun(SpendingInput(self, index: index), rules: rules)
    try run.runToEnd()
    return run.report
  }

  /// Tells what no block may hold from what only is not relayed.
  public func judge(input index: Int, rules: Rules = .relay) -> Verdict {
    do { return .standard(try verify(input: index, rules: rules)) } catch {
      do {
        return .nonStandard(try verify(input: index, rules: rules.withoutPolicy), error)
      } catch {
        return .invalid(error)
      }
    }
  }
}

public enum Verdict: Hashable, Sendable {
  case standard(SpendReport)
  /// A block may hold it, but nodes do not relay it, for this reason.
  case nonStandard(SpendReport, ScriptError)
  /// No block may hold it.
  case invalid(ScriptError)
}
