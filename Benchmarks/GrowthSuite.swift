// How a proof's time grows with its rows: Poseidon2 permutations, one in a row, from the trace to the proof's bytes but for
// the proofs of work, whose time is chance, and the verification.

import ApusBench
import ApusField
import ApusMerkle
import ApusPoseidon2
import ApusSTARK
import ApusStatements

func growthSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let logs = options.isQuick ? [12, 13, 14] : Array(14...20)
  let engine = try options.widestEngines().last
  return [
    BenchGroup(
      "growth of proofs, one Poseidon2 permutation a row, peers' parameters without work", showsGrowth: true,
      try engine.map { engine in
        try logs.compactMap { try benchCase(logCount: $0, options, engine) }
      } ?? [])
  ]
}

/// Peers' parameters, but for the work.
private let withoutWork = SecurityPreset(
  id: 0, name: "without work", queries: SecurityPreset.peers.queries, extensionKind: SecurityPreset.peers.extensionKind,
  logBlowup: SecurityPreset.peers.logBlowup, maximumArityLog: SecurityPreset.peers.maximumArityLog,
  finalLog: SecurityPreset.peers.finalLog, work: .atMost(0))

/// `nil` where there is no room: all sizes take turns, so their traces, a quarter of what a proof takes, are there together.
private func benchCase(logCount: Int, _ options: SuiteOptions, _ engine: Engine) throws -> BenchCase? {
  typealias P = Poseidon2BabyBear16
  let statement = OnePermutationARow<P>(logCount: logCount)
  let stages = try ProverStages<BabyBear4>(statement, preset: withoutWork, hash: .blake3, on: engine)
  let columns = stages.shape.columnCount
  guard options.isRoom(forBytes: stages.shape.proverByteCount + 2 * (4 * columns) << logCount) else { return nil }
  let label = CaseLabel(
    kernel: "prove", field: "permutations", engine: engine.instructionSet.rawValue, rows: 1 << logCount,
    columns: columns, threads: engine.threads)
  return BenchCase(label, Work(elements: 1 << logCount)) {
    let inputs = PermutationStatement<P>.inputs(1 << logCount, seed: 1, on: engine)
    let trace = Held(PermutationStatement<P>.trace(of: inputs, perRow: 1, on: engine))
    // What succeeded once succeeds again: nothing is thrown later.
    try prove(stages, trace.columns)
    return { try? prove(stages, trace.columns) }
  }
}

/// What `Prover` does between its first stage and the verification.
private func prove<E: ChallengeField>(_ stages: ProverStages<E>, _ trace: borrowing Columns<E.Base>) throws
where E.Base: ProvingField {
  var channel = stages.channel
  let extended = stages.commit(try stages.extend(trace))
  channel.send(extended.cap, ProofPart.trace)
  let alpha: E = channel.transcript.challenge(SecurityReport.constraintTerm)
  let quotient = stages.commit(try stages.quotient(of: extended.columns, alpha: alpha))
  channel.send(quotient.cap, ProofPart.quotient)
  let z: E = channel.transcript.challengeOutsideBase(SecurityReport.pointTerm)
  let openings = stages.openings(trace: extended.columns, quotient: quotient.columns, z: z)
  channel.send(openings, ProofPart.openings)
  let gamma: E = channel.transcript.challenge(SecurityReport.batchTerm)
  var fri = FRIProver<E>(shape: stages.shape.fri, on: stages.engine)
  try fri.commit(
    try stages.codeword(
      trace: extended.columns, quotient: quotient.columns, openings: openings, z: z, gamma: gamma),
    through: &channel)
  let positions = channel.transcript.queryPositions(stages.shape.fri)
  extended.open(at: positions, through: &channel)
  quotient.open(at: positions, through: &channel)
  fri.open(at: positions, through: &channel)
}

/// As ``PermutationStatement``, but with one permutation in a row, and nothing public.
private struct OnePermutationARow<P: Poseidon2>: Statement where P.Element: ProvingField {
  struct Column: TraceColumn {
    let index: Int
    static var names: [String] { (0..<PermutationLayout(P.self).count).map { "cell \($0)" } }
  }
  typealias Element = P.Element
  static var name: String { "poseidon2 permutations, one a row" }

  let logCount: Int
  var rows: Int { 1 << logCount }
  var publicValues: [Element] { [] }

  func constrain(_ c: inout Constraints<Column>) {
    let (c, layout) = (c, PermutationLayout(P.self))
    let cells = (0..<layout.count).map { c[Column(index: $0)] }
    c.onEveryRow { PermutationConstraints(cells, layout, P.parameters, of: 0).require(on: $0) }
  }
}
