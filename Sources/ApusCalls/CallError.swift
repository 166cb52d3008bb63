// How a call through a C ABI fails.

/// A status other than success, and its message.
package struct CallError: Error {
  package let status: Int32
  package let message: String

  package init(_ status: Int, _ message: String) {
    self.status = Int32(status)
    self.message = message
  }

  /// The status of arguments that no call takes: 1 in every header.
  package static func argument(_ message: String) -> CallError { CallError(1, message) }
}
