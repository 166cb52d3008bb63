// What `apus prove` reports: each proof with its stages.

import CApusRuntime

struct ProvingReport: Report {
  let proofs: [MadeProof]
  /// From the start of the program.
  let seconds = elapsed(since: Apus.start)

  var text: String {
    var rows = Rows()
    for proof in proofs { proof.describe(in: &rows) }
    let what = proofs.count > 1 ? "\(proofs.count) proofs" : "whole command"
    rows.title("\(what) in \(formatted(seconds: seconds))")
    return rows.text
  }
}

/// How fast a statement's items were proven.
struct ItemRate: Encodable {
  let name: String
  let count: Int
  let perSecond: Double
}

/// A proof that was made, verified and written.
struct MadeProof: Encodable {
  let title: String
  let source: String?
  let output: String
  let claim: ClaimFacts
  let proof: ProofFacts
  let constraints: Int
  let degree: Int
  let stages: [Stage]
  /// From the trace to the proof's last byte.
  let provingSeconds: Double
  let verifyingSeconds: Double
  let items: ItemRate?
  /// Of the process, when this proof was done.
  let peakResidentBytes = Int(apus_peak_resident_bytes())

  init(_ made: ProvingRun.Result, source: String? = nil, output: String) {
    title = made.file.claim.title
    self.source = source
    self.output = output
    claim = ClaimFacts(made.file.claim)
    proof = made.facts
    constraints = made.constraints
    degree = made.degree
    stages = made.stages
    provingSeconds = made.provingSeconds
    verifyingSeconds = made.verifyingSeconds
    items = made.items.map {
      ItemRate(name: $0.name, count: $0.count, perSecond: Double($0.count) / made.provingSeconds)
    }
  }

  func describe(in rows: inout Rows) {
    rows.title(title + (source.map { ", " + $0 } ?? ""))
    for stage in stages { rows.row(stage.name, detail(of: stage.name), formatted(seconds: stage.seconds)) }
    rows.row("proven", proof.security, "\(formatted(seconds: provingSeconds)) in all")
    rows.row("speed", speed)
    rows.row("verified", "from the file's bytes", formatted(seconds: verifyingSeconds))
    rows.row("written", "\(output), \(formatted(bytes: proof.bytes))")
  }

  private var speed: String {
    let memory = "\(formatted(bytes: peakResidentBytes)) at peak"
    return items.map { "\(formatted(rate: $0.perSecond)) \($0.name)/s, " + memory } ?? memory
  }

  private func detail(of stage: String) -> String {
    switch stage {
    case "trace": proof.extent
    case "extension":
      """
      blowup \(proof.blowup), \(formatted(bytes: proof.traceBytes)) → \
      \(formatted(bytes: proof.traceBytes * proof.blowup))
      """
    case "commitment": proof.hash + (proof.commitment.map { ", root \(abbreviated($0))" } ?? "")
    case "quotient": "\(constraints) constraints, degree \(degree)"
    case "openings": "\(proof.openedValues) values"
    case "FRI": proof.fri
    case "queries": "\(proof.queries) positions"
    default: ""
    }
  }
}
