// The provers that give the trace up, and the one that keeps no extension: the same proofs, byte for byte, and the same
// refusals.

import ApusField
import ApusMerkle
import ApusSTARK
import ApusTestSupport
import Testing

@Suite struct LittleMemoryTests {
  private static let memories = [ProverMemory.standard, .low]

  @Test(arguments: Engine.allInstructionSets, MerkleHash.allCases)
  func theProofIsTheSame(engine: Engine, hash: MerkleHash) throws {
    // Cosets below, at and above the subtrees whose roots are kept.
    for rows in [32, 512, 1024] {
      try check(Walk(rows: rows, exponent: 3), .proven100, hash, engine)
      try check(Doubling(rows: rows), .proven100, hash, engine)
    }
    try check(Carousel(rows: 256), .peers, hash, engine)
  }

  @Test(arguments: [1, 2, 3])
  func theProofIsTheSameOnSoManyThreads(threads: Int) throws {
    try check(Walk(rows: 2048, exponent: 5), .proven128, .blake3, try Engine(threads: threads))
  }

  private func check(
    _ statement: some Provable, _ preset: SecurityPreset, _ hash: MerkleHash, _ engine: Engine
  ) throws {
    let prover = Prover(preset, hash: hash, on: engine)
    let kept = try prover.prove(statement, trace: statement.trace(on: engine))
    for memory in Self.memories {
      let proof = try prover.prove(statement, consuming: statement.trace(on: engine), memory: memory)
      #expect(
        proof == kept,
        "\(type(of: statement)), \(statement.rows) rows, \(hash.name), \(engine.instructionSet), memory \(memory)")
    }
  }

  @Test(arguments: memories) func aBrokenTraceIsNamed(memory: ProverMemory) throws {
    let walk = Walk(rows: 128)
    func broken() -> Columns<BabyBear> {
      var trace = walk.trace
      trace[77, Walk.Column.echo.rawValue] += 1
      return trace
    }
    let expected = RowChecker(walk).firstViolation(in: broken())
    #expect(expected != nil)
    #expect(throws: ProverError.constraintsNotSatisfied(expected)) {
      _ = try Prover(.proven100).prove(walk, consuming: broken(), memory: memory)
    }
  }

  @Test(arguments: memories) func aTraceOfAnotherSizeIsRefused(memory: ProverMemory) throws {
    #expect(
      throws: ProverError.traceSize(expectedRows: 128, expectedColumns: 4, foundRows: 64, foundColumns: 4)
    ) { _ = try Prover(.proven100).prove(Walk(rows: 128), consuming: Walk(rows: 64).trace, memory: memory) }
  }
}
