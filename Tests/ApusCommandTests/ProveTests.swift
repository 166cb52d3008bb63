// `apus prove`: what it writes and what it says.

import ApusStatements
import Foundation
import Testing

@Suite struct ProveTests {
  let workspace = Workspace()

  @Test func provesTheFirstHeadersOfTheDay() throws {
    let outcome = try workspace.apus("prove", "headers", "--count", "3")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty, "nothing but the report in a pipe")
    #expect(outcome.output.hasPrefix("Bitcoin headers 822,528 … 822,530 (3 headers), embedded example\n"))
    for row in ["trace        1,024 rows × 138 columns", "extension    blowup 4", "written      headers.proof, "] {
      #expect(outcome.output.contains("\n  \(row)"), "\(row)")
    }
    #expect(workspace.names == ["headers.proof"])
    #expect(try workspace.apus("verify", "headers.proof").status == 0)
  }

  @Test func reportsJSON() throws {
    let report = try #require(try workspace.apus("prove", "headers", "--count", "3", "--json").json)
    let proof = try #require((report["proofs"] as? [[String: Any]])?.first)
    #expect(proof["output"] as? String == "headers.proof")
    let items = try #require(proof["items"] as? [String: Any])
    #expect(items["name"] as? String == "headers" && items["count"] as? Int == 3)
    #expect(items["perSecond"] as? Double ?? 0 > 0)
    #expect(proof["peakResidentBytes"] as? Int ?? 0 > 1 << 20)
    let stages = (proof["stages"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(stages == ["trace", "extension", "commitment", "quotient", "openings", "FRI", "queries", "verification"])
    let facts = try #require(proof["proof"] as? [String: Any])
    #expect(facts["bytes"] as? Int == workspace.read("headers.proof").count)
    #expect(facts["provenBits"] as? Double ?? 0 >= 128)
  }

  @Test func failuresAreJSONToo() throws {
    let outcome = try workspace.apus("prove", "headers", "--count", "0", "--json")
    #expect(outcome.status == 2)
    #expect(outcome.json?["error"] as? String == "the number of headers must be at least 1, not 0")
    #expect(outcome.json?["status"] as? Int == 2)
    #expect(outcome.firstError == "error: the number of headers must be at least 1, not 0")
  }

  @Test func timesBefore() throws {
    for (times, reason) in [
      (
        "1,x", "times are numbers of seconds since 1970, from 1 to 4,294,967,295, with commas between them, not \"1,x\""
      ),
      (
        Array(repeating: "7", count: 12).joined(separator: ","),
        "12 times were given, but the rule looks at 11 before height 822,528: give the latest of them"
      ),
    ] {
      let outcome = try workspace.apus("prove", "headers", "--count", "3", "--times-before", times)
      #expect(outcome.status == 2)
      #expect(outcome.firstError.contains(reason), "\(outcome.errors)")
    }
    let time = Day.headers[0].time
    let late = Array(repeating: "\(time)", count: 11).joined(separator: ",")
    let outcome = try workspace.apus("prove", "headers", "--count", "3", "--times-before", late)
    #expect(outcome.status == 1)
    #expect(
      outcome.firstError.hasPrefix(
        "error: header 822,528 is too early: its time \(time) is not after \(time), the median"))
    #expect(workspace.names.isEmpty)
  }

  /// Threads, instruction set and the form of the input change nothing; a proof replaces the one before it.
  @Test func equalHeadersGiveEqualProofs() throws {
    let raw = Day.raw(0..<3)
    let hex = Day.headers[..<3].map { $0.bytes.map { String(format: "%02x", $0) }.joined() }.joined(separator: "\n")
    workspace.write(raw, "headers.bin")
    var proofs: Set<[UInt8]> = []
    for (arguments, input) in [
      (["--count", "3"], []), (["--input", "headers.bin", "--threads", "1"], []), (["--input", "-"], Array(hex.utf8)),
      (["--count", "3", "--isa", "portable"], []),
    ] {
      let outcome = try workspace.apus(["prove", "headers"] + arguments, input: input)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      proofs.insert(workspace.read("headers.proof"))
    }
    #expect(proofs.count == 1)
    #expect(workspace.names == ["headers.bin", "headers.proof"])
  }

  /// Heights are labels, so that any headers can stand at the end of a period.
  @Test func splitsAtTheEndOfAPeriod() throws {
    workspace.write(Day.raw(3..<6), "headers.bin")
    let outcome = try workspace.apus("prove", "headers", "--input", "headers.bin", "--start-height", "10078")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(workspace.names == ["headers-10078.proof", "headers-10080.proof", "headers.bin"])
    let verified = try workspace.apus("verify", "headers-10078.proof", "headers-10080.proof")
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.output.contains("\n  heights      10,078 … 10,080 (claimed)\n"))
    #expect(verified.output.contains("; retarget not checked\n"))
  }

  @Test func takesLittleMemoryForTheSameProof() throws {
    for memory in ["standard", "low"] {
      let outcome = try workspace.apus(
        "prove", "headers", "--count", "3", "--memory", memory, "--output", "\(memory).proof")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(workspace.read("standard.proof") == workspace.read("low.proof"))
  }

  @Test func writesATimeline() throws {
    let outcome = try workspace.apus("prove", "fibonacci", "--rows", "4096", "--profile", "profile.json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let profile = try #require(
      JSONSerialization.jsonObject(with: Data(workspace.read("profile.json"))) as? [String: Any])
    let events = try #require(profile["traceEvents"] as? [[String: Any]])
    let stages = events.filter { $0["tid"] as? Int == 0 && $0["ph"] as? String == "X" }
    #expect(stages.first?["name"] as? String == "trace" && stages.last?["name"] as? String == "verification")
    #expect(events.contains { $0["ph"] as? String == "X" && $0["tid"] as? Int ?? 0 > 0 })
    #expect(try workspace.apus("prove", "fibonacci", "--profile", "none/profile.json").status == 2)
  }

  @Test func keepsASymbolicLink() throws {
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/link.proof", withDestinationPath: workspace.write([], "real.proof"))
    #expect(try workspace.apus("prove", "fibonacci", "--rows", "32", "--output", "link.proof").status == 0)
    #expect(workspace.names == ["link.proof", "real.proof"])
    #expect(!workspace.read("real.proof").isEmpty)
  }
}
