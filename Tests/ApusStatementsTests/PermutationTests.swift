// The statement about Poseidon2 permutations: its trace is what the permutation says, and a trace or a public state that
// is wrong anywhere breaks the constraint that speaks of that place.

import ApusField
import ApusPoseidon2
import ApusSTARK
import ApusStatements
import ApusTestSupport
import Testing

@Suite struct PermutationTests {
  // MARK: The trace

  /// Traces are filled in blocks of 256 rows.
  static let rows = [1, 31, 32, 255, 256, 257, 512, 600]

  @Test(arguments: rows)
  func everySlotHoldsAPermutation(rows: Int) throws {
    try checkTrace(of: Poseidon2BabyBear16.self, rows: rows)
    try checkTrace(of: Poseidon2Goldilocks8.self, rows: rows)
  }

  private func checkTrace<P: Poseidon2>(of permutation: P.Type, rows: Int) throws where P.Element: ProvingField {
    typealias Statement = PermutationStatement<P>
    let layout = PermutationLayout(P.self)
    let (slots, last) = (Statement.permutationsPerRow, layout.state(after: 7, 0))
    let inputs = Statement.inputs(slots * rows, seed: 7, on: .default)
    let expected = (0..<slots * rows).map { index in
      var state = Statement.input(index, seed: 7)
      P.permute(&state)
      return state
    }
    for engine in Engine.allInstructionSets + [try Engine(threads: 3)] {
      let trace = Statement.trace(of: inputs, on: engine)
      #expect(trace.rows == rows && trace.count == slots * layout.count)
      var wrong = 0
      for (index, output) in expected.enumerated() {
        let (slot, row) = index.quotientAndRemainder(dividingBy: rows)
        for lane in 0..<P.width {
          if trace[row, slot * layout.count + layout.input(lane)] != inputs[index, lane] { wrong += 1 }
          if trace[row, slot * layout.count + last + lane] != output[lane] { wrong += 1 }
        }
      }
      #expect(wrong == 0, "\(P.self), \(rows) rows, \(engine.instructionSet)")
    }
  }

  /// The states between input and output are those that the constraints ask for.
  @Test(arguments: Engine.allInstructionSets)
  func everyTraceSatisfiesItsStatement(engine: Engine) throws {
    func check<P: Poseidon2>(_ permutation: P.Type) where P.Element: ProvingField {
      for logCount in [8, 12] {
        let example = Example<P>(logCount: logCount)
        let trace = PermutationStatement<P>.trace(of: example.inputs(on: engine), on: engine)
        #expect(RowChecker(example.statement).firstViolation(in: trace) == nil, "\(P.self), 2^\(logCount)")
      }
    }
    check(Poseidon2BabyBear16.self)
    check(Poseidon2Goldilocks8.self)
  }

  // MARK: What is wrong is noticed, and named

  /// An honest statement and the inputs of its trace.
  struct Example<P: Poseidon2> where P.Element: ProvingField {
    let logCount: Int
    let input, output: [P.Element]

    init(logCount: Int) {
      self.logCount = logCount
      input = PermutationStatement<P>.input(0, seed: 3)
      var state = input
      P.permute(&state)
      output = state
    }

    var statement: PermutationStatement<P> {
      PermutationStatement(logCount: logCount, input: input, output: output)
    }
    func inputs(on engine: Engine) -> Columns<P.Element> {
      PermutationStatement<P>.inputs(1 << logCount, seed: 3, on: engine)
    }
  }

  /// The constraints that fail on the row, in the statement's order, of which the prover names the first.
  private func refuse<P: Poseidon2>(
    _ statement: PermutationStatement<P>, _ trace: borrowing Columns<P.Element>, for failing: [String], row: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) where P.Element: ProvingField {
    let found = RowChecker(statement).violations(row: row, in: trace).map(\.constraint)
    #expect(found == failing, "\(P.self)", sourceLocation: sourceLocation)
    do {
      _ = try Prover(.proven100).prove(statement, trace: trace)
      Issue.record("proven", sourceLocation: sourceLocation)
    } catch ProverError.constraintsNotSatisfied(let violation) {
      #expect(violation?.constraint == failing[0] && violation?.row == row, sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
  }

  @Test func wrongPublicStatesAreRefused() throws {
    func check<P: Poseidon2>(_ permutation: P.Type) where P.Element: ProvingField {
      let example = Example<P>(logCount: 8)
      let trace = PermutationStatement<P>.trace(of: example.inputs(on: .default), on: .default)
      for lane in [0, P.width - 1] {
        var (input, output) = (example.input, example.output)
        output[lane] += .one
        refuse(
          PermutationStatement<P>(logCount: 8, input: input, output: output), trace,
          for: ["the first output"], row: 0)
        input[lane] += .one
        refuse(
          PermutationStatement<P>(logCount: 8, input: input, output: example.output), trace,
          for: ["the first input"], row: 0)
      }
    }
    check(Poseidon2BabyBear16.self)
    check(Poseidon2Goldilocks8.self)
  }

  /// A cell is wrong, in the first, a middle and the last slot: its own constraint fails, and then those that read it.
  @Test(arguments: [(0, 1), (3, 17), (7, 31)])
  func wrongCellsAreRefused(slot: Int, row: Int) throws {
    try checkCells(of: Poseidon2BabyBear16.self, slot: slot, row: row)
    try checkCells(of: Poseidon2Goldilocks8.self, slot: slot, row: row)
  }

  private func checkCells<P: Poseidon2>(
    of permutation: P.Type, slot: Int, row: Int
  ) throws where P.Element: ProvingField {
    let layout = PermutationLayout(P.self)
    let partialRounds = P.parameters.internal.count
    let example = Example<P>(logCount: 8)
    var trace = PermutationStatement<P>.trace(of: example.inputs(on: .default), on: .default)

    let cube = "a cube"
    func lanes(after round: Int) -> [String] { (0..<P.width).map { "lane \($0) after full round \(round)" } }
    func sBox(_ round: Int) -> String { "S-box of partial round \(round)" }

    /// Wrong by one, in turn: the cells, and the constraints that fail, in the statement's order.
    var cases: [(cell: Int, failing: [String])] = []
    let last = P.width - 1
    for round in [0, 3, 4, 7] {
      // Each lane's power goes into all lanes after the round.
      cases.append((layout.cube(round: round, 0), [cube] + lanes(after: round)))
      cases.append((layout.cube(round: round, last), [cube] + lanes(after: round)))
    }
    // The output, which nothing else reads in this row.
    cases.append((layout.state(after: 7, last), ["lane \(last) after full round 7"]))
    // A state that goes into each S-box of the next round, through one lane alone.
    for round in [0, 4] {
      cases.append(
        (layout.state(after: round, 2), ["lane 2 after full round \(round)", cube] + lanes(after: round + 1)))
    }
    for round in [0, partialRounds - 1] {
      cases.append((layout.cube(partial: round), [cube, sBox(round)]))
    }
    // The last power goes into all lanes of the next round.
    cases.append(
      (
        layout.power(partial: partialRounds - 1),
        [sBox(partialRounds - 1)] + [String](repeating: cube, count: P.width) + lanes(after: 4)
      ))

    for (cell, failing) in cases {
      trace[row, slot * layout.count + cell] += .one
      refuse(
        example.statement, trace,
        for: failing.map { "permutation \(slot): \($0)" }, row: row)
      trace[row, slot * layout.count + cell] -= .one
    }
    // An input that nobody permuted: the cubes of the first round.
    trace[row, slot * layout.count + layout.input(0)] += .one
    refuse(
      example.statement, trace,
      for: ([String](repeating: cube, count: P.width) + lanes(after: 0)).map { "permutation \(slot): \($0)" }, row: row)
  }

  // MARK: Proofs

  @Test(arguments: [SecurityPreset.proven100, .peers])
  func honestProofsAreAccepted(preset: SecurityPreset) throws {
    func check<P: Poseidon2>(_ permutation: P.Type) throws where P.Element: ProvingField {
      let example = Example<P>(logCount: 8)
      let trace = PermutationStatement<P>.trace(of: example.inputs(on: .default), on: .default)
      let proof = try Prover(preset).prove(example.statement, trace: trace)
      try Verifier(demanding: preset).verify(proof, of: example.statement)

      var output = example.output
      output[0] += .one
      let other = PermutationStatement<P>(logCount: 8, input: example.input, output: output)
      #expect(throws: VerificationError.constraintsNotSatisfied) {
        try Verifier(demanding: preset).verify(proof, of: other)
      }
    }
    try check(Poseidon2BabyBear16.self)
    try check(Poseidon2Goldilocks8.self)
  }
}
