// Standard output and error, written whole: a full disk behind a redirection is an error like any other.

import Foundation

enum StandardOutput {
  /// The path that stands for it.
  static let name = "-"

  static func write(_ text: String) throws(Failure) {
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else {
      throw .unusable("cannot write to standard output: \(systemError())")
    }
  }
}

enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  /// Nothing is left to do when this fails.
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// What `errno` says.
func systemError() -> String { String(cString: strerror(errno)) }

/// Writes all bytes; `false`, with the reason in `errno`, if the system takes only some.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress! + written, bytes.count - written) }
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { return false }
    written += count
  }
  return true
}
