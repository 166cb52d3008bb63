// `apus inspect`, `apus info` and `apus --version`.

import Testing

@Suite struct InspectTests {
  let proofs = Proofs.shared

  @Test func showsSizesParametersAndSecurity() throws {
    let outcome = try proofs.apus("inspect", proofs.first)
    #expect(outcome.status == 0)
    for text in [
      "first.proof: Bitcoin headers 822,528 … 822,530 (3 headers)\n", "1,024 rows × 138 columns, blowup 4\n",
      "verifies     yes\n", "security of proven128: 128.0 bits proven", "FRI queries", "\n  trace rows",
    ] { #expect(outcome.output.contains(text), "\(text)\n\(outcome.output)") }
  }

  /// The parts make up the file.
  @Test func partsAddUp() throws {
    for proof in [proofs.first, proofs.fibonacci] {
      let outcome = try proofs.apus("inspect", proof)
      let parts = outcome.output.split(separator: "\n").drop { $0 != "bytes by part" }.dropFirst()
      let bytes = parts.compactMap { line in
        line.split(separator: " ").dropLast(2).last.flatMap { Int($0.filter { $0 != "," }) }
      }
      #expect(bytes.count > 5)
      #expect(bytes.reduce(0, +) == proofs.workspace.read(proof).count)
    }
  }

  @Test func demandsNoLevel() throws {
    let outcome = try proofs.apus("inspect", proofs.weak)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("security of proven100"))
  }

  @Test func showsWhatItCanOfABadProof() throws {
    let bad = proofs.copy(of: proofs.first, at: proofs.workspace.read(proofs.first).count - 1, byte: 0xff)
    let outcome = try proofs.apus("inspect", bad)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("verifies     NO: "))
    #expect(outcome.output.contains("1,024 rows × 138 columns"))
    #expect(outcome.firstError.hasPrefix("error: \(bad): the proof does not verify: "))
  }

  @Test func describesTheMachine() throws {
    let outcome = try proofs.apus("info")
    #expect(outcome.status == 0)
    for name in ["processor", "sets found   portable", "set chosen", "threads", "caches", "huge pages", "memory"] {
      #expect(outcome.output.contains("\n  \(name)"), "\(name)")
    }
  }

  @Test func saysWhyTheSetAndTheThreads() throws {
    let outcome = try proofs.workspace.apus(after: "export APUS_ISA=portable APUS_THREADS=1", "info")
    #expect(outcome.output.contains("\n  set chosen   portable: as APUS_ISA says\n"))
    #expect(outcome.output.contains("\n  threads      1: as APUS_THREADS says\n"))
  }

  @Test func namesItsVersion() throws {
    let outcome = try proofs.apus("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("apus 0.1.0 (proof files of version 1, "))
  }
}
