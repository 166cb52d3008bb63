// The constraint evaluator: one coset of rows through a statement's graph, on one thread.
//
// An element is a node of the graph on a row: a sum, difference or product after common ones became one, before the
// program's instructions are fused. Loading columns, asserting constraints and writing the quotient are in its time, but
// neither compiling the program nor the row selectors.

import ApusBench
import ApusExamples
import ApusField
import ApusPoseidon2
import ApusSTARK
import ApusStatements

func evaluatorSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  // As many headers as fill 2^13 rows, with one of padding: their columns lie beyond the second cache, as a prover's do.
  let headers = try HeaderInput(reading: OneDay.csv).headers.prefix(31)
  let chain = HeaderStatement(try HeaderChain(Array(headers)).claim)
  return [
    BenchGroup(
      "constraint evaluator, per row and node of the graph",
      try engines.flatMap { [try evaluation(of: chain, "headers", $0)] }
        + engines.flatMap { [try evaluation(of: permutations(Poseidon2BabyBear16.self), "Poseidon2 BabyBear", $0)] }
        + engines.flatMap { [try evaluation(of: permutations(Poseidon2Goldilocks8.self), "Poseidon2 Goldilocks", $0)] })
  ]
}

private func permutations<P: Poseidon2>(_ permutation: P.Type) -> PermutationStatement<P>
where P.Element: ProvingField {
  let state = [P.Element](repeating: .zero, count: P.width)
  return PermutationStatement<P>(logCount: 13, input: state, output: state)
}

private func evaluation<S: Statement>(of statement: S, _ name: String, _ engine: Engine) throws -> BenchCase {
  typealias E = S.Element.Challenge
  let stages = try ProverStages<E>(statement, preset: .proven128, hash: .blake3, on: engine)
  let graph = stages.statement.graph
  let nodes = graph.nodes.count { $0.operands != nil }
  let label = CaseLabel(
    kernel: "evaluate \(nodes) nodes", field: name, engine: engine.instructionSet.rawValue, rows: statement.rows,
    columns: graph.columnCount)
  return BenchCase(label, Work(elements: nodes * statement.rows)) {
    // Any columns will do: what they hold does not change the time.
    let columns = Held<S.Element>(rows: statement.rows, count: graph.columnCount, on: engine)
    let extended = stages.commit(try stages.extend(columns.columns))
    let alpha = E { S.Element(UInt64(3 + 7 * $0)) }
    let evaluation = KeptEvaluation(stages.evaluation(coset: 0, of: extended.columns, alpha: alpha))
    return { withExtendedLifetime(extended) { _ = evaluation.evaluation.run() } }
  }
}

/// Lets a closure hold what cannot be copied.
private final class KeptEvaluation<E: ChallengeField> where E.Base: ProvingField {
  let evaluation: CosetEvaluation<E>
  init(_ evaluation: consuming CosetEvaluation<E>) { self.evaluation = evaluation }
}
