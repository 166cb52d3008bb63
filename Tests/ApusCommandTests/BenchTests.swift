// `apus bench`: what it writes it reads back, and what cannot be done is said before anything is measured. Timings
// decide nothing here.

import Foundation
import Testing

@Suite struct BenchTests {
  let workspace = Workspace()

  /// One short case.
  private func bench(_ more: String...) throws -> Outcome {
    try workspace.apus(["bench", "--quick", "--seconds", "0.01", "--filter", "add babybear portable"] + more)
  }

  @Test func aRunForPeople() throws {
    let outcome = try bench()
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.contains { $0.contains("GHz") })
    #expect(lines.last?.hasPrefix("  add     BabyBear  portable  4,096") == true)
  }

  @Test func aRunComparedWithItself() throws {
    let written = try bench("--json", "a.json")
    #expect(written.status == 0 && written.output.contains("element-wise"))
    #expect(workspace.names == ["a.json"])
    let comparison = try workspace.apus("bench", "compare", "a.json", "a.json")
    #expect(comparison.status == 0)
    #expect(comparison.output == "1 compared: 0 slower, 0 faster, 1 the same within noise\n")

    let forMachines = try workspace.apus("bench", "compare", "a.json", "-", "--json", input: workspace.read("a.json"))
    let cases = try #require(forMachines.json?["cases"] as? [[String: Any]])
    #expect(cases.map { $0["verdict"] as? String } == ["same"])
  }

  @Test func aRunForMachines() throws {
    let outcome = try bench("--json", "-")
    #expect(outcome.status == 0)
    #expect(outcome.json?["format"] as? String == "apus bench")
    #expect(workspace.names.isEmpty)
  }

  @Test func aPage() throws {
    #expect(try bench("--html", "a.html").status == 0)
    #expect(String(decoding: workspace.read("a.html"), as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
  }

  @Test func kernelsHaveBounds() throws {
    let outcome = try workspace.apus(
      "bench", "--quick", "--seconds", "0.01", "--filter", "pairs blake3", "--json", "-")
    let groups = try #require(outcome.json?["groups"] as? [[String: Any]])
    let cases = groups.flatMap { $0["cases"] as? [[String: Any]] ?? [] }
    #expect(!cases.isEmpty)
    for one in cases {
      let bound = try #require(one["bound"] as? [String: Any])
      let median = try #require((one["nanoseconds"] as? [String: Any])?["median"] as? Double)
      #expect(try #require(bound["nanoseconds"] as? Double) < median)
    }
  }

  // MARK: Bad input

  private func expect(_ line: String, from outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(outcome.firstError == "error: " + line, sourceLocation: sourceLocation)
    #expect(outcome.status == 2, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    (["--threads", "0"], "the number of threads must be from 1 to 1024, not 0"),
    (["--seconds", "0"], "the time to measure for must be above 0 and at most 86400 seconds, not 0.0"),
    (["--seconds", "nan"], "the time to measure for must be above 0 and at most 86400 seconds, not nan"),
    (["--json", "none/a.json"], "cannot write none/a.json: No such file or directory"),
    (["--html", "none/a.html"], "cannot write none/a.html: No such file or directory"),
    (["--html", "."], "cannot write .: it is there, and is not a regular file"),
    (["--html", "-"], "--html writes a file; only --json writes to standard output"),
    (["--html", "a", "--json", "a"], "--json and --html name one file: a"),
  ])
  func usage(_ arguments: [String], line: String) throws {
    expect(line, from: try workspace.apus(["bench", "--quick"] + arguments))
  }

  @Test func aFilterThatNothingPasses() throws {
    let outcome = try workspace.apus("bench", "--quick", "--filter", "frobnicate")
    #expect(outcome.firstError.hasPrefix("error: no case's name contains all of 'frobnicate'; the groups are: "))
    #expect(outcome.status == 2 && outcome.output.isEmpty)
  }

  @Test func twoRunsFromOneInput() throws {
    let outcome = try workspace.apus("bench", "compare", "-", "-", input: Array(Self.sound.utf8))
    expect("standard input holds one run: name a file for the other", from: outcome)
  }

  @Test(arguments: [
    ("", "a.json is not JSON"),
    ("[]", "a.json: expected an object"),
    ("{}", "a.json: member \"format\" is missing"),
    (#"{"format": "other"}"#, #"a.json: format: expected "apus bench""#),
    (#"{"format": "apus bench", "version": 1}"#, "a.json: version: expected 2, found 1"),
    (
      #"{"format": "apus bench", "version": true}"#,
      "a.json: version: expected a whole number from 0 to 9007199254740992"
    ),
  ])
  func reportsThatAreNone(_ text: String, line: String) throws {
    let file = workspace.write(text.utf8, "a.json")
    expect(line, from: try workspace.apus("bench", "compare", file, file))
  }

  @Test(arguments: [
    (#""threads": 2, "#, "", #"a.json: machine: member "threads" is missing"#),
    (#""threads": 2"#, #""threads": 2.5"#, "machine.threads: expected a whole number from 0 to 9007199254740992"),
    (#""bound": null"#, #""bound": 1"#, "groups[0].cases[0].bound: expected an object"),
    (#", "bound": null"#, "", #"groups[0].cases[0]: member "bound" is missing"#),
    (#""cycles": 1.5"#, #""cycles": -1"#, "groups[0].cases[0].cycles: expected a number that is not negative"),
    (#""cycles": 1.5"#, #""cycles": 1.5, "more": 1"#, #"groups[0].cases[0]: unknown member "more""#),
    (#""median": 1.0"#, #""median": 0"#, "nanoseconds: expected a median above 0 and not below the minimum"),
  ])
  func reportsWithAFault(_ found: String, replacement: String, line: String) throws {
    #expect(Self.sound.contains(found))
    let sound = workspace.write(Self.sound.utf8, "sound.json")
    #expect(try workspace.apus("bench", "compare", sound, sound).status == 0)
    let file = workspace.write(Self.replacing(found, by: replacement).utf8, "a.json")
    let outcome = try workspace.apus("bench", "compare", sound, file)
    #expect(outcome.firstError.hasSuffix(line))
    #expect(outcome.status == 2 && outcome.output.isEmpty)
  }

  private static func replacing(_ found: String, by replacement: String) -> String {
    guard let range = sound.range(of: found) else { return sound }
    return sound.replacingCharacters(in: range, with: replacement)
  }

  private static let sound = """
    {
      "format": "apus bench", "version": 2,
      "machine": {"cpu": "c", "threads": 2, "gigahertz": 1.0, "cycleSource": "perf counter"},
      "limits": {"vectors": [], "bandwidths": []},
      "groups": [{"name": "g", "cases": [{
        "label": {"kernel": "k", "field": "", "engine": "e", "rows": 1, "columns": 1, "threads": 1},
        "work": {"elements": 1, "butterflies": 0, "bytes": 0, "workingSet": 0, "instructions": 0, "products": 0, "vectorBytes": 0},
        "calls": 1,
        "nanoseconds": {"count": 1, "minimum": 1.0, "lowerQuartile": 1.0, "median": 1.0, "upperQuartile": 1.0,
                        "medianDeviation": 0.0},
        "cycles": 1.5, "bound": null
      }]}]
    }
    """
}
