// Input from outside: files, pipes and standard input, never more than a limit.

import Foundation

enum InputFile {
  /// The name that stands for standard input.
  static let standardInput = "-"

  /// How messages call the input of this path.
  static func name(of path: String) -> String { path == standardInput ? "standard input" : path }

  /// All bytes of the file, of which there may be at most `limit`.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let descriptor = path == standardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }

    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw .unusable("\(name(of: path)) is larger than \(formatted(bytes: limit)), the most that is read")
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func unreadable(_ path: String) -> Failure {
    .unusable("cannot read \(name(of: path)): \(systemError())")
  }
}
