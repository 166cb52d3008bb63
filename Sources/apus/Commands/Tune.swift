// `apus tune`: how this machine is used best, as a profile.

import ApusBench
import ApusField
import ApusSuites
import ArgumentParser
import CApusRuntime

struct Tune: ReportingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the threads, pinning, block sizes and instruction sets that are fastest on this machine.",
    discussion: """
      Each knob's values are measured in turns on the same work, starting from the defaults, whatever the environment \
      says; another value than the default is chosen only if it is faster beyond noise. The result is a profile, which proving uses where APUS_TUNING names it; APUS_ISA and \
      APUS_THREADS win over it. Results never depend on a profile, only speed does. Measure on an otherwise idle \
      machine, under the affinity mask and the limits that will hold later: elsewhere a profile is ignored.

      Exit status: 0 if the profile is written, 2 for bad usage or a profile that cannot be written.
      """)

  @Option(help: ArgumentHelp("Seconds to measure for.", valueName: "s"))
  var budget = 60.0

  @Option(
    help: ArgumentHelp(
      """
      Where to put the profile; a file there is replaced. If not given, apus/tuning.profile in $XDG_CONFIG_HOME or \
      ~/.config.
      """, valueName: "file"))
  var output: String?

  @Flag(help: "Show the figures behind each choice.")
  var explain = false

  @Flag(help: "Report as one JSON object.")
  var json = false

  /// Below this, workloads of some milliseconds each are measured.
  private static let quickBudget = 30.0

  func report() throws(Failure) -> TuningReport {
    guard budget > 0, budget <= 3600 else {
      throw .unusable("the budget must be above 0 and at most 3600 seconds, not \(budget)")
    }
    // First of all: a minute of measuring should not end with nowhere to put the profile.
    let path = if let output { output } else { try defaultTuningPath() }
    let file = try OutputFile(path)
    let start = ContinuousClock.now
    let (tuning, choices) = try search()
    var processor = apus_processor()
    apus_processor_read(&processor)
    let values = try failing(.unusable) { try tuning.values() }
    try file.write(Array(tuningProfile(values, madeOn: processor).utf8))
    return TuningReport(
      path: file.path, choices: choices, budget: budget, seconds: elapsed(since: start), isExplained: explain)
  }

  private func search() throws(Failure) -> (Tuning, [TuningChoice]) {
    let progress = StandardError.isTerminal ? Progress(title: "apus tune") : nil
    defer { progress?.clear() }
    let clock = MachineClock()
    let search = TuningSearch(clock: clock, seconds: budget)
    let steps = tuningSteps(isQuick: budget < Self.quickBudget)
    var (tuning, choices) = (Tuning(), [TuningChoice]())
    for (index, step) in steps.enumerated() {
      progress?.show("\(step.knob) (\(index + 1) of \(steps.count))")
      let choice = try failing(.unusable, about: step.knob) {
        try search.choose(step.trial(from: tuning), shares: steps.count - index)
      }
      tuning = step.tuning(after: choice, from: tuning)
      choices.append(choice)
    }
    return (tuning, choices)
  }
}
