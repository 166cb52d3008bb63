// What `apus inspect` reports: a proof taken apart.

import ApusSTARK
import ApusStatements

struct InspectionReport: Report {
  struct Part: Encodable {
    let name: String
    let bytes: Int
  }

  let path: String
  let claim: String
  let facts: ProofFacts
  let security: String
  /// Known only where verification came to the proof's end.
  let parts: [Part]
  /// Why the proof does not verify.
  let refusal: String?

  init(_ file: ProofFile, path: String) throws {
    self.path = path
    claim = file.claim.title
    let shape = try Prover(file.proof.preset, hash: file.proof.hash).shape(of: file.claim.statement)
    facts = ProofFacts(file, shape: shape)
    security = shape.security.description
    do {
      let layout = try file.verify(demanding: file.proof.preset).layout
      parts =
        [Part(name: "file head and claim", bytes: file.bytes.count - file.proof.bytes.count)]
        + layout.parts.map { Part(name: $0.name, bytes: $0.bytes) }
      refusal = nil
    } catch {
      parts = []
      refusal = "\(error)"
    }
  }

  var failure: Failure? { refusal.map { .invalid("\(path): the proof does not verify: \($0)") } }

  var text: String {
    var rows = Rows()
    rows.title("\(path): \(claim)")
    rows.row("size", "\(formatted(bytes: facts.bytes)) (\(facts.bytes.grouped) bytes)")
    rows.row("trace", "\(facts.extent), blowup \(facts.blowup)")
    rows.row("openings", "\(facts.openedValues) values out of domain")
    rows.row("FRI", "\(facts.fri), \(facts.queries) queries")
    rows.row("hash", facts.hash + (facts.commitment.map { ", trace root \($0)" } ?? ""))
    rows.row("verifies", refusal.map { "NO: " + $0 } ?? "yes")
    rows.title("security of \(security)")
    if !parts.isEmpty { rows.title("bytes by part") }
    for part in parts {
      let share = 100 * Double(part.bytes) / Double(facts.bytes)
      let bytes = part.bytes.grouped
      rows.title("  \(padded(part.name, to: 22)) \(padded("", to: 9 - bytes.count))\(bytes)  \(percent(share))")
    }
    return rows.text
  }

  private func percent(_ share: Double) -> String {
    let text = "\((share * 10).rounded() / 10) %"
    return padded("", to: 7 - text.count) + text
  }
}
