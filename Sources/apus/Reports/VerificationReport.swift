// What `apus verify` reports: on headers a chain, on other statements one proof.

import ApusStatements

enum VerificationReport: Report {
  case headers(ChainReport)
  case single(SingleProofReport)

  private var content: any Report {
    switch self {
    case .headers(let report): report
    case .single(let report): report
    }
  }

  var text: String { content.text }
  func encode(to encoder: any Encoder) throws { try content.encode(to: encoder) }
}

/// A verified proof of either kind.
struct VerifiedProofFacts: Encodable {
  let path: String
  let claim: ClaimFacts
  let proof: ProofFacts
  let verifyingSeconds: Double

  init(_ file: VerifiedFile) {
    path = InputFile.name(of: file.path)
    claim = ClaimFacts(file.claim)
    proof = file.facts
    verifyingSeconds = file.seconds
  }

  func describe(in rows: inout Rows) {
    let size = formatted(bytes: proof.bytes)
    rows.row("proof", "\(path): \(proof.security), \(size), verified in \(formatted(seconds: verifyingSeconds))")
  }
}

struct SingleProofReport: Report {
  let valid = true
  private let title: String
  let proofs: [VerifiedProofFacts]

  init(_ file: VerifiedFile) {
    title = file.claim.title
    proofs = [VerifiedProofFacts(file)]
  }

  var text: String {
    var rows = Rows()
    rows.title("valid: \(title)")
    for proof in proofs { proof.describe(in: &rows) }
    return rows.text
  }
}
