// Output that is there whole or not at all: written beside its place, flushed to the disk, then renamed.

import Foundation

struct OutputFile {
  /// As it was given, for messages.
  let path: String
  /// Where the bytes go: behind a symbolic link, so that the link stays one.
  private let target: String
  private let temporary: String

  /// - Throws: if a file could not be written there now. Nothing stays behind from the attempt.
  init(_ path: String) throws(Failure) {
    self.path = path
    target = Self.resolved(path) ?? path
    let (directory, name) = Self.split(target)
    temporary = "\(directory).\(name).\(String(UInt32.random(in: 0...(.max)), radix: 36)).part"

    guard !name.isEmpty else { throw .unusable("cannot write '\(path)': it names no file") }
    var status = stat()
    if stat(target, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw .unusable("cannot write \(path): it is there, and is not a regular file")
      }
      guard access(target, W_OK) == 0 else { throw unwritable() }
    }
    close(try create())
    unlink(temporary)
  }

  /// Puts a file of these bytes in the place, where one may be already.
  func write(_ bytes: [UInt8]) throws(Failure) {
    let descriptor = try create()
    var isOpen = true
    func abandon() -> Failure {
      let failure = unwritable()
      if isOpen { close(descriptor) }
      unlink(temporary)
      return failure
    }
    guard writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else { throw abandon() }
    isOpen = false
    guard close(descriptor) == 0, rename(temporary, target) == 0 else { throw abandon() }
  }

  private func create() throws(Failure) -> Int32 {
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable() }
    return descriptor
  }

  private func unwritable() -> Failure { .unusable("cannot write \(path): \(systemError())") }

  /// Without symbolic links; `nil` where nothing is yet.
  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The directory, with the slash that ends it, and the name in it.
  private static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }
}

extension OutputFile {
  /// The path with something put before its extension: `headers.proof` and `-822528` give `headers-822528.proof`.
  static func path(_ path: String, inserting text: String) -> String {
    let (directory, name) = split(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path + text }
    return directory + name[..<dot] + text + name[dot...]
  }
}
