import ApusField
import ApusSTARK
import ApusStatements
import Testing

@Suite struct FibonacciTests {
  @Test(arguments: Engine.allInstructionSets)
  func honestProofsAreAccepted(engine: Engine) throws {
    for log in [5, 6, 8, 12] {
      let rows = 1 << log
      let trace = Fibonacci<BabyBear>.trace(a: 0, b: 1, rows: rows, on: engine)
      let statement = Fibonacci<BabyBear>(a: 0, b: 1, last: trace[rows - 1, 1], rows: rows)
      let proof = try Prover(.proven128, on: engine).prove(statement, trace: trace)
      let verified = try Verifier().verify(proof.bytes, of: statement)
      #expect(verified.layout.total == proof.bytes.count)
    }
  }
}
