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
    case .headers: HeaderRows.perHeader
    case .poseidon2, .fibonacci: ProofShape.minimumRows
    }
  }

  /// Constraints depend on the statement alone, so any claim gives them.
  func graph(_ field: FieldArgument) throws(Failure) -> ConstraintGraph {
    switch (self, field) {
    case (.headers, .babybear): try failing(.unusable) { ConstraintGraph(of: HeaderStatement(try Self.anyClaim())) }
    case (.headers, .goldilocks): throw .unusable("headers are proven over babybear")
    case (.poseidon2, .babybear): Self.permutations(Poseidon2BabyBear16.self)
    case (.poseidon2, .goldilocks): Self.permutations(Poseidon2Goldilocks8.self)
    case (.fibonacci, .babybear): Self.fibonacci(BabyBear.self)
    case (.fibonacci, .goldilocks): Self.fibonacci(Goldilocks.self)
    }
  }

  private static func anyClaim() throws -> HeaderClaim {
    let genesis = Checkpoint.genesis.hash
    return try HeaderClaim(previous: genesis, last: genesis, bits: 0x1d00_ffff, firstTime: 0, lastTime: 0, count: 1)
  }
  private static func permutations<P: Poseidon2>(_: P.Type) -> ConstraintGraph where P.Element: ProvingField {
    let state = [P.Element](repeating: .zero, count: P.width)
    return ConstraintGraph(of: PermutationStatement<P>(logCount: 8, input: state, output: state))
  }
  private static func fibonacci<F: ProvingField>(_: F.Type) -> ConstraintGraph {
    ConstraintGraph(of: Fibonacci<F>(a: .zero, b: .one, last: .one, rows: ProofShape.minimumRows))
  }
}

extension FieldArgument {
  func facts(_ kind: ExtensionKind) -> FieldFacts {
    switch self {
    case .babybear: FieldFacts(BabyBear.self, kind)
    case .goldilocks: FieldFacts(Goldilocks.self, kind)
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

  @Option(help: "Field of the trace; challenges come from the extension that the preset takes of it.")
  var field: FieldArgument = .babybear

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
      return StatementSizes(try statement.graph(field))
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
