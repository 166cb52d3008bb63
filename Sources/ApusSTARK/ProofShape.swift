// Everything about a proof's form that prover and verifier derive, each for itself, from statement, preset and hash.

internal import ApusField
public import ApusMerkle

/// The sizes of a statement's proof under a preset.
public struct ProofShape: Sendable {
  public static let minimumRows = 32
  public static let maximumRows = 1 << 24

  public let preset: SecurityPreset
  public let hash: MerkleHash
  public let security: SecurityReport
  package let fri: FRIShape
  public let field: ProofField

  /// log2 of the trace's rows.
  public let logRows: Int
  package let groups: [ColumnGroup]
  /// The quotient is `quotientPieces` polynomials of the trace's size.
  public let quotientPieces: Int
  /// log2 of each FRI fold's arity, in order.
  public var foldLogs: [Int] { fri.foldLogs }

  public var rows: Int { 1 << logRows }
  public var blowup: Int { 1 << preset.logBlowup }
  public var columnCount: Int { groups.reduce(0) { $0 + $1.columns.count } }
  /// Base-field columns of the committed quotient.
  public var quotientColumns: Int { field.degree * quotientPieces }
  /// Extension elements that a proof opens at the out-of-domain points.
  public var openedValues: Int {
    groups.reduce(quotientColumns) { $0 + $1.columns.count * $1.rotations.count }
  }
  /// Coefficients of the polynomial that FRI ends with.
  public var finalCount: Int { fri.finalCount }

  /// The rotations of all groups, ascending, each once.
  package var rotations: [Int] { Set(groups.flatMap(\.rotations)).union([0]).sorted() }

  /// - Throws: ``StatementError`` if the statement is not one, ``ProofShapeError`` if the preset cannot serve it.
  package init<F>(of statement: CapturedStatement<F>, preset: SecurityPreset, hash: MerkleHash) throws {
    field = ProofField(F.self, preset.extensionKind)
    let graph = statement.graph
    let rows = statement.rows
    guard rows.nonzeroBitCount == 1, (Self.minimumRows...Self.maximumRows).contains(rows) else {
      throw StatementError.invalidRowCount(rows)
    }
    for row in statement.publicRows where !(0..<rows).contains(row) {
      throw StatementError.publicRowOutsideTrace(row: row, rows: rows)
    }
    for column in graph.periodic where column.values.count > rows {
      throw StatementError.periodTooLong(name: column.name, period: column.values.count, rows: rows)
    }
    let blowup = 1 << preset.logBlowup
    for (constraint, degree) in zip(graph.constraints, graph.constraintDegrees) where degree - 1 > blowup {
      throw StatementError.degreeTooHigh(constraint: constraint.name, degree: degree, limit: blowup + 1)
    }
    guard hash.reaches(level: preset.level, order: field.order) else {
      throw ProofShapeError.hashTooWeak(preset: preset, hash: hash, bits: hash.collisionBits(order: field.order))
    }

    self.preset = preset
    self.hash = hash
    logRows = rows.trailingZeroBitCount
    groups = graph.columnGroups
    quotientPieces = SoundnessInput.quotientPieces(degree: graph.degree)

    let groups = groups
    let input = SoundnessInput(
      extensionBits: field.extensionBits, order: field.order, logRows: logRows,
      constraintCount: graph.constraintCount, degree: graph.degree, quotientPieces: quotientPieces,
      openedValues: groups.reduce(field.degree * quotientPieces) { $0 + $1.columns.count * $1.rotations.count },
      openedPoints: Set(groups.flatMap(\.rotations)).union([0]).count)
    do throws(SoundnessError) {
      security = try SecurityReport(preset: preset, input: input, hash: hash)
    } catch { throw ProofShapeError.unsound(error) }
    fri = FRIShape(security)
  }
}

/// Why a preset cannot serve a statement.
public enum ProofShapeError: Error, Equatable, CustomStringConvertible {
  case hashTooWeak(preset: SecurityPreset, hash: MerkleHash, bits: Double)
  case unsound(SoundnessError)

  public var description: String {
    switch self {
    case .hashTooWeak(let preset, let hash, let bits):
      "\(preset.name) needs \(preset.level) bits, but \(hash.name) digests resist collisions with "
        + "\(oneDecimal(bits)) bits only; choose blake3, sha256 or keccak256, or a lower level"
    case .unsound(let reason): reason.description
    }
  }
}
