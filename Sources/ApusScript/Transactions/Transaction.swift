// Transactions as values.

public struct OutPoint: Hashable, Sendable {
  /// The transaction's id, in the order of its bytes; displays reverse it.
  public let transaction: [UInt8]
  public let output: UInt32

  public init(transaction: [UInt8], output: UInt32) {
    precondition(transaction.count == 32, "a transaction's id has 32 bytes")
    self.transaction = transaction
    self.output = output
  }

  /// What a coinbase transaction's input names.
  public var isNull: Bool { output == .max && transaction.allSatisfy { $0 == 0 } }
}

public struct TransactionInput: Hashable, Sendable {
  public var previous: OutPoint
  public var scriptSig: Script
  public var sequence: UInt32
  public var witness: [[UInt8]]

  public init(previous: OutPoint, scriptSig: Script = .empty, sequence: UInt32 = .max, witness: [[UInt8]] = []) {
    self.previous = previous
    self.scriptSig = scriptSig
    self.sequence = sequence
    self.witness = witness
  }
}

public struct TransactionOutput: Hashable, Sendable {
  /// In satoshi. Negative values can be encoded; ``Transaction/check()`` refuses them.
  public var value: Int64
  public var script: Script

  public init(value: Int64, script: Script) {
    self.value = value
    self.script = script
  }
}

public struct Transaction: Hashable, Sendable {
  public var version: UInt32
  public var inputs: [TransactionInput]
  public var outputs: [TransactionOutput]
  public var lockTime: UInt32

  public init(version: UInt32 = 2, inputs: [TransactionInput], outputs: [TransactionOutput], lockTime: UInt32 = 0) {
    self.version = version
    self.inputs = inputs
    self.outputs = outputs
    self.lockTime = lockTime
  }

  public var hasWitness: Bool { inputs.contains { !$0.witness.isEmpty } }
  public var isCoinbase: Bool { inputs.count == 1 && inputs[0].previous.isNull }
}
