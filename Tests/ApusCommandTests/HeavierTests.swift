// `apus heavier`: what it says of two chains, and which pairs it refuses.

import ApusStatements
import Foundation
import Testing

@Suite struct HeavierTests {
  let proofs = Proofs.shared
  let headerWork = (try? Target(bits: Day.headers[0].bits).work) ?? .zero

  private func refused(
    _ line: String, status: Int32 = 1, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try proofs.workspace.apus(["heavier"] + arguments)
    #expect(outcome.firstError == "error: " + line, sourceLocation: sourceLocation)
    #expect(outcome.status == status, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, "nothing that reads like an answer", sourceLocation: sourceLocation)
  }

  /// A directory of copies of proofs, by their names there.
  private func directory(_ name: String, _ copies: [String: String]) throws -> String {
    let path = proofs.workspace.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (copy, proof) in copies { proofs.workspace.write(proofs.workspace.read(proof), name + "/" + copy) }
    return name
  }

  // MARK: Answers

  /// The fourth header alone, against a proof of the fourth and fifth: the former is a prefix that cannot be seen.
  @Test func saysWhichIsHeavier() throws {
    let outcome = try proofs.apus("heavier", proofs.fourth, "\(proofs.first),\(proofs.second)")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    for line in [
      "heavier: the second chain, by \(headerWork), about 2^78.0 hashes, proven with 128.0 bits",
      "  common block \(Day.headers[2].hash)",
      "  height       822,530 (anchored)",
      "the first chain, 1 header after that block:",
      "  their work   \(headerWork), about 2^78.0 hashes",
      "  to block     \(Day.headers[3].hash)",
      "  anchor       UNANCHORED: anyone can mine this at the stated difficulty",
      "the second chain, 2 headers after that block:",
      "  to block     \(Day.headers[4].hash)",
      "  anchor       starts after block 822,527, a checkpoint of this program: \(Day.headers[0].previous)",
      "not checked here:",
      "  - whether the chains part later: headers inside of proofs are not visible; common ones count on both sides",
      "  - that one of the two is the heaviest chain",
    ] { #expect(outcome.output.split(separator: "\n").contains { $0 == line }, "\(line)\n\(outcome.output)") }
  }

  @Test func reportsForMachines() throws {
    let outcome = try proofs.apus("heavier", "\(proofs.first),\(proofs.second)", proofs.fourth, "--json")
    let report = try #require(outcome.json)
    #expect(outcome.status == 0)
    #expect(report["heavier"] as? String == "first")
    #expect(report["lead"] as? String == "\(headerWork)")
    #expect(report["provenBits"] as? Double == 128)
    let common = try #require(report["common"] as? [String: Any])
    #expect(common["hash"] as? String == "\(Day.headers[2].hash)")
    #expect(common["height"] as? Int == 822_530)
    #expect(common["heightIs"] as? String == "anchored")
    let branch = try #require(report["second"] as? [String: Any])
    #expect(branch["count"] as? Int == 1)
    #expect(branch["work"] as? String == "\(headerWork)")
    // A chain is described as `apus verify` does.
    let verified = try #require(try proofs.apus("verify", proofs.fourth, "--json").json)
    #expect(try #require(branch["chain"] as? [String: Any]).keys.sorted() == verified.keys.sorted())
  }

  @Test func aPrefixIsLighter() throws {
    let outcome = try proofs.apus("heavier", "\(proofs.first),\(proofs.second)", proofs.first)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("heavier: the first chain, which continues the second, by "))
    #expect(outcome.output.contains("the second chain, 0 headers after that block:\n  their work   0 hashes\n"))
  }

  @Test func ties() throws {
    for second in [proofs.second, "\(proofs.fourth),\(proofs.fifth)", proofs.unplaced] {
      let outcome = try proofs.apus("heavier", proofs.second, second)
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("tie: both chains end with the same block, proven with 128.0 bits\n"))
    }
    let report = try proofs.apus("heavier", proofs.second, proofs.fifth, "--json").json
    #expect(report?["heavier"] as? String == "neither")
    #expect(report?["lead"] as? String == "0")
  }

  @Test func readsDirectoriesInTheirOrder() throws {
    let whole = try directory(
      "whole", ["2.proof": proofs.second, "1.proof": proofs.first, "3.txt": proofs.fibonacci, ".4.proof": "none"])
    let outcome = try proofs.apus("heavier", whole + "/", proofs.first)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("  proof        whole/1.proof: "))
    #expect(outcome.output.contains("  proof        whole/2.proof: "))
    // Directories and files mix.
    let start = try directory("start", ["1.proof": proofs.first])
    #expect(try proofs.apus("heavier", "\(start),\(proofs.second)", whole).output.hasPrefix("tie: "))
  }

  @Test func readsStandardInput() throws {
    let outcome = try proofs.workspace.apus(
      ["heavier", "-", proofs.first], input: proofs.workspace.read(proofs.second))
    #expect(outcome.output.hasPrefix("heavier: the first chain, which continues the second, by "))
  }

  @Test func security() throws {
    try refused(
      "weak.proof: the proof has 100 proven bits (proven100), but 128 (proven128) are demanded", proofs.first,
      proofs.weak)
    let outcome = try proofs.apus("heavier", proofs.first, proofs.weak, "--security", "proven100")
    #expect(outcome.output.hasPrefix("tie: both chains end with the same block, proven with 100."))
  }

  // MARK: Refusals

  @Test func chainsWithoutACommonBlock() throws {
    let line = """
      the chains cannot be compared: no proof of one begins or ends at a block at which a proof of the other does; \
      give proofs that reach back to a common block
      """
    try refused(line, status: 2, proofs.first, proofs.fifth)
    let outcome = try proofs.apus("heavier", proofs.fifth, proofs.first, "--json")
    #expect(outcome.status == 2)
    #expect(outcome.json?["error"] as? String == line)
    #expect(outcome.json?["status"] as? Int == 2)
  }

  @Test func heightsThatContradictEachOther() throws {
    let made = try proofs.apus(
      "prove", "headers", "--input", "fifth.bin", "--start-height", "9", "--output", "misplaced.proof")
    #expect(made.status == 0)
    try refused(
      """
      the chains contradict each other: block \(Day.headers[4].hash.abbreviated) has height 822,532 in the first and \
      height 9 in the second
      """, proofs.second, "misplaced.proof")
  }

  /// Heights are claimed, and a claim may put the first height after any block.
  @Test func theBlockBeforeHeightZeroHasNoHeight() throws {
    proofs.workspace.write(Day.raw(4..<6), "fifth and sixth.bin")
    for (input, output) in [("fifth.bin", "zero.proof"), ("fifth and sixth.bin", "zero and one.proof")] {
      let made = try proofs.apus(
        "prove", "headers", "--input", input, "--start-height", "0", "--output", output)
      #expect(made.status == 0, "\(made.errors)")
    }
    let outcome = try proofs.apus("heavier", "zero.proof", "zero and one.proof")
    #expect(outcome.output.contains("  common block \(Day.headers[3].hash)\n"), "\(outcome.errors)")
    #expect(outcome.output.contains("\n  height       none: the next header is at height 0 (claimed)\n"))
    let report = try proofs.apus("heavier", "zero.proof", "zero and one.proof", "--json").json
    let common = try #require(report?["common"] as? [String: Any])
    #expect(common["height"] == nil)
    #expect(common["heightIs"] as? String == "claimed")

    try refused(
      """
      the chains contradict each other: block \(Day.headers[3].hash.abbreviated) has height 822,531 in the first and no \
      height, being before height 0, in the second
      """, proofs.fourth, "zero.proof")
  }

  @Test func proofsThatAreNoChain() throws {
    func line(_ before: String, _ ends: Hash256, _ after: String, _ starts: Hash256) -> String {
      """
      \(before) and \(after) do not link: \(after) starts after block \(starts.abbreviated), but \(before) ends with \
      \(ends.abbreviated); give proofs in the order of the chain
      """
    }
    let (start, third, last) = (Day.headers[0].previous, Day.headers[2].hash, Day.headers[4].hash)
    try refused(
      line("second.proof", last, "first.proof", start), proofs.first, "\(proofs.second),\(proofs.first)")
    try refused(line("first.proof", third, "first.proof", start), "\(proofs.first),\(proofs.first)", proofs.second)
    let repeated = try directory("repeated", ["a.proof": proofs.first, "b.proof": proofs.first])
    try refused(line("repeated/a.proof", third, "repeated/b.proof", start), repeated, proofs.second)
  }

  @Test func changedProofs() throws {
    // A claim of more headers, which would be more work.
    let longer = proofs.copy(of: proofs.unplaced, at: 7 + 72, byte: 4)
    for arguments in [[longer, proofs.first], [proofs.first, longer]] {
      let outcome = try proofs.workspace.apus(["heavier"] + arguments)
      #expect(outcome.status == 1)
      #expect(outcome.firstError.hasPrefix("error: \(longer): "))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func otherStatements() throws {
    try refused(
      "only chains of headers have work, but fibonacci.proof proves no headers", status: 2, proofs.first,
      proofs.fibonacci)
  }

  @Test func pathsThatAreNoProofs() throws {
    try refused("cannot read none.proof: No such file or directory", status: 2, "none.proof", proofs.first)
    try refused(
      "a path is missing in the list of proofs 'first.proof,'", status: 2, "\(proofs.first),", proofs.first)
    let empty = try directory("nothing", ["notes.txt": proofs.first])
    try refused(
      "the directory nothing holds no file whose name ends in .proof", status: 2, proofs.first, empty)
    try refused("two.bin: this is no Apus proof file: it does not start with the letters APPF", "two.bin", proofs.first)
    try refused("missing expected argument '<second>' (see 'apus heavier --help')", status: 2, proofs.first)
  }
}
