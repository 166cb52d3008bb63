// apus_script_…: a transaction with what it spends, and the verdict on each of its inputs.

import ApusCalls
import ApusScript
public import CApusScript

/// No transaction in a block, and no output's script, has more bytes.
private let maximumBytes = 4_000_000

private final class TransactionHandle: Handle {
  static let argument = "transaction"
  let spending: SpendingTransaction

  init(_ spending: SpendingTransaction) { self.spending = spending }
}

@c @implementation
public func apus_script_transaction_create(
  _ bytes: UnsafePointer<UInt8>?, _ length: Int, _ spent: UnsafePointer<apus_script_output>?, _ spent_count: Int,
  _ transaction: UnsafeMutablePointer<OpaquePointer?>?, _ report: UnsafeMutablePointer<apus_script_report>?
) -> apus_script_status {
  // Even where the report is refused.
  if let place = try? required(transaction, TransactionHandle.argument) { place.pointee = nil }
  return reporting(to: report) {
    try TransactionHandle.create(in: transaction) {
      let parsed = try Transaction(Array(try values(bytes, length, atMost: maximumBytes, "bytes")))
      guard spent_count == parsed.inputs.count else {
        throw CallError.argument(
          "the transaction has \(parsed.inputs.count) inputs, and \(UInt(bitPattern: spent_count)) spent outputs are given"
        )
      }
      let outputs = try values(spent, spent_count, atMost: parsed.inputs.count, "spent")
      return TransactionHandle(try SpendingTransaction(parsed, spending: try outputs.map(read)))
    }
    return (APUS_SCRIPT_OK, .success)
  }
}

private func read(_ output: apus_script_output) throws(CallError) -> TransactionOutput {
  let script = try values(output.script, output.script_length, atMost: maximumBytes, "script")
  return TransactionOutput(value: output.value, script: Script(Array(script)))
}

@c @implementation
public func apus_script_transaction_destroy(_ transaction: OpaquePointer?) { TransactionHandle.destroy(transaction) }

@c @implementation
public func apus_script_transaction_inputs(_ transaction: OpaquePointer?) -> Int {
  TransactionHandle.optional(transaction)?.spending.transaction.inputs.count ?? 0
}

@c @implementation
public func apus_script_transaction_check(
  _ transaction: OpaquePointer?, _ report: UnsafeMutablePointer<apus_script_report>?
) -> apus_script_status {
  reporting(to: report) {
    try TransactionHandle.at(transaction).spending.transaction.check()
    return (APUS_SCRIPT_OK, .success)
  }
}

@c @implementation
public func apus_script_transaction_check_relay(
  _ transaction: OpaquePointer?, _ report: UnsafeMutablePointer<apus_script_report>?
) -> apus_script_status {
  reporting(to: report) {
    let spending = try TransactionHandle.at(transaction).spending
    try spending.transaction.check()
    let reasons = spending.nonStandardReasons()
    return reasons.isEmpty
      ? (APUS_SCRIPT_OK, .success) : (APUS_SCRIPT_NON_STANDARD, apus_script_report(reasons))
  }
}

@c @implementation
public func apus_script_verify_input(
  _ transaction: OpaquePointer?, _ index: Int, _ rules: apus_script_rules,
  _ report: UnsafeMutablePointer<apus_script_report>?
) -> apus_script_status {
  reporting(to: report) {
    let spending = try TransactionHandle.at(transaction).spending
    let inputs = spending.transaction.inputs.count
    guard (0..<inputs).contains(index) else {
      throw CallError.argument("the transaction has \(inputs) inputs, so there is no input \(UInt(bitPattern: index))")
    }
    guard let rules = Rules(flags: rules) else {
      throw CallError.argument("rules 0x\(String(rules, radix: 16)) hold a flag that is none of the header's")
    }
    let verdict = spending.judge(input: index, rules: rules)
    let status =
      switch verdict {
      case .standard: APUS_SCRIPT_OK
      case .nonStandard: APUS_SCRIPT_NON_STANDARD
      case .invalid: APUS_SCRIPT_INVALID
      }
    return (status, apus_script_report(verdict))
  }
}
