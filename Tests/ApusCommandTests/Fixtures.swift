// Headers and proofs that the tests share; the proofs are made once, by the executable under test.

import ApusExamples
import ApusStatements

/// The embedded day.
enum Day {
  static let headers: [BlockHeader] = (try? HeaderInput(reading: OneDay.csv).headers) ?? []

  /// Raw bytes of some of its headers.
  static func raw(_ range: Range<Int>) -> [UInt8] { headers[range].flatMap(\.bytes) }
}

/// Names of proof files, all in one workspace.
struct Proofs {
  let workspace = Workspace()
  /// The day's first three headers, which follow a checkpoint.
  let first = "first.proof"
  /// The two headers after them, heights claimed, and the times before as the first proof ends with them.
  let second = "second.proof"
  /// The same two, heights unknown.
  let unplaced = "unplaced.proof"
  /// Of those two each by itself, heights claimed, and the times.
  let fourth = "fourth.proof"
  let fifth = "fifth.proof"
  let weak = "weak.proof"
  let fibonacci = "fibonacci.proof"

  static let shared = Proofs()

  private init() {
    workspace.write(Day.raw(3..<5), "two.bin")
    workspace.write(Day.raw(4..<5), "fifth.bin")
    let times = Day.headers.map { "\($0.time)" }
    let (beforeTwo, beforeFifth) = (times[..<3].joined(separator: ","), times[..<4].joined(separator: ","))
    for arguments in [
      ["headers", "--count", "3", "--output", first],
      ["headers", "--input", "two.bin", "--start-height", "822531", "--times-before", beforeTwo, "--output", second],
      ["headers", "--input", "two.bin", "--times-before", beforeTwo, "--output", unplaced],
      [
        "headers", "--input", "two.bin", "--count", "1", "--start-height", "822531", "--times-before", beforeTwo,
        "--output", fourth,
      ],
      [
        "headers", "--input", "fifth.bin", "--start-height", "822532", "--times-before", beforeFifth, "--output", fifth,
      ],
      ["headers", "--count", "3", "--security", "proven100", "--output", weak],
      ["fibonacci", "--rows", "64"],
    ] {
      let outcome = try? workspace.apus(["prove"] + arguments)
      precondition(outcome?.status == 0, "cannot make proofs to test with: \(outcome?.errors ?? "no executable")")
    }
  }

  func apus(_ arguments: String...) throws -> Outcome { try workspace.apus(arguments) }

  /// A copy of a proof with one byte replaced, in the same workspace.
  func copy(of name: String, at offset: Int, byte: UInt8) -> String {
    var bytes = workspace.read(name)
    bytes[offset] = byte
    return workspace.write(bytes, "\(name)-\(offset)-\(byte)")
  }
}
