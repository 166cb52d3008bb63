// What a command finds out, for people as text and for machines as JSON: one value, so that both say the same.

import ArgumentParser
import Foundation

protocol Report: Encodable {
  /// Whole lines.
  var text: String { get }
  /// Why the command fails although there is something to report.
  var failure: Failure? { get }
}

extension Report {
  var failure: Failure? { nil }

  /// One object in one line.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The reports hold strings and finite numbers, which always encode.
    return String(decoding: (try? encoder.encode(self)) ?? Data("{}".utf8), as: UTF8.self) + "\n"
  }
}

/// A command that works something out and reports it on standard output.
protocol ReportingCommand: ParsableCommand {
  associatedtype Result: Report
  var json: Bool { get }
  func report() throws(Failure) -> Result
}

extension ReportingCommand {
  func run() throws {
    let result: Result
    do throws(Failure) {
      result = try report()
    } catch {
      // A machine that asked for an object gets one in any case; people read standard error.
      if json { try StandardOutput.write(FailureReport(error: error.message, status: error.status.rawValue).json) }
      throw error
    }
    try StandardOutput.write(json ? result.json : result.text)
    if let failure = result.failure { throw failure }
  }
}

private struct FailureReport: Report {
  let error: String
  let status: Int32
  var text: String { error + "\n" }
}
