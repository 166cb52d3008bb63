// Runs the built executable as anybody would, and keeps what it said.

import Foundation

/// What a run of `apus` left behind.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String
  /// A crash, or a signal from outside.
  let wasKilled: Bool

  var firstError: String { String(errors.prefix { $0 != "\n" }) }
  var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] }
}

/// A directory of its own for a test, removed with it.
final class Workspace: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names in it, in alphabetic order.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func read(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: path + "/" + name).map { Array($0) } ?? []
  }
  /// Gives the name back, for use as an argument.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, _ name: String) -> String {
    _ = FileManager.default.createFile(atPath: path + "/" + name, contents: Data(bytes))
    return name
  }

  // MARK: Running

  private static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("apus").path

  /// Runs `apus` in this directory.
  func apus(_ arguments: String..., input: [UInt8] = []) throws -> Outcome { try apus(arguments, input: input) }
  func apus(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
    try run(Self.executable, arguments, input: input)
  }

  /// Runs `apus` from a shell that has executed `setup` before.
  func apus(after setup: String, _ arguments: String...) throws -> Outcome {
    try run("/bin/sh", ["-c", "\(setup); exec \"$0\" \"$@\"", Self.executable] + arguments, input: [])
  }

  private func run(_ program: String, _ arguments: [String], input: [UInt8]) throws -> Outcome {
    // Streams go through files, so that nothing waits for anything; outside of here, so that `names` shows results alone.
    let streams = Streams(input: input)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("APUS_") }
    process.standardInput = FileHandle(forReadingAtPath: streams.input)
    process.standardOutput = FileHandle(forWritingAtPath: streams.output)
    process.standardError = FileHandle(forWritingAtPath: streams.errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: streams.text(streams.output), errors: streams.text(streams.errors),
      wasKilled: process.terminationReason == .uncaughtSignal)
  }
}

private final class Streams {
  let input, output, errors: String

  init(input bytes: [UInt8]) {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)").path
    (input, output, errors) = (base + ".in", base + ".out", base + ".err")
    for (path, contents) in [(input, Data(bytes)), (output, Data()), (errors, Data())] {
      _ = FileManager.default.createFile(atPath: path, contents: contents)
    }
  }
  deinit { for path in [input, output, errors] { try? FileManager.default.removeItem(atPath: path) } }

  func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
