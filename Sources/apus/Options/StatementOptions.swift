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
  func graph() throws(Failure) -> ConstraintGraph {
    try failing(.unusable) {
      switch self {
      case .headers:
        let genesis = Checkpoint.genesis.hash
        let claim = try HeaderClaim(
          previous: genesis, last: genesis, bits: 0x1d00_ffff, firstTime: 0, timesBefore: .unknown,
          lastTimes: .unknown, count: 1)
        return ConstraintGraph(of: HeaderStatement(claim))
      case .poseidon2:
        let state = [BabyBear](repeating: 0, count: Poseidon2BabyBear16.width)
        return ConstraintGraph(of: PermutationStatement<Poseidon2BabyBear16>(logCount: 8, input: state, output: state))
      case .fibonacci:
        return ConstraintGraph(of: Fibonacci<BabyBear>(a: 0, b: 1, last: 1, rows: ProofShape.minimumRows))
      }
    }
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

  @Option(help: "Field of the trace; its extension is the preset's if not given with it.")
  var field = ExtensionArgument("babybear")

  func sizes() throws(Failure) -> StatementSizes {
    guard rows.nonzeroBitCount == 1, (ProofShape.minimumRows...ProofShape.maximumRows).contains(rows) else {
      throw .unusable(StatementError.invalidRowCount(rows).description)
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
      return StatementSizes(try statement.graph())
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
