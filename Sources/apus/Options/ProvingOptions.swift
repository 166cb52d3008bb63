// The options of everything that proves.

import ApusField
import ApusSTARK
import ArgumentParser

/// How much memory the prover takes.
enum MemoryArgument: String, CaseIterable, ExpressibleByArgument {
  case auto, standard, low

  /// Proofs in one run from which on it pays to touch memory for all that a large proof would like to keep.
  private static let manyProofs = 5
  /// Bytes from which on a proof is large.
  private static let large = 1 << 30

  func choice(for shape: ProofShape, proofs: Int) -> ProverMemory {
    switch self {
    case .auto: proofs < Self.manyProofs && shape.proverByteCount > Self.large ? .low : .standard
    case .standard: .standard
    case .low: .low
    }
  }
}

struct ProvingOptions: ParsableArguments {
  @Option(help: "Proven bits of security.")
  var security: SecurityPreset = .proven128

  @Option(help: "Hash of the Merkle trees; poseidon2 over BabyBear does not reach 128 bits.")
  var hash = HashArgument(.blake3)

  @Option(help: "Threads to work on; all CPUs that this process may use if not given.")
  var threads: Int?

  @Option(help: "Instruction set; the widest that this machine runs if not given.")
  var isa: InstructionSet?

  @Option(
    help: """
      low: a quarter of the memory for up to twice the time once memory was used before; auto: low for a few large \
      proofs, for which fresh memory would cost more. The proof is the same.
      """)
  var memory: MemoryArgument = .auto

  @Option(
    help: ArgumentHelp(
      "Where to put a timeline of the threads' work, for a trace viewer; a file there is replaced.", valueName: "file"))
  var profile: String?

  /// What is not given here is as `APUS_ISA`, `APUS_THREADS` and `APUS_TUNING` say, else as the machine allows.
  func engine() throws(Failure) -> Engine {
    try failing(.unusable) {
      guard let threads else { return try isa.map { try Engine.default.with($0) } ?? .default }
      let environment = EngineEnvironment.current
      return try Engine(
        instructionSet: isa ?? environment.instructionSet, threads: threads, tuning: environment.tuning)
    }
  }
}
