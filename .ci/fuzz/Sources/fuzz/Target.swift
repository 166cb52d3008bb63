// What libFuzzer calls with one input after another: the bytes are a proof file, of any statement, field, preset and hash.
// Whatever they are, reading and verifying them ends in a refusal, unless they are one of the honest files, in time and
// memory that depend on their number alone. Whatever else happens stops the run and leaves the input in a file.

import ApusSTARK
import ApusStatements
import Foundation

/// The honest files, from the directory that APUS_FUZZ_SEEDS names.
let honest: Set<[UInt8]> = {
  guard let directory = ProcessInfo.processInfo.environment["APUS_FUZZ_SEEDS"],
    let names = try? FileManager.default.contentsOfDirectory(atPath: directory), !names.isEmpty
  else { fatalError("APUS_FUZZ_SEEDS must name a directory of honest proof files") }
  return Set(names.map { Array(FileManager.default.contents(atPath: directory + "/" + $0) ?? Data()) })
}()

@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  let isHonest = honest.contains(input)
  let usage = Usage()
  let isAccepted = accepts(input)
  if isAccepted != isHonest { fatalError(isHonest ? "an honest proof was refused" : "a damaged proof was accepted") }
  usage.check(bytes: count)
  return 0
}

private func accepts(_ input: [UInt8]) -> Bool {
  guard let file = try? ProofFile(bytes: input) else { return false }
  if file.bytes != input { fatalError("a proof file has two encodings") }
  return (try? file.verify(demanding: .peers)) != nil
}
