// A statement as its sizes alone: enough for a security report, a proof's size and a prover's cost, and all that is known
// of a statement that nobody has written yet.

package struct StatementSizes: Equatable, Sendable {
  package let columns: Int
  package let constraintCount: Int
  /// Largest constraint degree, selectors included.
  package let degree: Int
  /// Trace columns at the points at which they are opened.
  package let columnOpenings: Int
  /// Distinct points at which they are opened.
  package let openedPoints: Int

  package init(columns: Int, constraintCount: Int, degree: Int, columnOpenings: Int, openedPoints: Int) {
    self.columns = columns
    self.constraintCount = constraintCount
    self.degree = degree
    self.columnOpenings = columnOpenings
    self.openedPoints = openedPoints
  }

  package init(_ graph: ConstraintGraph) {
    let groups = graph.columnGroups
    self.init(
      columns: graph.columnCount, constraintCount: graph.constraintCount, degree: graph.degree,
      columnOpenings: groups.reduce(0) { $0 + $1.columns.count * $1.rotations.count },
      openedPoints: Set(groups.flatMap(\.rotations)).union([0]).count)
  }

  package var quotientPieces: Int { SoundnessInput.quotientPieces(degree: degree) }

  package func input(
    logRows: Int, field: ProofField, rollIns: [SoundnessInput.RollIn] = []
  ) -> SoundnessInput {
    SoundnessInput(
      extensionBits: field.extensionBits, order: field.order, logRows: logRows, constraintCount: constraintCount,
      degree: degree,
      quotientPieces: quotientPieces, openedValues: columnOpenings + field.degree * quotientPieces,
      openedPoints: openedPoints, rollIns: rollIns)
  }
}
