// How a call through the C ABI fails: every error of the rooms below becomes a status and a message.

import ApusCalls
import ApusField
import ApusSTARK
import ApusStatements
import CApus

extension CallError {
  init(_ error: any Error) {
    switch error {
    case let error as CallError: self = error
    case let error as GraphError: self.init(error)
    case let error as EngineError: self.init(error)
    case let error as TuningError:
      self.init(error.isAboutProcessor ? APUS_OTHER_PROCESSOR : APUS_INVALID_PROFILE, "\(error)")
    case let error as ProverError: self.init(error)
    case is StatementError, is ProofShapeError: self.init(APUS_INVALID_STATEMENT, "\(error)")
    case is VerificationError, is ProofFileError: self.init(APUS_INVALID_PROOF, "\(error)")
    case let error as CanonicalWordError: self.init(APUS_INVALID_ARGUMENT, "the trace: \(error)")
    default: self.init(APUS_INTERNAL, "\(error)")
    }
  }

  private init(_ error: GraphError) {
    switch error {
    case .neverHolds, .alwaysHolds, .noConstraints: self.init(APUS_INVALID_STATEMENT, "\(error)")
    default: self.init(APUS_INVALID_ARGUMENT, "\(error)")
    }
  }
  private init(_ error: EngineError) {
    switch error {
    case .unsupported: self.init(APUS_UNSUPPORTED, "\(error)")
    case .invalidThreadCount, .invalidTuning: self.init(APUS_INVALID_ARGUMENT, "\(error)")
    case .threadsNotStarted: self.init(APUS_NO_RESOURCES, "\(error)")
    }
  }
  private init(_ error: ProverError) {
    switch error {
    case .traceSize: self.init(APUS_INVALID_ARGUMENT, "\(error)")
    case .constraintsNotSatisfied: self.init(APUS_UNSATISFIED, "\(error)")
    case .refused: self.init(APUS_INTERNAL, "\(error)")
    }
  }
}

/// Runs a call's body; its error becomes this thread's message.
func status(_ body: () throws -> Void) -> apus_status {
  do {
    try body()
    return apus_status(APUS_OK)
  } catch {
    let error = CallError(error)
    apus_error_set_message(error.message)
    return error.status
  }
}
