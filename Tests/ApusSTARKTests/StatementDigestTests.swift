// The digest that names a statement's constraints in the transcript.

import ApusField
import ApusSTARK
import Testing

@Suite struct StatementDigestTests {
  private func digest(_ body: @escaping @Sendable (Constraints<Adhoc.Column>) -> Void) -> [UInt8] {
    Adhoc(body).graph.digest
  }

  /// All different: the constraints differ in one node each.
  @Test func everyNodeCounts() {
    let expressions: [@Sendable (Constraints<Adhoc.Column>) -> Expression] = [
      { c in c[.a] * c[.b] + 1 }, { c in c[.a] * c[.c] + 1 }, { c in c[.a] * c[.b] + 2 }, { c in c[.a] * c[.b] - 1 },
      { c in 1 - c[.a] * c[.b] }, { c in c[.a] * c[.b, 1] + 1 }, { c in c[.a] * c[.b, -1] + 1 },
      { c in c[.a] * c[.b] * c[.b] + 1 }, { c in (c[.a] + c[.b]) * 1 + 1 }, { c in c[.a] * c.public(0) + 1 },
      { c in c[.a] * c.public(1) + 1 }, { c in c[.a] + 1 }, { c in c[.a] * c.periodic("p", [1, 2]) + 1 },
      { c in c[.a] * c.periodic("p", [1, 3]) + 1 }, { c in c[.a] * c.periodic("p", [1, 2, 1, 2]) + 1 },
    ]
    let digests = expressions.map { Adhoc.zero($0).graph.digest }
    #expect(Set(digests).count == expressions.count)
    #expect(digests.allSatisfy { $0.count == 32 })
  }

  @Test func everySelectorCounts() {
    let digests = [
      digest { c in c.onEveryRow { $0.requireZero(c[.a], "") } },
      digest { c in c.onFirstRow { $0.requireZero(c[.a], "") } },
      digest { c in c.onLastRow { $0.requireZero(c[.a], "") } },
      digest { c in c.onEachStep { $0.requireZero(c[.a], "") } },
      digest { c in c.onEachRowAfterFirst { $0.requireZero(c[.a], "") } },
      digest { c in c.onPublicRow(0) { $0.requireZero(c[.a], "") } },
      digest { c in c.onPublicRow(1) { $0.requireZero(c[.a], "") } },
      digest { c in c.onRows(where: c[.b]) { $0.requireZero(c[.a], "") } },
    ]
    #expect(Set(digests).count == digests.count)
  }

  /// Constraints are numbered by the powers of alpha: their order and their repetition count.
  @Test func theListOfConstraintsCounts() {
    let digests = [["a"], ["b"], ["a", "b"], ["b", "a"], ["a", "a"], ["a", "b", "b"]].map { names in
      digest { c in
        // Both nodes, in one order, whatever is required of them.
        let both = ["a": c[.a], "b": c[.b]]
        c.onEveryRow { rows in
          rows.requireZero(c[.a] + c[.b], "both")
          for name in names { rows.requireZero(both[name]!, name) }
        }
      }
    }
    #expect(Set(digests).count == digests.count)
  }

  @Test func publicCountsCount() {
    var other = Adhoc.zero { c in c[.a] }
    let digest = other.graph.digest
    other.publicValues.append(0)
    #expect(other.graph.digest != digest)
    other = Adhoc.zero { c in c[.a] }
    other.publicRows.append(0)
    #expect(other.graph.digest != digest)
  }

  @Test func namesAndPublicValuesDoNotCount() {
    func statement(_ name: String) -> Adhoc {
      Adhoc { c in c.onPublicRow(0) { $0.require(c[.a], equals: c.periodic(name, [1, 2]) + c.public(0), name) } }
    }
    var other = statement("another")
    other.publicValues = [77, 78]
    other.publicRows = [1, 2]
    other.rows = 1024
    #expect(other.graph.digest == statement("one").graph.digest)
  }
}
