// What a verifier that shares no line with the one under test says: Tests/IndependentVerifier, in Python, for whose
// author Protocol.md must be enough. Proofs are collected while tests run and judged in one run of it.

import ApusField
import ApusSTARK
import Foundation
import Synchronization
import Testing

final class SecondOpinion: Sendable {
  private struct Question {
    let statement: Result<Data, any Error>
    let proof: [UInt8]
    let expected: String
    let location: SourceLocation
  }
  private let questions = Mutex<[Question]>([])

  /// Asks for the opinion that the tests' own verifier is expected to have.
  ///
  /// - Parameter reason: of the refusal; `nil` where the proof must be accepted.
  func ask(
    about proof: [UInt8], of statement: some Statement, demanding preset: SecurityPreset = .proven128,
    expecting reason: (any Error)? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let question = Question(
      statement: Result { try CapturedStatement(statement).json(demanding: preset) }, proof: proof,
      expected: reason.map { "refused\t\(stage($0))" } ?? "accepted", location: sourceLocation)
    questions.withLock { $0.append(question) }
  }

  /// Compares each verdict with what was expected.
  func judge() throws {
    let questions = questions.withLock { $0 }
    if questions.isEmpty { return }
    let directory = try TemporaryDirectory()
    var statements: [Data: Int] = [:]
    var names: [String] = []
    for (number, question) in questions.enumerated() {
      let json = try question.statement.get()
      let statement = statements[json] ?? statements.count
      if statements.updateValue(statement, forKey: json) == nil { try directory.write(json, "\(statement).json") }
      names.append("\(statement).\(number).proof")
      try directory.write(Data(question.proof), names[number])
    }
    let verdicts = try Self.verdicts(onProofsIn: directory)
    for (name, question) in zip(names, questions) {
      #expect(verdicts[name] == question.expected, sourceLocation: question.location)
    }
  }

  // MARK: The other verifier

  static let absence: Comment = "needs python3 for the independent verifier"
  static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  private static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../IndependentVerifier/verifier.py").standardizedFileURL.path

  /// By file name: "accepted", or "refused" and the stage, with a tab between.
  private static func verdicts(onProofsIn directory: TemporaryDirectory) throws -> [String: String] {
    var verdicts: [String: String] = [:]
    for line in try run(["--batch", directory.url.path], in: directory) {
      let fields = line.split(separator: "\t").map(String.init)
      verdicts[fields[0]] = fields.dropFirst().prefix(2).joined(separator: "\t")
    }
    return verdicts
  }

  /// What the other verifier derives from each statement under a preset: a line of numbers.
  static func sizes<F>(of statements: [CapturedStatement<F>], _ preset: SecurityPreset) throws -> [String] {
    let directory = try TemporaryDirectory()
    var arguments = ["--sizes", "\(preset.id)"]
    for (number, statement) in statements.enumerated() {
      arguments.append(try directory.write(statement.json(demanding: preset), "\(number).json"))
    }
    return try run(arguments, in: directory).map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  /// The lines that it prints.
  private static func run(_ arguments: [String], in directory: TemporaryDirectory) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(python, absence))
    process.arguments = ["-B", program] + arguments
    let output = try directory.write(Data(), "output")
    process.standardOutput = FileHandle(forWritingAtPath: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let text = String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }
}

/// Removed with everything in it.
private final class TemporaryDirectory {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  /// Gives the file's path back.
  @discardableResult
  func write(_ data: Data, _ name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try data.write(to: file)
    return file.path
  }
}

/// Everything public about a statement, as the independent verifier reads it.
private struct Public: Encodable {
  let name: String
  let level, rows: Int
  let publicValues: [UInt64]
  let publicRows: [Int]
  let label, graph: String
}

extension CapturedStatement {
  /// What the independent verifier is told: everything public.
  fileprivate func json(demanding preset: SecurityPreset) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(
      Public(
        name: name, level: preset.level, rows: rows, publicValues: publicValues.map(\.canonical),
        publicRows: publicRows, label: hexadecimal(label), graph: hexadecimal(graph.encoded)))
  }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// What the independent verifier calls the check that an error belongs to.
private func stage(_ error: any Error) -> String {
  switch error {
  case VerificationError.notAProof: "magic"
  case VerificationError.unsupportedVersion: "version"
  case VerificationError.unknownPreset: "preset"
  case VerificationError.unknownHash: "hash"
  case VerificationError.insufficientSecurity: "level"
  case VerificationError.truncated(let part, _, _): "end of bytes in \(part)"
  case VerificationError.trailingBytes: "trailing bytes"
  case VerificationError.nonCanonicalElement(let part): "canonical elements in \(part)"
  case VerificationError.insufficientWork(let term, _): "work before \(term)"
  case VerificationError.constraintsNotSatisfied: "constraints"
  case VerificationError.traceOpening: "trace opening"
  case VerificationError.quotientOpening: "quotient opening"
  case VerificationError.foldOpening(let fold, _): "opening of FRI fold \(fold + 1)"
  case VerificationError.finalPolynomial: "final polynomial"
  case is StatementError: "statement"
  case ProofShapeError.hashTooWeak: "hash strength"
  case ProofShapeError.unsound: "parameters"
  default: "\(error)"
  }
}

// MARK: In tests that judge proofs already

extension SecondOpinion {
  @TaskLocal fileprivate static var current: SecondOpinion?

  /// Asks the opinion of the suite at hand, if it has the trait and the machine has Python.
  static func ask(
    about proof: [UInt8], of statement: some Statement, demanding preset: SecurityPreset = .proven128,
    expecting reason: (any Error)? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    current?.ask(
      about: proof, of: statement, demanding: preset, expecting: reason,
      sourceLocation: sourceLocation)
  }
}

/// Has all that a suite's tests ask about judged when the last of them is done.
struct SecondOpinionTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard SecondOpinion.python != nil else {
      print("\(test.name): second opinion skipped, \(SecondOpinion.absence)")
      return try await function()
    }
    let opinion = SecondOpinion()
    try await SecondOpinion.$current.withValue(opinion) { try await function() }
    try opinion.judge()
  }
}

extension Trait where Self == SecondOpinionTrait {
  static var secondOpinion: Self { Self() }
}
