// `apus verify`: what it accepts, what it says, what it refuses and why.

import ApusStatements
import ApusTestSupport
import Testing

@Suite struct VerifyTests {
  let proofs = Proofs.shared

  private func refused(
    _ line: String, status: Int32 = 1, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try proofs.workspace.apus(["verify"] + arguments)
    #expect(outcome.firstError == "error: " + line, sourceLocation: sourceLocation)
    #expect(outcome.status == status, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, "nothing that reads like a success", sourceLocation: sourceLocation)
  }

  // MARK: Good proofs

  @Test func saysWhatIsProven() throws {
    let outcome = try proofs.apus("verify", proofs.first)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    for line in [
      "valid: 3 headers, each linked to the one before and with proof of work, proven with 128.0 bits",
      "  after block  \(Day.headers[0].previous)",
      "  to block     \(Day.headers[2].hash)",
      "  heights      822,528 … 822,530 (anchored)",
      "  time         2023-12-23 06:04:24 UTC … 2023-12-23 06:19:18 UTC (14 min 54 s)",
      "  times before not given",
      "  last times   0,0,0,0,0,0,0,0,\(Day.headers[0].time),\(Day.headers[1].time),\(Day.headers[2].time)",
      "  difficulty   nBits 0x1703e8b3; retarget not checked",
      "  anchor       starts after block 822,527, a checkpoint of this program: \(Day.headers[0].previous)",
      "not checked here:",
      "  - the first headers' median times in full: 11 of the 11 times before them were not given and count as earlier",
      "  - that this is the heaviest chain",
    ] { #expect(outcome.output.split(separator: "\n").contains { $0 == line }, "\(line)\n\(outcome.output)") }
  }

  @Test func connectsProofs() throws {
    let outcome = try proofs.apus("verify", proofs.first, proofs.second, "--json")
    let report = try #require(outcome.json)
    #expect(report["count"] as? Int == 5)
    #expect(report["last"] as? String == Day.headers[4].hash.display)
    #expect(report["heightIs"] as? String == "anchored")
    #expect(report["work"] as? String == "\(try Target(bits: Day.headers[0].bits).work.multiplied(by: 5))")
    #expect((report["proofs"] as? [Any])?.count == 2)
  }

  @Test func verifiesFibonacci() throws {
    let outcome = try proofs.apus("verify", proofs.fibonacci)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("valid: value number 64 of the sequence 0, 1, … is "))
  }

  // MARK: Anchors

  @Test func anchors() throws {
    let last = Day.headers[4].hash
    let unanchored = try proofs.apus("verify", proofs.second)
    #expect(unanchored.output.contains("UNANCHORED: anyone can mine this at the stated difficulty"))
    #expect(unanchored.output.contains("heights      822,531 … 822,532 (claimed)"))

    let byHash = try proofs.apus("verify", proofs.unplaced, "--anchor", "\(last)", "--require", "anchored")
    #expect(byHash.status == 0)
    #expect(byHash.output.contains("anchor       ends with the block, given: \(last)"))
    #expect(byHash.output.contains("heights      unknown"))

    let byHeight = try proofs.apus("verify", proofs.unplaced, "--anchor", "\(last):822532")
    #expect(byHeight.output.contains("heights      822,531 … 822,532 (anchored)"))
  }

  @Test func anchorsNotMet() throws {
    try refused(
      "the chain is not anchored: no proof begins or ends at a known block (--require anchored)", proofs.second,
      "--require", "anchored")
    // A checkpoint is no substitute for the block that was asked for.
    let other = Day.headers[9].hash
    try refused(
      "the chain is not anchored: no proof begins or ends at block \(other) (--require anchored)", proofs.first,
      "--anchor", "\(other)", "--require", "anchored")
    let tolerated = try proofs.apus("verify", proofs.first, "--anchor", "\(other)")
    #expect(tolerated.status == 0)
    #expect(tolerated.output.contains("no proof begins or ends at the block given, \(other)"))
    try refused(
      """
      block \(Day.headers[4].hash.abbreviated) is known at height 9, but the proofs claim height 822,532 for it
      """, proofs.second, "--anchor", "\(Day.headers[4].hash):9")
  }

  // MARK: Demands

  @Test func minimumWork() throws {
    let work = try Target(bits: Day.headers[0].bits).work.multiplied(by: 3)
    let more = work.addingReportingOverflow(.one).partialValue
    #expect(try proofs.apus("verify", proofs.first, "--min-work", "\(work)").status == 0)
    #expect(try proofs.apus("verify", proofs.first, "--min-work", "0x\(work.hex)").status == 0)
    try refused(
      "the chain has work \(work), but \(more) is demanded (--min-work)", proofs.first, "--min-work", "\(more)")
  }

  @Test func retarget() throws {
    try refused(
      """
      retarget not checked: give the proofs of whole periods, and of headers after them (--require retarget)
      """, proofs.first, "--require", "retarget")
  }

  @Test func times() throws {
    try refused(
      "of the 11 times before the first header 11 were not given: prove it with --times-before (--require times)",
      proofs.first, "--require", "times")
    let given = (1...11).map { "\(Int(Day.headers[0].time) - 100 * $0)" }.reversed().joined(separator: ",")
    let made = try proofs.apus("prove", "headers", "--count", "3", "--times-before", given, "--output", "timed.proof")
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try proofs.apus("verify", "timed.proof", "--require", "times")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\n  times before \(given) (claimed)\n"))
    #expect(outcome.output.contains("\n  - that the 11 times before the first header are as claimed\n"))
    let report = try #require(try proofs.apus("verify", "timed.proof", "--json").json)
    let times = try #require(report["timesBefore"] as? [Int])
    #expect(times.map(String.init).joined(separator: ",") == given)
    #expect((report["lastTimes"] as? [Int])?.suffix(3) == Day.headers[..<3].map { Int($0.time) }[...])
    // The next proof started with fewer times.
    let window = (times + Day.headers[..<3].map { Int($0.time) }).suffix(11).map(String.init).joined(separator: ",")
    let others = "0,0,0,0,0,0,0,0," + Day.headers[..<3].map { "\($0.time)" }.joined(separator: ",")
    try refused(
      """
      second.proof does not continue the times of timed.proof: it claims the times \(others) before it, but timed.proof \
      ends with \(window); prove it with those times given
      """, "timed.proof", proofs.second)
  }

  @Test func security() throws {
    try refused(
      "weak.proof: the proof has 100 proven bits (proven100), but 128 (proven128) are demanded", proofs.weak)
    #expect(try proofs.apus("verify", proofs.weak, "--security", "proven100").status == 0)
  }

  // MARK: Bad proofs

  @Test func wrongOrder() throws {
    try refused(
      """
      second.proof and first.proof do not link: first.proof starts after block \(Day.headers[0].previous.abbreviated), \
      but second.proof ends with \(Day.headers[4].hash.abbreviated); give proofs in the order of the chain
      """, proofs.second, proofs.first)
    try refused(
      "of first.proof and unplaced.proof one claims a height and one does not: make both with a start height, or none",
      proofs.first, proofs.unplaced)
    try refused(
      "these files prove different kinds of statements: verify each kind for itself", status: 2, proofs.first,
      proofs.fibonacci)
  }

  @Test func otherVersions() throws {
    let file = proofs.copy(of: proofs.first, at: 4, byte: 2)
    try refused("\(file): the file is of format version 2; this apus reads version 1", file)
    let proof = proofs.copy(of: proofs.first, at: 7 + HeaderClaim.byteCount + 4, byte: 2)
    try refused("\(proof): the proof is of format version 2; this verifier reads version 1", proof)
    let statement = proofs.copy(of: proofs.first, at: 6, byte: 9)
    try refused("\(statement): the file names statement 9, which this apus does not know", statement)
  }

  @Test func filesThatAreNoProofs() throws {
    try refused("cannot read none.proof: No such file or directory", status: 2, "none.proof")
    try refused("empty.proof: the file is empty", status: 2, proofs.workspace.write([], "empty.proof"))
    try refused(
      "two.bin: this is no Apus proof file: it does not start with the letters APPF", "two.bin")
    try refused("/dev/zero is larger than 16 MiB, the most that is read", status: 2, "/dev/zero")
  }

  @Test func changedClaim() throws {
    // The count, then the first header's time.
    let shorter = proofs.copy(of: proofs.unplaced, at: 7 + 72, byte: 1)
    let earlier = proofs.copy(of: proofs.unplaced, at: 7 + 68, byte: 0)
    for file in [shorter, earlier] {
      let outcome = try proofs.apus("verify", file)
      #expect(outcome.status == 1, "\(file)")
      #expect(outcome.firstError.hasPrefix("error: \(file): "), "\(file)")
    }
  }

  @Test func corruption() throws {
    let honest = proofs.workspace.read(proofs.first)
    var random = SeededGenerator(seed: 4)
    for index in 0..<40 {
      var bytes = honest
      let at = Int.random(in: bytes.indices, using: &random)
      if index % 4 > 0 { bytes[at] ^= UInt8.random(in: 1...255, using: &random) } else { bytes.removeSubrange(at...) }
      let outcome = try proofs.workspace.apus(["verify", "-"], input: bytes)
      #expect(!outcome.wasKilled && outcome.status == (bytes.isEmpty ? 2 : 1), "byte \(at), \(bytes.count) in all")
      #expect(outcome.firstError.hasPrefix("error: standard input: "), "\(outcome.errors)")
    }
  }
}

extension UInt256 {
  fileprivate func multiplied(by factor: UInt64) -> UInt256 { multipliedReportingOverflow(by: factor).partialValue }
}
