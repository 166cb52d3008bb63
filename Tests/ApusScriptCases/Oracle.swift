// The network's own consensus code, in a process of its own: it may end itself without ending the run.

import ApusScript
import Foundation

public final class Oracle {
  /// What a skipped test says.
  public static let absence =
    "needs the network's consensus code: set APUS_ORACLE to the directory that .ci/differential/prepare prints"

  /// Where the program and its library are; `nil` where nobody said.
  public static let directory = ProcessInfo.processInfo.environment["APUS_ORACLE"]

  /// The oracle ended before it had answered.
  public struct Died: Error, CustomStringConvertible {
    /// The case that it was at.
    public let number: Int
    public let spend: SpendCase
    public var description: String { "the oracle ended at case \(number):\n\(spend)" }
  }
  public struct Unexpected: Error, CustomStringConvertible {
    public let description: String
  }

  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())

  public init(in directory: String) throws {
    process.executableURL = URL(fileURLWithPath: directory + "/oracle")
    process.arguments = [directory + "/libbitcoinkernel.so"]
    process.standardInput = input
    process.standardOutput = output
    signal(SIGPIPE, SIG_IGN)
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Sends cases; ``answers(to:from:)`` waits for what they are answered.
  public func ask(_ cases: [SpendCase]) throws {
    let batch = cases.flatMap(\.encoded)
    // An oracle that has ended is noticed where its answers are missing.
    try? input.fileHandleForWriting.write(contentsOf: Data(littleEndian(UInt32(batch.count)) + batch))
  }

  /// - Parameter first: the number of the first case, for what is thrown.
  public func answers(to cases: [SpendCase], from first: Int) throws -> [SpendCase.Answer] {
    var bytes: [UInt8] = []
    while bytes.count < 2 * cases.count {
      guard let more = try output.fileHandleForReading.read(upToCount: 2 * cases.count - bytes.count), !more.isEmpty
      else {
        throw Died(number: first + bytes.count / 2, spend: cases[bytes.count / 2])
      }
      bytes += more
    }
    return try cases.indices.map { try Self.answer(bytes[2 * $0], error: bytes[2 * $0 + 1]) }
  }

  private static func answer(_ verdict: UInt8, error: UInt8) throws -> SpendCase.Answer {
    switch verdict {
    case 1: return .valid
    case 2: return .unreadable
    case 0:
      guard let rule = ScriptRule.numbered[error] else {
        throw Unexpected(description: "the oracle gives error \(error)")
      }
      return .invalid(rule)
    default: throw Unexpected(description: "the oracle does not take these rules")
    }
  }
}
