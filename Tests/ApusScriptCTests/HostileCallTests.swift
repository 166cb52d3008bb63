// What a careless or hostile caller hands over: NULL, absurd lengths, garbage. Nothing may crash; each refusal says why.

import ApusScript
import ApusTestSupport
import CApusScript
import Testing

struct HostileCallTests {
  private let absurd = [-1, Int.min, Int.max, 1 << 40, 4_000_001]
  private let output = TransactionOutput(value: 1000, script: Script([0x51]))

  @Test func badPointersAndLengths() throws {
    let bytes = spend().bytes
    let script: [UInt8] = [0x51]
    try script.withUnsafeBufferPointer { script in
      var spent = apus_script_output(value: 1000, script: script.baseAddress, script_length: 1)
      var report = emptyReport()
      func refused(_ reason: String, _ call: (UnsafeMutablePointer<OpaquePointer?>) -> apus_script_status) {
        var transaction: OpaquePointer? = OpaquePointer(bitPattern: 1)
        #expect(call(&transaction) == APUS_SCRIPT_INVALID_ARGUMENT, "\(reason)")
        #expect(transaction == nil)
        #expect(report.text.contains(reason), "\(report.text)")
      }
      refused("bytes is NULL") { apus_script_transaction_create(nil, 10, &spent, 1, $0, &report) }
      for length in absurd {
        refused("more than the 4000000") { apus_script_transaction_create(bytes, length, &spent, 1, $0, &report) }
      }
      for count in [-1, 0, 2, Int.max] {
        refused("1 inputs") { apus_script_transaction_create(bytes, bytes.count, &spent, count, $0, &report) }
      }
      refused("spent is NULL") { apus_script_transaction_create(bytes, bytes.count, nil, 1, $0, &report) }
      refused("spent is not aligned") {
        let odd = UnsafePointer<apus_script_output>(bitPattern: 0x1001)
        return apus_script_transaction_create(bytes, bytes.count, odd, 1, $0, &report)
      }
      for length in absurd {
        spent.script_length = length
        refused("script: ") { apus_script_transaction_create(bytes, bytes.count, &spent, 1, $0, &report) }
      }
      (spent.script, spent.script_length) = (nil, 1)
      refused("script is NULL") { apus_script_transaction_create(bytes, bytes.count, &spent, 1, $0, &report) }
      #expect(
        apus_script_transaction_create(bytes, bytes.count, &spent, 1, nil, &report) == APUS_SCRIPT_INVALID_ARGUMENT)
      #expect(report.text == "transaction is NULL")

      // An output's script may be empty, and the report absent.
      spent.script_length = 0
      var transaction: OpaquePointer?
      #expect(apus_script_transaction_create(bytes, bytes.count, &spent, 1, &transaction, nil) == APUS_SCRIPT_OK)
      let owned = try Owned(transaction)
      #expect(apus_script_verify_input(owned.pointer, 0, APUS_SCRIPT_BLOCK, nil) == APUS_SCRIPT_INVALID)
    }
  }

  @Test func badReports() throws {
    let owned = try Owned(spend().bytes, spending: [output])
    for size in [0, -1, .max, MemoryLayout<apus_script_report>.size - 8] {
      var report = emptyReport()
      report.struct_size = size
      report.position = 77
      #expect(apus_script_verify_input(owned.pointer, 0, APUS_SCRIPT_BLOCK, &report) == APUS_SCRIPT_INVALID_ARGUMENT)
      #expect(report.position == 77)
    }
    let odd = UnsafeMutablePointer<apus_script_report>(bitPattern: 0x1001)
    #expect(apus_script_verify_input(owned.pointer, 0, APUS_SCRIPT_BLOCK, odd) == APUS_SCRIPT_INVALID_ARGUMENT)
  }

  @Test func badHandlesIndicesAndRules() throws {
    var report = emptyReport()
    #expect(apus_script_verify_input(nil, 0, 0, &report) == APUS_SCRIPT_INVALID_ARGUMENT)
    #expect(report.text == "transaction is NULL")
    #expect(apus_script_transaction_check(nil, &report) == APUS_SCRIPT_INVALID_ARGUMENT)
    #expect(apus_script_transaction_check_relay(nil, &report) == APUS_SCRIPT_INVALID_ARGUMENT)
    #expect(apus_script_transaction_inputs(nil) == 0)
    apus_script_transaction_destroy(nil)
    let owned = try Owned(spend().bytes, spending: [output])
    for index in [1, -1, Int.max, Int.min] {
      let (status, report) = owned.verify(index, APUS_SCRIPT_BLOCK)
      #expect(status == APUS_SCRIPT_INVALID_ARGUMENT)
      #expect(report.text.contains("there is no input"), "\(report.text)")
    }
    for rules: UInt32 in [1 << 7, 1 << 31, .max] {
      let (status, report) = owned.verify(0, rules)
      #expect(status == APUS_SCRIPT_INVALID_ARGUMENT)
      #expect(report.text.contains("none of the header's"), "\(report.text)")
    }
  }

  /// Cut, changed and random bytes: either no transaction, or one whose inputs get a verdict.
  @Test(arguments: 0..<8)
  func garbage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let whole = spend(Script([0x51, 0x52]), witness: [[], [1, 2, 3]]).bytes
    var (read, refused) = (0, 0)
    for _ in 0..<2000 {
      var bytes = whole
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
      case 1: bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in .random(in: 0...255, using: &random) }
      default:
        for _ in 0...Int.random(in: 0...3, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
      }
      let script = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let (status, transaction, report) = create(
        bytes, spending: [TransactionOutput(value: -5, script: Script(script))])
      guard status == APUS_SCRIPT_OK else {
        refused += 1
        #expect(transaction == nil && !report.text.isEmpty)
        #expect(status == APUS_SCRIPT_INVALID_TRANSACTION || status == APUS_SCRIPT_INVALID_ARGUMENT)
        continue
      }
      read += 1
      let (verdict, facts) = try Owned(transaction).verify(
        0, random.next() % 2 == 0 ? APUS_SCRIPT_BLOCK : APUS_SCRIPT_RELAY)
      #expect([APUS_SCRIPT_OK, APUS_SCRIPT_NON_STANDARD, APUS_SCRIPT_INVALID].contains(Int(verdict)))
      #expect((facts.rule == 0) == (verdict == APUS_SCRIPT_OK))
    }
    #expect(read > 100 && refused > 100, "one side is missing: \(read) read, \(refused) refused")
  }
}
