// Proving one statement after the other with the same options: shape, trace, proof, verification, all timed.

import ApusField
import ApusSTARK
import ApusStatements

struct ProvingRun {
  /// How many headers, or whatever else the statement counts.
  struct Items {
    let name: String
    let count: Int
  }

  /// A proof that has been verified, and how that went.
  struct Result {
    let file: ProofFile
    let facts: ProofFacts
    let constraints: Int
    let degree: Int
    let stages: [Stage]
    let provingSeconds: Double
    let verifyingSeconds: Double
    let items: Items?
  }

  private let prover: Prover
  private let profile: ProfileFile?
  private let memory: MemoryArgument

  init(_ options: ProvingOptions) throws(Failure) {
    let engine = try options.engine()
    memory = options.memory
    profile = try options.profile.map { path throws(Failure) in try ProfileFile(path) }
    prover = Prover(
      options.security, hash: options.hash.hash, on: profile.map { engine.recording($0.timeline) } ?? engine)
  }

  /// - Parameter proofs: how many this run makes.
  func prove<S: Statement>(
    _ statement: S, claim: ProofClaim, progressTitle: String, items: Items? = nil, proofs: Int = 1,
    trace: (Engine) -> Columns<S.Element>
  ) throws(Failure) -> Result {
    // First of all: options that cannot serve this statement should not cost a trace.
    let statement = CapturedStatement(statement)
    let shape = try failing(.unusable) { try prover.shape(of: statement) }

    let clock = StageClock(title: progressTitle, timeline: profile?.timeline)
    let start = ContinuousClock.now
    clock.begin("trace")
    let trace = trace(prover.engine)
    let proof: Proof
    do {
      let memory = memory.choice(for: shape, proofs: proofs)
      proof = try prover.prove(statement, consuming: trace, memory: memory) { clock.begin($0.rawValue) }
    } catch { throw .invalid("\(error)") }
    clock.end()
    let provingSeconds = elapsed(since: start)

    let verifying = ContinuousClock.now
    let file = try verified(ProofFile(claim: claim, proof: proof).bytes)
    try profile?.write()
    return Result(
      file: file, facts: ProofFacts(file, shape: shape), constraints: statement.graph.constraintCount,
      degree: statement.graph.degree,
      stages: clock.stages, provingSeconds: provingSeconds, verifyingSeconds: elapsed(since: verifying), items: items)
  }

  /// Reads and verifies the bytes as anybody would who got them in a file.
  private func verified(_ bytes: [UInt8]) throws(Failure) -> ProofFile {
    do {
      let file = try ProofFile(bytes: bytes)
      try file.verify(demanding: prover.preset)
      return file
    } catch {
      throw .invalid("the proof just made does not verify: \(error); this is a fault of apus, and nothing was written")
    }
  }
}
