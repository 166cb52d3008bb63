// A statement as its sizes alone: enough for a security report, a proof's size and a prover's cost, and all that is known
// of a statement that nobody has written yet.

internal import ApusField

/// The fields of trace and challenges.
package struct ProofField: Equatable, Sendable {
  package let name: String
  /// Of the extension over the base field.
  package let degree: Int
  package let elementBytes: Int
  /// log2 of the extension's order.
  package let extensionBits: Double
  /// log2 of the largest domain.
  package let twoAdicity: Int

  private static func babyBear(degree: Int) -> ProofField {
    ProofField(
      name: "babybear^\(degree)", degree: degree, elementBytes: BabyBear.byteCount,
      extensionBits: Double(degree) * log2(Double(BabyBear.modulus)), twoAdicity: 27)
  }
  private static func goldilocks(degree: Int) -> ProofField {
    ProofField(
      name: "goldilocks^\(degree)", degree: degree, elementBytes: Goldilocks.byteCount,
      extensionBits: Double(degree) * log2(Double(Goldilocks.modulus)), twoAdicity: 32)
  }

  package static func babyBear(_ kind: ExtensionKind) -> ProofField { babyBear(degree: kind == .standard ? 5 : 4) }
  package static func goldilocks(_ kind: ExtensionKind) -> ProofField { goldilocks(degree: kind == .standard ? 3 : 2) }

  /// All that presets ask for.
  package static let all = [babyBear(.standard), babyBear(.small), goldilocks(.standard), goldilocks(.small)]
}

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
      extensionBits: field.extensionBits, logRows: logRows, constraintCount: constraintCount, degree: degree,
      quotientPieces: quotientPieces, openedValues: columnOpenings + field.degree * quotientPieces,
      openedPoints: openedPoints, rollIns: rollIns)
  }
}
