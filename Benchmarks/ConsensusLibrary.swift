// The network's own consensus code as a baseline: libbitcoinkernel, loaded at run time where there is one. Nothing links
// it. Its calls: bitcoinkernel.h of Bitcoin Core.

import ApusScript
import Glibc

struct ConsensusLibrary {
  private typealias Handle = UnsafeMutableRawPointer
  private typealias Create = @convention(c) (UnsafePointer<UInt8>, Int) -> Handle?
  private typealias CreateOutput = @convention(c) (Handle, Int64) -> Handle?
  private typealias Precompute = @convention(c) (Handle, UnsafePointer<Handle?>, Int) -> Handle?
  private typealias Verify =
    @convention(c) (Handle, Int64, Handle, Handle, UInt32, UInt32, UnsafeMutablePointer<UInt8>) -> Int32

  private let createTransaction, createScript: Create
  private let createOutput: CreateOutput
  private let precompute: Precompute
  private let verify: Verify

  /// The one in the directory that `APUS_ORACLE` names, which `.ci/differential/prepare` makes; `nil` without it.
  static let found: ConsensusLibrary? = {
    guard let directory = getenv("APUS_ORACLE"),
      let library = dlopen(String(cString: directory) + "/libbitcoinkernel.so", RTLD_NOW | RTLD_LOCAL)
    else { return nil }
    return ConsensusLibrary(library)
  }()

  private init?(_ library: UnsafeMutableRawPointer) {
    func address(_ name: String) -> UnsafeMutableRawPointer? { dlsym(library, "btck_" + name) }
    guard let transaction = address("transaction_create"), let script = address("script_pubkey_create"),
      let output = address("transaction_output_create"),
      let precompute = address("precomputed_transaction_data_create"), let verify = address("script_pubkey_verify")
    else { return nil }
    createTransaction = unsafeBitCast(transaction, to: Create.self)
    createScript = unsafeBitCast(script, to: Create.self)
    createOutput = unsafeBitCast(output, to: CreateOutput.self)
    self.precompute = unsafeBitCast(precompute, to: Precompute.self)
    self.verify = unsafeBitCast(verify, to: Verify.self)
  }

  /// Under the rules of blocks today.
  private static let flags: UInt32 = 1 << 0 | 1 << 2 | 1 << 4 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 17

  struct Refused: Error {}

  /// What judges an input again and again, with everything that it shares with other inputs in place. What the library
  /// holds for it stays until the program ends.
  func verification(of spending: SpendingTransaction, input: Int) throws -> () -> Void {
    let bytes = spending.transaction.bytes
    var outputs: [Handle?] = []
    var scripts: [Handle] = []
    for output in spending.spentOutputs {
      guard let script = createScript(output.script.bytes, output.script.bytes.count) else { throw Refused() }
      scripts.append(script)
      outputs.append(createOutput(script, output.value))
    }
    guard let transaction = createTransaction(bytes, bytes.count),
      let shared = precompute(transaction, outputs, outputs.count)
    else { throw Refused() }
    let (script, value) = (scripts[input], spending.spentOutputs[input].value)
    let judge = {
      var status: UInt8 = 0
      return verify(script, value, transaction, shared, UInt32(input), Self.flags, &status) == 1
    }
    guard judge() else { throw Refused() }
    return { _ = judge() }
  }
}
