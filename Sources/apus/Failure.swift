// Why a command stops, in words and as an exit status.

/// What a command tells the program that called it.
enum ExitStatus: Int32 {
  case good = 0
  /// A proof, or what it should prove, is invalid.
  case invalid = 1
  /// Bad usage, input that cannot be read or compared, output that cannot be written.
  case unusable = 2
}

struct Failure: Error {
  let status: ExitStatus
  let message: String

  static func invalid(_ message: String) -> Failure { Failure(status: .invalid, message: message) }
  static func unusable(_ message: String) -> Failure { Failure(status: .unusable, message: message) }
}

/// Gives what `body` gives; what it throws becomes a failure of this status, about `subject` if there is one.
func failing<Value>(
  _ status: ExitStatus, about subject: String? = nil, _ body: () throws -> Value
) throws(Failure) -> Value {
  do {
    return try body()
  } catch let failure as Failure {
    throw failure
  } catch {
    throw Failure(status: status, message: (subject.map { $0 + ": " } ?? "") + "\(error)")
  }
}
