// What a call leaves in the caller's report.

import ApusCalls
import ApusScript
import CApusScript

extension apus_script_report {
  private init(message: String) {
    self.init()
    struct_size = MemoryLayout<Self>.size
    (opcode, index, position) = (-1, -1, -1)
    withUnsafeMutableBytes(of: &self.message) { write(message, into: $0) }
  }

  static let success = apus_script_report(message: "")

  init(_ error: CallError) { self.init(message: error.message) }

  /// - Parameter reasons: at least one.
  init(_ reasons: [NonStandardReason]) {
    self.init(message: reasons.map(\.description).joined(separator: "; "))
    withUnsafeMutableBytes(of: &rule_name) { write(reasons[0].name, into: $0) }
  }

  init(_ verdict: Verdict) {
    let (taken, error): (SpendReport?, ScriptError?) =
      switch verdict {
      case .standard(let taken): (taken, nil)
      case .nonStandard(let taken, let error): (taken, error)
      case .invalid(let error): (nil, error)
      }
    self.init(message: error?.description ?? "")
    if let taken {
      instructions = UInt64(taken.instructions)
      peak_stack = UInt64(taken.peakStack)
      signature_checks = UInt64(taken.signatureChecks)
    }
    guard let error else { return }
    (rule, stage) = (error.rule.code, error.stage.code)
    withUnsafeMutableBytes(of: &rule_name) { write(error.rule.name, into: $0) }
    if let place = error.place {
      (opcode, index, position) = (Int32(place.opcode.rawValue), Int64(place.index), Int64(place.position))
    }
  }
}

extension CallError {
  fileprivate init(_ error: any Error) {
    switch error {
    case let error as CallError: self = error
    case is EncodingError: self.init(APUS_SCRIPT_INVALID_TRANSACTION, "the transaction: \(error)")
    case is TransactionDefect: self.init(APUS_SCRIPT_INVALID_TRANSACTION, "\(error)")
    case is SpentOutputsMismatch: self.init(APUS_SCRIPT_INVALID_ARGUMENT, "\(error)")
    default: self.init(APUS_SCRIPT_INTERNAL, "\(error)")
    }
  }
}

/// A text that ends in NUL, cut at a character's end if it is too long.
private func write(_ text: String, into buffer: UnsafeMutableRawBufferPointer) {
  var count = 0
  for scalar in text.unicodeScalars {
    let bytes = UTF8.encode(scalar)!
    guard count + bytes.count < buffer.count else { break }
    for byte in bytes {
      buffer[count] = byte
      count += 1
    }
  }
  buffer[count] = 0
}

/// Runs a call's body, which gives a status and a report; an error becomes both, too.
func reporting(
  to place: UnsafeMutablePointer<apus_script_report>?,
  _ body: () throws -> (status: Int, report: apus_script_report)
) -> apus_script_status {
  // A report that cannot be written to is told by the status alone.
  if place != nil {
    do {
      try checkSize(required(place, "report").pointee.struct_size, of: apus_script_report.self, "apus_script_report")
    } catch { return apus_script_status(APUS_SCRIPT_INVALID_ARGUMENT) }
  }
  do {
    let (status, report) = try body()
    place?.pointee = report
    return apus_script_status(status)
  } catch {
    let error = CallError(error)
    place?.pointee = apus_script_report(error)
    return error.status
  }
}
