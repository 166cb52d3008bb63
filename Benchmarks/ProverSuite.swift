// The prover: whole proofs, their verification, and the stages between, each on inputs that are kept.

import ApusBench
import ApusExamples
import ApusField
import ApusMerkle
import ApusPoseidon2
import ApusSTARK
import ApusStatements

func proverSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.widestEngines()
  return [
    BenchGroup(
      "proof of Fibonacci, proven128, BLAKE3", engines.flatMap { cases("Fibonacci", rows: 1 << 16, fibonacci, $0) }),
    BenchGroup(
      "proof of a day of headers, proven128, BLAKE3",
      // A stage of this proof lasts as long as a whole Fibonacci proof.
      engines.flatMap {
        cases("headers", rows: 1 << 16, headers, $0, stages: options.isQuick ? [.prove] : Stage.allCases)
      }),
    BenchGroup(
      "proof of 2^14 Poseidon2 permutations, eight a row, proven128, BLAKE3, per row",
      engines.flatMap { engine in
        cases("BabyBear", rows: 1 << 11, permutations(Poseidon2BabyBear16.self), engine)
          + cases("Goldilocks", rows: 1 << 11, permutations(Poseidon2Goldilocks8.self), engine, stages: [.prove])
      }),
    BenchGroup(
      "Poseidon2 permutations over BabyBear, peers' parameters, per permutation",
      engines.flatMap { engine in
        (options.isQuick ? [14] : [14, 17, 20]).flatMap { log in
          [MerkleHash.blake3, .keccak256, .poseidon2].map { PeersProof.benchCase(logCount: log, hash: $0, engine) }
            + [PeersProof.traceCase(logCount: log, engine)]
        }
      }),
  ]
}

private enum Stage: String, CaseIterable {
  case extend = "extend"
  case extendAndCommit = "extend + commit"
  case quotient, openings, codeword
  case commitFolds = "FRI commitments"
  case fold = "FRI folds"
  case grinding, queries, prove, verify
}

private func fibonacci(_ engine: Engine) throws -> KeptProof<Fibonacci<BabyBear>> {
  let (rows, one) = (1 << 16, BabyBear.one)
  let trace = Fibonacci<BabyBear>.trace(a: .zero, b: one, rows: rows, on: engine)
  let last = trace[rows - 1, FibonacciColumn.next.rawValue]
  return try KeptProof(Fibonacci<BabyBear>(a: .zero, b: one, last: last, rows: rows), trace: trace, on: engine)
}

private func headers(_ engine: Engine) throws -> KeptProof<HeaderStatement> {
  // A day of headers is one chain, in one difficulty period.
  let chain = try HeaderChain.segments(of: try HeaderInput(reading: OneDay.csv))[0]
  let statement = HeaderStatement(chain.claim)
  return try KeptProof(statement, trace: statement.trace(of: chain.headers, on: engine), on: engine)
}

private func permutations<P: Poseidon2>(
  _ permutation: P.Type
) -> (Engine) throws -> KeptProof<PermutationStatement<P>> where P.Element: ProvingField {
  { engine in
    let (log, seed) = (14, UInt64(1))
    let input = PermutationStatement<P>.input(0, seed: seed)
    var output = input
    P.permute(&output)
    let inputs = PermutationStatement<P>.inputs(1 << log, seed: seed, on: engine)
    return try KeptProof(
      PermutationStatement<P>(logCount: log, input: input, output: output),
      trace: PermutationStatement<P>.trace(of: inputs, on: engine), on: engine)
  }
}

private func cases<S: Statement>(
  _ name: String, rows: Int, _ make: @escaping (Engine) throws -> KeptProof<S>, _ engine: Engine,
  stages: [Stage] = Stage.allCases
) -> [BenchCase] {
  let kept = Lazy { try make(engine) }
  return stages.map { stage in
    let label = CaseLabel(
      kernel: stage.rawValue, field: name, engine: engine.instructionSet.rawValue, rows: rows,
      columns: S.Column.names.count, threads: engine.threads)
    return BenchCase(label, Work(elements: rows)) {
      let proof = try kept.value
      return { proof.run(stage) }
    }
  }
}

/// What provers are compared by: from a trace that is there to the verified proof, and the trace by itself.
private struct PeersProof {
  typealias P = Poseidon2BabyBear16
  typealias S = PermutationStatement<P>

  static func benchCase(logCount: Int, hash: MerkleHash, _ engine: Engine) -> BenchCase {
    BenchCase(label("prove, \(hash.name)", logCount, engine), Work(elements: 1 << logCount)) {
      let prover = Prover(.peers, hash: hash, on: engine)
      let input = S.input(0, seed: 1)
      var output = input
      P.permute(&output)
      let statement = S(logCount: logCount, input: input, output: output)
      let trace = Held(S.trace(of: S.inputs(1 << logCount, seed: 1, on: engine), on: engine))
      return { _ = try? prover.prove(statement, trace: trace.columns) }
    }
  }

  static func traceCase(logCount: Int, _ engine: Engine) -> BenchCase {
    BenchCase(label("trace", logCount, engine), Work(elements: 1 << logCount)) {
      let inputs = Held(S.inputs(1 << logCount, seed: 1, on: engine))
      return { _ = S.trace(of: inputs.columns, on: engine) }
    }
  }

  private static func label(_ kernel: String, _ logCount: Int, _ engine: Engine) -> CaseLabel {
    CaseLabel(
      kernel: kernel, field: "permutations", engine: engine.instructionSet.rawValue, rows: 1 << logCount,
      columns: S.Column.names.count, threads: engine.threads)
  }
}

/// A value that is made when it is first asked for.
private final class Lazy<Value> {
  private let make: () throws -> Value
  private var made: Value?

  init(_ make: @escaping () throws -> Value) { self.make = make }

  var value: Value {
    get throws {
      if let made { return made }
      let value = try make()
      made = value
      return value
    }
  }
}

/// A proof, and what its stages start from.
private final class KeptProof<S: Statement> {
  /// Of the presets that reach their level.
  typealias E = S.Element.Challenge

  private let prover: Prover
  private let statement: S
  private let stages: ProverStages<E>
  private let trace: Columns<S.Element>
  private let extended: CommittedColumns<S.Element>
  private let quotient: CommittedColumns<S.Element>
  private let openings: [E]
  private let layers: [FRILayer<E>]
  private let positions: [Int]
  private let proof: Proof
  /// Stands for every challenge: how long a stage takes does not depend on it.
  private let challenge = E { S.Element(UInt64(3 + 7 * $0)) }

  init(_ statement: S, trace: consuming Columns<S.Element>, on engine: Engine) throws {
    prover = Prover(.proven128, hash: .blake3, on: engine)
    self.statement = statement
    stages = try ProverStages<E>(statement, preset: prover.preset, hash: prover.hash, on: engine)
    self.trace = trace
    extended = stages.commit(try stages.extend(self.trace))
    quotient = stages.commit(try stages.quotient(of: extended.columns, alpha: challenge))
    openings = stages.openings(trace: extended.columns, quotient: quotient.columns, z: challenge)
    let fri = FRIProver<E>(shape: stages.shape.fri, on: engine)
    var codeword = try stages.codeword(
      trace: extended.columns, quotient: quotient.columns, openings: openings, z: challenge, gamma: challenge)
    var layers: [FRILayer<E>] = []
    for fold in stages.shape.foldLogs.indices {
      let layer = fri.layer(fold, committing: codeword)
      codeword = layer.folded(at: challenge)
      layers.append(layer)
    }
    self.layers = layers
    var channel = stages.channel
    positions = channel.transcript.queryPositions(stages.shape.fri)
    proof = try prover.prove(statement, trace: self.trace)
  }

  /// What succeeded once as these were made succeeds again: nothing is thrown here.
  func run(_ stage: Stage) {
    switch stage {
    case .extend: _ = try? stages.extend(trace)
    case .extendAndCommit: if let extended = try? stages.extend(trace) { _ = stages.commit(extended) }
    case .quotient: _ = try? stages.quotient(of: extended.columns, alpha: challenge)
    case .openings: _ = stages.openings(trace: extended.columns, quotient: quotient.columns, z: challenge)
    case .codeword:
      _ = try? stages.codeword(
        trace: extended.columns, quotient: quotient.columns, openings: openings, z: challenge, gamma: challenge)
    case .commitFolds:
      for layer in layers {
        _ = FRILayer<E>.tree(over: layer.codeword, arityLog: layer.arityLog, hash: prover.hash, on: prover.engine)
      }
    case .fold: for layer in layers { _ = layer.folded(at: challenge) }
    case .grinding:
      // Always the same nonces, for the transcript is always the same.
      var channel = stages.channel
      for term in stages.shape.security.terms { channel.work(term.name) }
    case .queries:
      var channel = stages.channel
      extended.open(at: positions, through: &channel)
      quotient.open(at: positions, through: &channel)
      FRIProver<E>.open(layers, at: positions, through: &channel)
    case .prove: _ = try? prover.prove(statement, trace: trace)
    case .verify: _ = try? Verifier(demanding: prover.preset).verify(proof, of: statement)
    }
  }
}
