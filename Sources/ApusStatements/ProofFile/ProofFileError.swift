// Why bytes are no proof file that this version reads.

public import ApusSTARK

public enum ProofFileError: Error, Equatable, Sendable {
  case empty
  case tooLarge(bytes: Int)
  case notAProofFile
  /// The bytes are a proof alone.
  case claimMissing
  case truncated(part: String, needed: Int, left: Int)
  case unsupportedVersion(found: Int, supported: Int)
  case unknownStatement(id: Int)
  case headers(HeaderClaimError)
  case fibonacci(FibonacciClaimError)
  case permutations(PermutationClaimError)
  /// The head of the proof inside cannot be read.
  case proof(VerificationError)
}

extension ProofFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "the file is empty"
    case .tooLarge(let bytes):
      "\(bytes.grouped) bytes are more than any proof file has (\(ProofFile.maximumByteCount.grouped))"
    case .notAProofFile:
      "this is no Apus proof file: it does not start with the letters APPF"
    case .claimMissing:
      "this is a proof without its claim: what it proves cannot be told from it"
    case .truncated(let part, let needed, let left):
      "the file ends early: \(part) needs \(needed.grouped) bytes, \(left.grouped) are left"
    case .unsupportedVersion(let found, let supported):
      "the file is of format version \(found); this apus reads version \(supported)"
    case .unknownStatement(let id):
      "the file names statement \(id), which this apus does not know"
    case .headers(let reason):
      "the claim is no claim about headers: \(reason)"
    case .fibonacci(let reason):
      "the claim is no claim about a Fibonacci sequence: \(reason)"
    case .permutations(let reason):
      "the claim is no claim about permutations: \(reason)"
    case .proof(let reason):
      reason.description
    }
  }
}
