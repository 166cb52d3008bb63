// Why a proof is refused: one case for each reason.

public import ApusMerkle

public enum VerificationError: Error, Equatable, CustomStringConvertible {
  case notAProof
  case unsupportedVersion(found: Int, supported: Int)
  case unknownPreset(id: Int)
  case unknownHash(id: Int)
  case insufficientSecurity(demanded: SecurityPreset, found: SecurityPreset)
  case truncated(part: String, needed: Int, left: Int)
  case trailingBytes(Int)
  case nonCanonicalElement(part: String)
  case insufficientWork(at: String, bits: Int)
  case constraintsNotSatisfied
  case traceOpening(MerkleError)
  case quotientOpening(MerkleError)
  case foldOpening(fold: Int, MerkleError)
  case finalPolynomial(index: Int)

  public var description: String {
    switch self {
    case .notAProof: "these bytes do not start like an Apus proof"
    case .unsupportedVersion(let found, let supported):
      "the proof is of format version \(found); this verifier reads version \(supported)"
    case .unknownPreset(let id): "the proof names security preset \(id), which this verifier does not know"
    case .unknownHash(let id): "the proof names hash \(id), which this verifier does not know"
    case .insufficientSecurity(let demanded, let found):
      "the proof \(found.level > 0 ? "has \(found.level) proven bits" : "promises no level") (\(found)), "
        + "but \(demanded.level) (\(demanded)) are demanded"
    case .truncated(let part, let needed, let left):
      "the proof ends early: \(part) needs \(needed) bytes, \(left) are left"
    case .trailingBytes(let count): "\(count) bytes follow the proof's end"
    case .nonCanonicalElement(let part): "an element in \(part) is not below the field's modulus"
    case .insufficientWork(let place, let bits): "the nonce for \(place) lacks its \(bits) bits of work"
    case .constraintsNotSatisfied: "the opened values do not satisfy the constraints at the out-of-domain point"
    case .traceOpening(let reason): "opened trace rows: \(reason)"
    case .quotientOpening(let reason): "opened quotient rows: \(reason)"
    case .foldOpening(let fold, let reason): "opened values of FRI fold \(fold + 1): \(reason)"
    case .finalPolynomial(let index):
      "FRI's last fold differs from the final polynomial at position \(index)"
    }
  }
}
