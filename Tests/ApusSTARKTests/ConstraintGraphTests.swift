// What is captured from a statement's constraints.

import ApusField
import ApusSTARK
import Testing

@Suite struct ConstraintGraphTests {
  private typealias Nodes = [ConstraintNode]

  // MARK: Each expression once

  @Test func anExpressionIsCapturedOnce() {
    let graph = Adhoc.zero { c in c[.a] * c[.b] + c[.b] * c[.a] }.graph
    #expect(graph.nodes == [.column(0, rotation: 0), .column(1, rotation: 0), .multiply(0, 1), .add(2, 2)])
    let sums = Adhoc.zero { c in (c[.a] + c[.b]) * (c[.b] + c[.a]) }.graph
    #expect(sums.nodes == [.column(0, rotation: 0), .column(1, rotation: 0), .add(0, 1), .multiply(2, 2)])
  }

  @Test func differencesTheOtherWayRoundAreOthers() {
    let graph = Adhoc.zero { c in (c[.a] - c[.b]) * (c[.b] - c[.a]) }.graph
    #expect(
      graph.nodes == [
        .column(0, rotation: 0), .column(1, rotation: 0), .subtract(0, 1), .subtract(1, 0), .multiply(2, 3),
      ])
  }

  @Test func constraintsShareExpressions() {
    let graph = Adhoc { c in
      c.onEveryRow {
        $0.requireZero(c[.a] * c[.b], "product")
        $0.requireZero(c[.a] * c[.b] + c[.c], "product and c")
        $0.requireZero(c[.b] * c[.a], "product again")
      }
    }.graph
    #expect(graph.nodes.count == 5)
    #expect(graph.constraints.map(\.name) == ["product", "product and c", "product again"])
    #expect(graph.constraints[0].node == graph.constraints[2].node)
  }

  // MARK: Folding and pruning

  @Test(arguments: [
    Adhoc.zero { c in c[.a] + 0 }, Adhoc.zero { c in 0 + c[.a] }, Adhoc.zero { c in c[.a] - 0 },
    Adhoc.zero { c in c[.a] * 1 }, Adhoc.zero { c in 1 * c[.a] }, Adhoc.zero { c in c[.a] + c[.b] * 0 },
    Adhoc.zero { c in c[.a] + (c[.b] - c[.b]) }, Adhoc.zero { c in c[.a] * (c.constant(7) - c.constant(6)) },
  ])
  func whatChangesNothingIsFoldedAway(statement: Adhoc) {
    #expect(statement.graph.nodes == [.column(0, rotation: 0)])
  }

  @Test func constantsAreFolded() {
    let graph = Adhoc.zero { c in (c.constant(2) * c.constant(3) - c.constant(7)) * c[.a] }.graph
    #expect(graph.nodes.contains(.constant(BabyBear.order - 1)))
    #expect(graph.nodes.count == 3)
    // Zero minus a is not a.
    #expect(Adhoc.zero { c in 0 - c[.a] }.graph.nodes.count == 3)
  }

  @Test func aConstraintThatAlwaysHoldsIsNone() {
    let graph = Adhoc { c in
      c.onEachStep {
        $0.requireZero(c[.a] - c[.a], "nothing")
        $0.requireZero(c[.b], "something")
      }
    }.graph
    #expect(graph.constraints.map(\.name) == ["something"])
  }

  @Test func whatNoConstraintNeedsIsPruned() {
    let graph = Adhoc { c in
      _ = c[.a] * c[.c]
      _ = c.public(1) + c[.b, 4]
      c.onEveryRow { $0.requireZero(c[.b] + c.public(0), "kept") }
    }.graph
    #expect(graph.nodes == [.column(1, rotation: 0), .publicValue(0), .add(0, 1)])
    #expect(graph.constraints[0].node == 2)
  }

  // MARK: Degrees

  @Test func degrees() {
    let graph = Adhoc { c in
      let cube = c[.a] * c[.a] * c[.a]
      c.onEveryRow {
        $0.requireZero(c[.a] - c.public(0), "1: column")
        $0.requireZero(cube + c[.a], "3: cube")
        $0.requireZero(c.periodic("p", [1, 2]) * c[.b], "2: periodic")
        $0.requireZero(c[.a] * c.public(1) * 5, "1: factors of degree 0")
      }
      c.onFirstRow { $0.requireZero(c[.a], "2: first row") }
      c.onLastRow { $0.requireZero(cube, "4: last row") }
      c.onPublicRow(1) { $0.requireZero(c[.a], "2: public row") }
      // A linear factor fits into what a factor of degree rows - 1 leaves.
      c.onEachStep { $0.requireZero(cube, "3: step") }
      c.onEachRowAfterFirst { $0.requireZero(c[.a], "1: after first") }
      c.onRows(where: c[.b] * c[.c]) { $0.requireZero(cube, "5: selected") }
    }.graph
    for (constraint, degree) in zip(graph.constraints, graph.constraintDegrees) {
      #expect(constraint.name.first?.wholeNumberValue == degree, "\(constraint.name)")
    }
    #expect(graph.degree == 5)
  }

  @Test(arguments: [(2, 1), (3, 2), (4, 4), (5, 4)])
  func quotientPiecesFollowFromTheDegree(exponent: Int, pieces: Int) throws {
    let shape = try Prover().shape(of: Walk(rows: 64, exponent: exponent))
    #expect(shape.quotientPieces == pieces)
    #expect(shape.quotientColumns == 5 * pieces)
  }

  // MARK: Columns

  @Test func columnsAreGroupedByTheirRotations() {
    let graph = Adhoc.zero { c in c[.a, 1] * c[.a, -2] + c[.c, -2] * c[.c, 1] }.graph
    #expect(graph.columnGroups.map(\.columns) == [[0, 2], [1]])
    // The second column is read by no constraint and opened all the same: every column is of low degree.
    #expect(graph.columnGroups.map(\.rotations) == [[-2, 1], [0]])
  }

  @Test func shapeCountsWhatIsOpened() throws {
    let shape = try Prover().shape(of: Walk(rows: 64))
    #expect(shape.groups.map(\.columns) == [[0], [1, 2], [3]])
    #expect(shape.groups.map(\.rotations) == [[-1, 0, 1], [0], [0, 3]])
    #expect(shape.openedValues == 3 + 2 + 2 + 5 * 2)
    #expect(shape.rotations == [-1, 0, 1, 3])
    #expect(shape.columnCount == 4)
  }

  @Test(arguments: [(5, []), (6, [1]), (7, [2]), (8, [3]), (9, [3, 1]), (14, [3, 3, 3]), (15, [3, 3, 3, 1])])
  func foldsLeadTo32Coefficients(log: Int, folds: [Int]) throws {
    let shape = try Prover(.proven100).shape(of: Doubling(rows: 1 << log))
    #expect(shape.foldLogs == folds)
    #expect(shape.finalCount == 32)
  }
}
