// What `apus tune` reports: each knob's choice and why, the figures behind it if asked, and how to use the profile.

import ApusBench

struct TuningReport: Report {
  /// Where the profile is.
  let path: String
  let knobs: [Knob]
  let budget: Double
  let seconds: Double
  private let explanation: String?

  struct Knob: Encodable {
    let knob: String
    let chosen: String
    let reason: String
    let workload: String
    /// With figures only if something was measured.
    let candidates: [Candidate]
  }

  /// Times of one run of the workload.
  struct Candidate: Encodable {
    let name: String
    let medianNanoseconds: Double?
    let minimumNanoseconds: Double?
    let spread: Double?
    let samples: Int
  }

  private enum CodingKeys: String, CodingKey { case path, knobs, budget, seconds }

  init(path: String, choices: [TuningChoice], budget: Double, seconds: Double, isExplained: Bool) {
    self.path = path
    self.budget = budget
    self.seconds = seconds
    knobs = choices.map { choice in
      Knob(
        knob: choice.knob, chosen: "\(choice)", reason: choice.why, workload: choice.workload,
        candidates: choice.names.enumerated().map { index, name in
          let time = choice.times.isEmpty ? nil : choice.times[index]
          return Candidate(
            name: name, medianNanoseconds: time?.median, minimumNanoseconds: time?.minimum, spread: time?.spread,
            samples: time?.count ?? 0)
        })
    }
    explanation = isExplained ? choices.map { $0.explanation + "\n" }.joined() : nil
  }

  var text: String {
    var rows = Rows()
    rows.title("Tuning of \(MachineReport.cpuName), \(formatted(seconds: seconds))")
    for knob in knobs { rows.row(knob.knob, knob.chosen, knob.reason, nameWidth: 20, detailWidth: 20) }
    rows.row("written", path, nameWidth: 20)
    rows.row("to use it", "export APUS_TUNING='\(path)'", nameWidth: 20)
    return (explanation ?? "") + rows.text
  }
}
