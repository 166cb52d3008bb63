// Proof files by their paths.

import ApusSTARK
import ApusStatements

/// Reads a proof file, which need not verify.
func readProofFile(_ path: String) throws(Failure) -> ProofFile {
  let bytes = try InputFile.read(path, limit: ProofFile.maximumByteCount)
  do { return try ProofFile(bytes: bytes) } catch {
    throw Failure(status: error == .empty ? .unusable : .invalid, message: "\(InputFile.name(of: path)): \(error)")
  }
}

/// A proof file that has been verified.
struct VerifiedFile {
  let path: String
  let claim: ProofClaim
  let facts: ProofFacts
  let seconds: Double

  init(_ path: String, demanding preset: SecurityPreset) throws(Failure) {
    let file = try readProofFile(path)
    let start = ContinuousClock.now
    let verified = try failing(.invalid, about: InputFile.name(of: path)) { try file.verify(demanding: preset) }
    seconds = elapsed(since: start)
    self.path = path
    claim = file.claim
    facts = ProofFacts(file, shape: verified.shape)
  }

  /// What the proof says, if it is about headers.
  var headers: HeaderClaim? { if case .headers(let claim) = claim { claim } else { nil } }
}
