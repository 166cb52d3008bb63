// What is proven: public values and the constraints that tie them to a trace nobody else sees.

public import ApusField

/// A claim about public values, with the constraints that a trace must satisfy for it to be true.
///
/// What `constrain` writes must depend on the type alone: the same graph, and so the same digest, serves every value
/// of the statement. What varies (counts, boundary rows) goes into `publicValues` and `publicRows`.
public protocol Statement: Sendable {
  associatedtype Column: TraceColumn
  /// The field that the trace's cells are in.
  associatedtype Element: ProvingField = BabyBear

  /// Names the statement in the transcript and in messages.
  static var name: String { get }
  /// Height of the trace: a power of two, derived from the claim and never read from a proof.
  var rows: Int { get }
  var publicValues: [Element] { get }
  /// Rows that `onPublicRow` refers to, each below `rows`.
  var publicRows: [Int] { get }
  /// Further public bytes that a proof is bound to, although no constraint speaks of them.
  var label: [UInt8] { get }

  func constrain(_ c: inout Constraints<Column>)
}

extension Statement {
  public var publicRows: [Int] { [] }
  public var label: [UInt8] { [] }
}

/// What is wrong with a statement, before any proof of it is looked at.
public enum StatementError: Error, Equatable, CustomStringConvertible {
  case invalidRowCount(Int)
  case publicRowOutsideTrace(row: Int, rows: Int)
  case periodTooLong(name: String, period: Int, rows: Int)
  case degreeTooHigh(constraint: String, degree: Int, limit: Int)
  case publicValueCount(expected: Int, found: Int)
  case publicRowCount(expected: Int, found: Int)

  public var description: String {
    switch self {
    case .invalidRowCount(let rows):
      "a trace has a power of two of rows, from \(ProofShape.minimumRows) to \(ProofShape.maximumRows), not \(rows)"
    case .publicRowOutsideTrace(let row, let rows): "public row \(row) lies outside the trace of \(rows) rows"
    case .periodTooLong(let name, let period, let rows):
      "periodic column \(name) repeats every \(period) rows, but the trace has \(rows)"
    case .degreeTooHigh(let name, let degree, let limit):
      "constraint \(name) has degree \(degree); this preset's blowup allows \(limit)"
    case .publicValueCount(let expected, let found): "the statement has \(expected) public values, not \(found)"
    case .publicRowCount(let expected, let found): "the statement has \(expected) public rows, not \(found)"
    }
  }
}
