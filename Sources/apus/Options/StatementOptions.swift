// The options that say what a security report is about: a statement that ships, or sizes alone.

import ApusField
import ApusPoseidon2
import ApusSTARK
import ApusStatements
import ArgumentParser

/// The statements that ship, as their sizes.
enum ShippedStatement: String, CaseIterable, ExpressibleByArgument {
  case headers, poseidon2, fibonacci

  /// The fewest rows that the statement can have.
  var minimumRows: Int {
    switch self {
    case .headers: 2 * HeaderRows.perHeader
    case .poseidon2, .fibonacci: ProofShape.minimumRows
    }
  }

  /// Constraints depend on the statement alone, so any claim gives them.
  func graph(over field: FieldArgument) throws(Failure) -> ConstraintGraph {
    try failing(.unusable) {
      switch (self, field) {
      case (.headers, .goldilocks): throw FieldMismatch.headers
      case (.headers, .babybear):
        let genesis = Checkpoint.genesis.hash
        let claim = try HeaderClaim(
          previous: genesis, last: genesis, bits: 0x1d00_ffff, firstTime: 0, timesBefore: .unknown,
          lastTimes: .unknown, count: 1)
        return ConstraintGraph(of: HeaderStatement(claim))
      case (.poseidon2, .babybear): return Self.permutations(Poseidon2BabyBear16.self)
      case (.poseidon2, .goldilocks): return Self.permutations(Poseidon2Goldilocks8.self)
      case (.fibonacci, .babybear): return Self.fibonacci(over: BabyBear.self)
      case (.fibonacci, .goldilocks): return Self.fibonacci(over: Goldilocks.self)
      }
    }
  }

  private static func permutations<P: Poseidon2>(_ permutation: P.Type) -> ConstraintGraph
  where P.Element: ProvingField {
    let state = [P.Element](repeating: .zero, count: P.width)
    return ConstraintGraph(of: PermutationStatement<P>(logCount: 8, input: state, output: state))
  }

  private static func fibonacci<F: ProvingField>(over field: F.Type) -> ConstraintGraph {
    ConstraintGraph(of: Fibonacci<F>(a: .zero, b: .one, last: .one, rows: ProofShape.minimumRows))
  }
}

/// A statement that a field has not.
enum FieldMismatch: Error, CustomStringConvertible {
  /// Its words are cut into pieces for BabyBear's size.
  case headers

  var description: String {
    "headers are proven over babybear: leave --field goldilocks out, or take poseidon2 or fibonacci, which are over both"
  }
}

/// A field by its name, with the degree of its extension or without.
struct ExtensionArgument: ExpressibleByArgument {
  private let name: String

  init(_ name: String) { self.name = name }
  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    name = argument
  }
  static var allValueStrings: [String] { ["babybear", "goldilocks"] + ProofField.all.map(\.extensionName) }
  var defaultValueDescription: String { name }

  /// The trace's.
  var base: FieldArgument { field(.standard).order == Goldilocks.order ? .goldilocks : .babybear }

  /// - Parameter kind: decides where the name does not.
  func field(_ kind: ExtensionKind) -> ProofField {
    switch name {
    case "babybear": .babyBear(kind)
    case "goldilocks": .goldilocks(kind)
    default: ProofField.all.first { $0.extensionName == name } ?? .babyBear(kind)
    }
  }
}

struct StatementOptions: ParsableArguments {
  @Option(help: "A statement that apus proves; or give --columns, --constraints and --degree.")
  var statement: ShippedStatement?

  @Option(
    help: ArgumentHelp("Rows of the trace, a power of two: 262144 or 2^18.", valueName: "n"), transform: parseRows)
  var rows: Int

  @Option(help: ArgumentHelp("Columns of the trace.", valueName: "n"))
  var columns: Int?

  @Option(help: ArgumentHelp("Constraints.", valueName: "n"))
  var constraints: Int?

  @Option(help: ArgumentHelp("The constraints' largest degree, row selectors included.", valueName: "n"))
  var degree: Int?

  @Option(
    help: ArgumentHelp(
      "Values of the trace opened out of domain; each column at each point if not given.", valueName: "n"))
  var openings: Int?

  @Option(help: ArgumentHelp("Points at which the trace is opened; 2 if not given.", valueName: "n"))
  var points: Int?

  @Option(
    name: .customLong("roll-in"), parsing: .singleValue,
    help: ArgumentHelp(
      "A shorter trace that joins in FRI, by its rows and opened values: 2^12:41. May be given several times.",
      valueName: "rows:values"), transform: parseRollIn)
  var rollIns: [SoundnessInput.RollIn] = []

  @Option(help: "Field of the trace; its extension is the preset's if not given with it.")
  var field = ExtensionArgument("babybear")

  func sizes() throws(Failure) -> StatementSizes {
    guard rows.nonzeroBitCount == 1, (ProofShape.minimumRows...ProofShape.maximumRows).contains(rows) else {
      throw .unusable(StatementError.invalidRowCount(rows).description)
    }
    for rollIn in rollIns where !(1...Self.limit).contains(rollIn.openedValues) {
      throw .unusable("values of --roll-in must be from 1 to \(Self.limit.grouped), not \(rollIn.openedValues.grouped)")
    }
    let numbers = [
      ("--columns", columns), ("--constraints", constraints), ("--degree", degree), ("--openings", openings),
      ("--points", points),
    ]
    if let statement {
      if let (name, _) = numbers.first(where: { $0.1 != nil }) {
        throw .unusable("\(name) and --statement exclude each other: a statement has its own sizes")
      }
      guard rows >= statement.minimumRows else {
        throw .unusable("\(statement) takes at least \(statement.minimumRows) rows, not \(rows)")
      }
      return StatementSizes(try statement.graph(over: field.base))
    }
    for case (let name, let number?) in numbers where !(1...Self.limit).contains(number) {
      throw .unusable("\(name) must be from 1 to \(Self.limit.grouped), not \(number.grouped)")
    }
    guard let columns, let constraints, let degree else {
      throw .unusable("give --statement, or all of --columns, --constraints and --degree")
    }
    let points = points ?? 2
    return StatementSizes(
      columns: columns, constraintCount: constraints, degree: degree, columnOpenings: openings ?? columns * points,
      openedPoints: points)
  }

  var title: String { statement.map { "\($0)" } ?? "a statement of these sizes" }

  /// Far beyond any statement, and small enough that products of two with the rows are numbers.
  private static let limit = 1_000_000
}

/// `262144` or `2^18`.
private func parseRows(_ text: String) throws -> Int {
  if text.hasPrefix("2^"), let exponent = Int(text.dropFirst(2)), (0..<62).contains(exponent) { return 1 << exponent }
  guard let rows = Int(text) else {
    throw ValidationError("rows are a number or a power like 2^18, not \(quoted(text.utf8))")
  }
  return rows
}

/// `2^12:41`.
private func parseRollIn(_ text: String) throws -> SoundnessInput.RollIn {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2, let rows = try? parseRows(String(parts[0])), rows.nonzeroBitCount == 1,
    let values = Int(parts[1])
  else {
    throw ValidationError("a power of two of rows and a number of values, like 2^12:41, not \(quoted(text.utf8))")
  }
  return SoundnessInput.RollIn(logRows: rows.trailingZeroBitCount, openedValues: values)
}
