// A transaction together with the outputs that its inputs spend: all that signatures can cover.

/// As many spent outputs as there are inputs are needed.
public struct SpentOutputsMismatch: Error, Hashable, CustomStringConvertible {
  public let inputs: Int
  public let outputs: Int

  package init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }

  public var description: String { "the transaction has \(inputs) inputs, and \(outputs) spent outputs are given" }
}

/// Made once for all inputs of a transaction: what their signature hashes share is hashed here.
public final class SpendingTransaction: Sendable {
  public let transaction: Transaction
  /// The output that each input spends, in the inputs' order.
  public let spentOutputs: [TransactionOutput]
  let digests: TransactionDigests

  public init(_ transaction: Transaction, spending spentOutputs: [TransactionOutput]) throws(SpentOutputsMismatch) {
    guard transaction.inputs.count == spentOutputs.count else {
      throw SpentOutputsMismatch(inputs: transaction.inputs.count, outputs: spentOutputs.count)
    }
    self.transaction = transaction
    self.spentOutputs = spentOutputs
    digests = TransactionDigests(transaction, spent: spentOutputs)
  }
}
