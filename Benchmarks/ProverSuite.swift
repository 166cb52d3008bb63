// The prover: whole proofs, their verification, and the stages between, each on inputs that are kept.

import ApusBench
import ApusExamples
import ApusField
import ApusMerkle
import ApusSTARK
import ApusStatements

func proverSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.widestEngines()
  return [
    BenchGroup("proof of Fibonacci, proven128, BLAKE3", engines.flatMap { cases("Fibonacci", fibonacci, $0) }),
    BenchGroup(
      "proof of a day of headers, proven128, BLAKE3",
      // A stage of this proof lasts as long as a whole Fibonacci proof.
      engines.flatMap { cases("headers", headers, $0, stages: options.isQuick ? [.prove] : Stage.allCases) }),
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

private func fibonacci(_ engine: Engine) throws -> KeptProof<Fibonacci> {
  let (rows, one) = (1 << 16, BabyBear.one)
  let trace = Fibonacci.trace(a: .zero, b: one, rows: rows, on: engine)
  let last = trace[rows - 1, Fibonacci.Column.next.rawValue]
  return try KeptProof(Fibonacci(a: .zero, b: one, last: last, rows: rows), trace: trace, on: engine)
}

private func headers(_ engine: Engine) throws -> KeptProof<HeaderStatement> {
  // A day of headers is one chain, in one difficulty period.
  let chain = try HeaderChain.segments(of: try HeaderInput(reading: OneDay.csv))[0]
  let statement = HeaderStatement(chain.claim)
  return try KeptProof(statement, trace: statement.trace(of: chain.headers, on: engine), on: engine)
}

private func cases<S: Statement>(
  _ name: String, _ make: @escaping (Engine) throws -> KeptProof<S>, _ engine: Engine,
  stages: [Stage] = Stage.allCases
) -> [BenchCase] {
  let kept = Lazy { try make(engine) }
  return stages.map { stage in
    let label = CaseLabel(
      kernel: stage.rawValue, field: name, engine: engine.instructionSet.rawValue, rows: 1 << 16,
      columns: S.Column.names.count, threads: engine.threads)
    return BenchCase(label, Work(elements: 1 << 16)) {
      let proof = try kept.value
      return { proof.run(stage) }
    }
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
  private let prover: Prover
  private let statement: S
  private let stages: ProverStages
  private let trace: Columns<BabyBear>
  private let extended: CommittedColumns
  private let quotient: CommittedColumns
  private let openings: [BabyBear5]
  private let layers: [FRILayer]
  private let positions: [Int]
  private let proof: Proof
  /// Stands for every challenge: how long a stage takes does not depend on it.
  private let challenge = BabyBear5(coefficients: [3, 1, 4, 1, 5].map { BabyBear($0) })

  init(_ statement: S, trace: consuming Columns<BabyBear>, on engine: Engine) throws {
    prover = Prover(.proven128, hash: .blake3, on: engine)
    self.statement = statement
    stages = try ProverStages(statement, preset: prover.preset, hash: prover.hash, on: engine)
    self.trace = trace
    extended = stages.commit(try stages.extend(self.trace))
    quotient = stages.commit(try stages.quotient(of: extended.columns, alpha: challenge))
    openings = stages.openings(trace: extended.columns, quotient: quotient.columns, z: challenge)
    let fri = FRIProver(shape: stages.shape, on: engine)
    var codeword = stages.codeword(
      trace: extended.columns, quotient: quotient.columns, openings: openings, z: challenge, gamma: challenge)
    var layers: [FRILayer] = []
    for fold in stages.shape.foldLogs.indices {
      let layer = fri.layer(fold, committing: codeword)
      codeword = layer.folded(at: challenge)
      layers.append(layer)
    }
    self.layers = layers
    var channel = stages.channel
    positions = channel.transcript.queryPositions(stages.shape)
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
      _ = stages.codeword(
        trace: extended.columns, quotient: quotient.columns, openings: openings, z: challenge, gamma: challenge)
    case .commitFolds:
      for layer in layers {
        _ = FRILayer.tree(over: layer.codeword, arityLog: layer.arityLog, hash: prover.hash, on: prover.engine)
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
      FRIProver.open(layers, at: positions, through: &channel)
    case .prove: _ = try? prover.prove(statement, trace: trace)
    case .verify: _ = try? Verifier(demanding: prover.preset).verify(proof, of: statement)
    }
  }
}
