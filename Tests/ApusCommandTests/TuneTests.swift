// `apus tune` and what reads its profile. Timings decide nothing here: whatever is chosen is used, and proves the same.

import ApusField
import ApusTestSupport
import Foundation
import Testing

@Suite struct TuneTests {
  let workspace = Workspace()

  @Test func aProfileThatProvingUses() throws {
    let outcome = try workspace.apus("tune", "--budget", "2", "--output", "a.profile", "--explain")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(workspace.names == ["a.profile"])
    for knob in ["threads", "affinity", "huge_pages", "isa_ntt_small", "block_rows", "split_cells"] {
      #expect(outcome.output.contains("\n\(knob): ") || outcome.output.hasPrefix("\(knob): "), "\(knob)")
      #expect(outcome.output.contains("\n  \(knob) "), "\(knob)")
    }
    #expect(outcome.output.contains("median  spread"))
    #expect(outcome.output.hasSuffix("  to use it            export APUS_TUNING='a.profile'\n"))

    let info = try workspace.apus(after: "export APUS_TUNING=a.profile", "info")
    #expect(info.status == 0 && info.errors.isEmpty)
    #expect(info.output.contains(": as APUS_TUNING says, a.profile\n"))
    #expect(try workspace.apus("prove", "fibonacci", "--rows", "1024", "--output", "plain.proof").status == 0)
    let tuned = try workspace.apus(
      after: "export APUS_TUNING=a.profile", "prove", "fibonacci", "--rows", "1024", "--output", "tuned.proof")
    #expect(tuned.status == 0 && tuned.errors.isEmpty)
    #expect(workspace.read("plain.proof") == workspace.read("tuned.proof"))
  }

  @Test func forMachinesAndInItsUsualPlace() throws {
    let outcome = try workspace.apus(
      after: "export XDG_CONFIG_HOME=\"$PWD/config\"", "tune", "--budget", "0.01", "--json")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(workspace.names == ["config"])
    let path = workspace.path + "/config/apus/tuning.profile"
    #expect(outcome.json?["path"] as? String == path)
    #expect(FileManager.default.fileExists(atPath: path))
    let knobs = try #require(outcome.json?["knobs"] as? [[String: Any]])
    #expect(knobs.first?["knob"] as? String == "threads")
    #expect(knobs.allSatisfy { $0["chosen"] is String && $0["reason"] is String })
  }

  @Test(arguments: [
    (["--budget", "0"], "the budget must be above 0 and at most 3600 seconds, not 0.0"),
    (["--budget", "nan"], "the budget must be above 0 and at most 3600 seconds, not nan"),
    (["--budget", "1e9"], "the budget must be above 0 and at most 3600 seconds, not 1000000000.0"),
    (["--output", "none/a"], "cannot write none/a: No such file or directory"),
    (["--output", "."], "cannot write .: it is there, and is not a regular file"),
  ])
  func badUsage(_ arguments: [String], line: String) throws {
    let outcome = try workspace.apus(["tune"] + arguments)
    #expect(outcome.firstError == "error: " + line)
    #expect(outcome.status == 2 && outcome.output.isEmpty && workspace.names.isEmpty)
  }

  @Test func whatTheEnvironmentNamesNeedNotBeThereYet() throws {
    let outcome = try workspace.apus(
      after: "export APUS_TUNING=new.profile", "tune", "--budget", "0.01", "--output", "new.profile")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(workspace.names == ["new.profile"])
  }

  @Test func nowhereToPutIt() throws {
    let outcome = try workspace.apus(after: "unset HOME XDG_CONFIG_HOME", "tune", "--budget", "1")
    #expect(outcome.firstError.hasSuffix("name a file with --output") && outcome.status == 2)
  }

  // MARK: Profiles in the environment

  /// A profile of this machine as the command would write it, changed.
  private func profile(_ tuning: Tuning = Tuning(), _ found: String = "", _ replacement: String = "") throws -> String {
    let text = try ProfileFile.text(tuning)
    #expect(found.isEmpty || text.contains(found), "\(found)")
    return workspace.write((found.isEmpty ? text : text.replacing(found, with: replacement)).utf8, "p")
  }

  @Test func variablesWinOverAProfile() throws {
    var tuning = Tuning()
    tuning.threads = 1
    tuning.blockRows = 512
    tuning.instructionSets[.ntt, .small] = .portable
    let path = try profile(tuning)
    let tuned = try workspace.apus(after: "export APUS_TUNING=\(path)", "info")
    #expect(tuned.output.contains("\n  threads      1: as the profile says, within usable CPUs\n"))
    #expect(tuned.output.contains("\n  tuning       threads 1, block_rows 512, isa_ntt_small portable: as APUS_TUNING"))
    let both = try workspace.apus(after: "export APUS_TUNING=\(path) APUS_THREADS=2 APUS_ISA=portable", "info")
    #expect(both.output.contains("\n  threads      2: as APUS_THREADS says\n"))
    #expect(both.output.contains("\n  set chosen   portable: as APUS_ISA says\n"))
    #expect(both.output.contains("\n  tuning       threads 1, block_rows 512: as APUS_TUNING says, p\n"))
    #expect(try workspace.apus("info").output.contains("\n  tuning       defaults: no profile\n"))
  }

  @Test func aProfileOfAnotherMachineIsAWarning() throws {
    let path = try profile(Tuning(), "\"cpu_stepping\": ", "\"cpu_stepping\": 7")
    let outcome = try workspace.apus(after: "export APUS_TUNING=\(path)", "info")
    #expect(outcome.status == 0)
    #expect(outcome.firstError.hasPrefix("apus: warning: APUS_TUNING is ignored: p is not for this machine: made on "))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.output.contains("\n  tuning       defaults: the profile is for another machine\n"))
  }

  @Test func aProfileThatIsNone() throws {
    let missing = try workspace.apus(after: "export APUS_TUNING=none", "info")
    #expect(missing.firstError == "error: APUS_TUNING: cannot read none: No such file or directory")
    #expect(missing.status == 2 && missing.output.isEmpty)
    let path = try profile(Tuning(), "\"threads\": 0", "\"threads\": [0]")
    let nested = try workspace.apus(after: "export APUS_TUNING=\(path)", "info")
    #expect(nested.firstError.hasPrefix("error: APUS_TUNING: p is no tuning profile: byte "))
    #expect(nested.firstError.hasSuffix(": expected a string or a whole number from 0, found '['"))
    #expect(nested.status == 2 && nested.output.isEmpty)
  }
}
