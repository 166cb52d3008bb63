// The header's calls as tests make them: nothing is wrapped but ownership and the report.

import ApusScript
import CApusScript
import Testing

/// A transaction behind its handle, destroyed with the last reference to it.
final class Owned: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer?) throws { self.pointer = try #require(pointer) }
  convenience init(_ bytes: [UInt8], spending outputs: [TransactionOutput]) throws {
    try self.init(create(bytes, spending: outputs).transaction)
  }
  deinit { apus_script_transaction_destroy(pointer) }

  func verify(_ index: Int, _ rules: UInt32) -> (status: apus_script_status, report: apus_script_report) {
    var report = emptyReport()
    return (apus_script_verify_input(pointer, index, rules, &report), report)
  }
}

func emptyReport() -> apus_script_report {
  var report = apus_script_report()
  report.struct_size = MemoryLayout<apus_script_report>.size
  return report
}

func create(
  _ bytes: [UInt8], spending outputs: [TransactionOutput]
) -> (status: apus_script_status, transaction: OpaquePointer?, report: apus_script_report) {
  // One array of all scripts, so that their addresses hold during the call.
  let scripts = outputs.flatMap(\.script.bytes)
  return scripts.withUnsafeBufferPointer { scripts in
    var start = 0
    let spent = outputs.map { output in
      defer { start += output.script.bytes.count }
      return apus_script_output(
        value: output.value, script: scripts.baseAddress.map { $0 + start }, script_length: output.script.bytes.count)
    }
    var transaction: OpaquePointer?
    var report = emptyReport()
    let status = apus_script_transaction_create(bytes, bytes.count, spent, spent.count, &transaction, &report)
    return (status, transaction, report)
  }
}

extension apus_script_report {
  var name: String { withUnsafeBytes(of: rule_name) { textBeforeNUL($0) } }
  var text: String { withUnsafeBytes(of: message) { textBeforeNUL($0) } }
}

private func textBeforeNUL(_ bytes: UnsafeRawBufferPointer) -> String {
  String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}

extension apus_script_status {
  /// The constants of the header are plain integers.
  static func == (status: apus_script_status, constant: Int) -> Bool { Int(status) == constant }
}

/// A transaction of one input that spends an output with `script`.
func spend(_ scriptSig: Script = .empty, witness: [[UInt8]] = []) -> Transaction {
  let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
  return Transaction(
    inputs: [TransactionInput(previous: previous, scriptSig: scriptSig, witness: witness)],
    outputs: [TransactionOutput(value: 1, script: Script([0x51]))])
}
