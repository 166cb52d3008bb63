// `apus bench run`, or `apus bench` alone: one run of the suites.

import ApusBench
import ApusField
import ApusSuites
import ArgumentParser

struct BenchRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the benchmark suites.",
    discussion: """
      The machine's limits are measured first: vector instructions and products per nanosecond, and bandwidth of each \
      cache and of memory. Then the cases of each group take turns, round by round, for the time given.
      """)

  @Flag(help: "Small sizes and few instruction sets, in less than a minute.")
  var quick = false

  @Option(help: ArgumentHelp("Measure only cases whose names contain all of these words.", valueName: "text"))
  var filter = ""

  @Option(help: ArgumentHelp("Write the report as JSON to this file, - for standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write the report as a page with charts to this file.", valueName: "file"))
  var html: String?

  @Option(help: "Most threads to measure with; all CPUs that this process may use if not given.")
  var threads: Int?

  @Option(help: "Measure this instruction set only.")
  var isa: InstructionSet?

  @Option(help: ArgumentHelp("Seconds to measure for; 240 if not given, 25 with --quick.", valueName: "s"))
  var seconds: Double?

  func run() throws {
    let seconds = seconds ?? (quick ? 25 : 240)
    guard seconds > 0, seconds <= 86_400 else {
      throw Failure.unusable("the time to measure for must be above 0 and at most 86400 seconds, not \(seconds)")
    }
    let engine = try failing(.unusable) {
      try Engine(instructionSet: isa, threads: threads ?? Engine.default.threads)
    }
    let options = SuiteOptions(isQuick: quick, instructionSet: isa, threads: engine.threads)
    var groups = try failing(.unusable) { try allGroups(options) }.map { $0.filtered(by: filter) }
    guard groups.contains(where: { !$0.cases.isEmpty }) else {
      throw Failure.unusable(
        "no case's name contains all of '\(filter)'; the groups are: \(groups.map(\.name).joined(separator: "; "))")
    }
    // First of all: a run of minutes should not end with nowhere to put its report.
    let isForMachine = json == StandardOutput.name
    guard html != StandardOutput.name else {
      throw Failure.unusable("--html writes a file; only --json writes to standard output")
    }
    guard html == nil || html != json else {
      throw Failure.unusable("--json and --html name one file: \(html ?? "")")
    }
    let file = try json.flatMap { path throws(Failure) in isForMachine ? nil : try OutputFile(path) }
    let page = try html.map { path throws(Failure) in try OutputFile(path) }

    let report = try measure(&groups, seconds: seconds)
    try file?.write(Array(report.json.utf8))
    try page?.write(Array(report.html.utf8))
    try StandardOutput.write(isForMachine ? report.json : report.text)
  }

  private func measure(_ groups: inout [BenchGroup], seconds: Double) throws(Failure) -> BenchReport {
    let progress = StandardError.isTerminal ? Progress(title: "apus bench") : nil
    defer { progress?.clear() }
    progress?.show("limits of the machine")
    let clock = MachineClock()
    let limits = MachineLimits.measured(seconds: min(seconds / 20, 4))
    let machine = BenchMachine(
      cpu: MachineReport.cpuName, threads: Engine.default.threads, gigahertz: clock.gigahertz,
      cycleSource: clock.source)
    let runner = BenchRunner(clock: clock, limits: limits, budget: BenchBudget(seconds: seconds)) {
      progress?.show($0.name)
    }
    let results = try failing(.unusable) { try runner.run(emptying: &groups) }
    return BenchReport(machine: machine, limits: limits, groups: results)
  }
}
