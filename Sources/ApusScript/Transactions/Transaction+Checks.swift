// What a transaction must be by itself, before any of its scripts runs.

/// Why no block can hold a transaction, whatever it spends.
public enum TransactionDefect: Error, Hashable, Sendable, CustomStringConvertible {
  case noInputs
  case noOutputs
  /// Without witness it fills more than a block.
  case oversize(bytes: Int)
  case negativeValue(output: Int)
  /// More than 21 million bitcoin, in one output or in all up to this one.
  case excessiveValue(output: Int)
  case duplicateInput(Int)
  /// A coinbase's script has 2 to 100 bytes.
  case coinbaseScript(bytes: Int)
  /// An input that spends nothing, in a transaction that is no coinbase.
  case nullInput(Int)

  public var description: String {
    switch self {
    case .noInputs: "the transaction has no inputs"
    case .noOutputs: "the transaction has no outputs"
    case .oversize(let bytes): "the transaction has \(bytes) bytes without witness; a block holds 1,000,000"
    case .negativeValue(let output): "output \(output) has a negative value"
    case .excessiveValue(let output): "the outputs' values exceed 21 million bitcoin at output \(output)"
    case .duplicateInput(let input): "input \(input) spends what an earlier one spends"
    case .coinbaseScript(let bytes): "the coinbase's script has \(bytes) bytes, not 2 to 100"
    case .nullInput(let input): "input \(input) spends nothing"
    }
  }
}

extension Transaction {
  /// All satoshi there will ever be.
  public static let maximumValue: Int64 = 21_000_000 * 100_000_000

  /// Checks what needs no other transaction.
  public func check() throws(TransactionDefect) {
    if inputs.isEmpty { throw .noInputs }
    if outputs.isEmpty { throw .noOutputs }
    let size = bytesWithoutWitness.count
    if size > 1_000_000 { throw .oversize(bytes: size) }
    var total: Int64 = 0
    for (i, output) in outputs.enumerated() {
      if output.value < 0 { throw .negativeValue(output: i) }
      if output.value > Self.maximumValue { throw .excessiveValue(output: i) }
      total += output.value
      if total > Self.maximumValue { throw .excessiveValue(output: i) }
    }
    var spent: Set<OutPoint> = []
    for (i, input) in inputs.enumerated() where !spent.insert(input.previous).inserted { throw .duplicateInput(i) }
    if isCoinbase {
      let count = inputs[0].scriptSig.bytes.count
      if !(2...100).contains(count) { throw .coinbaseScript(bytes: count) }
    } else if let null = inputs.firstIndex(where: \.previous.isNull) {
      throw .nullInput(null)
    }
  }
}
