// What the statement asks for, and what it leaves to the prover.

import ApusField
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

struct StatementShapeTests {
  /// Each name has an attack in these tests in which it alone fails: whoever adds a constraint adds its attack.
  @Test func constraintsThatAreAttacked() throws {
    let graph = ConstraintGraph(of: HeaderStatement(try Attack.chain().claim))
    #expect(
      Set(graph.constraints.map(\.name)) == [
        "bits", "Sigma0 and Maj", "Sigma1 and Ch", "sigma0 and sigma1", "round, e", "round, a", "schedule",
        "initial state", "feed-forward", "register loads", "register holds", "link", "nBits", "padding 1",
        "second hash", "padding 2", "compared limb", "first borrow", "comparison", "proof of work",
        "active falls only", "active to the end", "inactive after the end", "PREV", "LAST", "first time", "time loads",
        "time holds", "times pass on", "times claimed", "time compared", "times compared", "times counted",
        "median time",
      ])
    #expect(graph.degree == 3)
    #expect(graph.columnCount == TraceColumns.count)
  }

  /// One graph, and so one digest, serves every claim.
  @Test func digestDoesNotDependOnTheClaim() throws {
    let digests = try [1, 2, 5].map { ConstraintGraph(of: HeaderStatement(try Attack.chain($0).claim)).digest }
    let genesis = try HeaderChain([HeaderFact.genesis.header], startHeight: 0).claim
    #expect(Set(digests + [ConstraintGraph(of: HeaderStatement(genesis)).digest]).count == 1)
  }

  /// Words where nothing is hashed or compared: any bits, with the sums that follow from them, and what is proven
  /// stays the same.
  @Test func wordsThatNothingReads() throws {
    var generator = SeededGenerator(seed: 13)
    var trace = try Attack.trace(count: 3, anyHashPasses: false)
    let rounds = [4..<68, 72..<136, 144..<208]
    for row in 0..<trace.rows {
      let inHeader = row % 256
      var free: [Int] = []
      if !rounds.contains(where: { $0.contains(inHeader) }) { free += TraceColumns.w..<TraceColumns.w + 32 }
      // The comparison of times reads a, e, and from w a count and two borrows.
      if (228..<250).contains(inHeader), inHeader % 2 == 0 {
        free.removeAll { $0 < TraceColumns.w + 6 }
      } else if inHeader >= 228 {
        free += TraceColumns.a..<TraceColumns.w
      }
      // The comparison reads the low halves.
      if (212..<228).contains(inHeader) {
        free += Array(TraceColumns.a + 16..<TraceColumns.a + 32) + Array(TraceColumns.e + 16..<TraceColumns.e + 32)
      }
      for column in free { trace.cells[column][row] = Bool.random(using: &generator) ? .one : .zero }
    }
    #expect(!trace.failures.isDisjoint(with: ["Sigma0 and Maj", "Sigma1 and Ch", "sigma0 and sigma1"]))
    trace.solveSums(0..<trace.rows)
    #expect(trace.failures == [])
    #expect(trace.statement.publicValues == HeaderStatement(try Attack.chain(3).claim).publicValues)
  }
}
