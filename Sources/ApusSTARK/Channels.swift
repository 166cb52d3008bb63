// The protocol's messages as each side sees them: the prover absorbs and writes, the verifier reads and absorbs. Both
// go through the same labels in the same order, so a proof's bytes are its transcript.

internal import ApusField
internal import ApusMerkle

extension Transcript {
  /// A transcript that has absorbed all that shapes verification: the statement's digest first, then parameters, sizes
  /// and public values.
  init<S: Statement>(_ statement: S, graph: ConstraintGraph, shape: ProofShape) {
    self.init(protocolName: "apus stark \(Proof.version)")
    absorb(graph.digest, "statement digest")
    absorb(Array(S.name.utf8), "statement name")
    let preset = shape.preset
    absorb(
      [
        Int(preset.id), preset.level, preset.logBlowup, preset.maximumArityLog, preset.finalLog,
        preset.maximumGrinding, Int(shape.hash.rawValue),
      ], "preset")
    absorb(
      [shape.logRows, shape.columnCount, shape.quotientPieces, shape.openedValues, shape.security.queries], "sizes")
    absorb(shape.foldLogs, "folds")
    absorb(shape.security.terms.map(\.grinding), "work")
    absorb(statement.publicRows, "public rows")
    absorb(statement.publicValues, "public values")
    absorb(statement.label, "label")
  }

  /// Query positions: ascending, each once.
  mutating func queryPositions(_ shape: ProofShape) -> [Int] {
    let log = shape.logRows + shape.preset.logBlowup
    return Set(challengeIndices(SecurityReport.queryTerm, count: shape.security.queries, log: log)).sorted()
  }
}

/// Labels of the messages, which are also the names of a proof's parts.
enum ProofPart {
  static let head = "head"
  static let trace = "trace commitment"
  static let quotient = "quotient commitment"
  static let openings = "out-of-domain values"
  static let folds = "fold commitments"
  static let final = "final polynomial"
  static let work = "proofs of work"
  static let traceRows = "trace rows"
  static let tracePaths = "trace paths"
  static let quotientRows = "quotient rows"
  static let quotientPaths = "quotient paths"
  static let foldValues = "fold values"
  static let foldPaths = "fold paths"
}

struct ProverChannel {
  var transcript: Transcript
  private(set) var writer = ProofWriter()
  private let shape: ProofShape
  private let engine: Engine

  init<S: Statement>(_ statement: S, graph: ConstraintGraph, shape: ProofShape, on engine: Engine) {
    transcript = Transcript(statement, graph: graph, shape: shape)
    self.shape = shape
    self.engine = engine
    writer.write(Proof.head(shape.preset, shape.hash))
  }

  mutating func send(_ cap: [MerkleDigest], _ part: String) {
    transcript.absorb(cap, part)
    writer.write(cap)
  }
  mutating func send(_ values: [BabyBear5], _ part: String) {
    transcript.absorb(values, part)
    writer.write(values)
  }
  /// Works before the challenge of that name, if its security needs it.
  mutating func work(_ term: String) {
    let bits = shape.security.grinding(term)
    if bits > 0 { writer.write(nonce: transcript.grind(term, bits: bits, on: engine)) }
  }

  // What is opened at the queries is bound by the commitments and follows all challenges: it is written, not absorbed.
  mutating func write(_ rows: [BabyBear]) { writer.write(rows) }
  mutating func write(_ values: [BabyBear5]) { writer.write(values) }
  mutating func write(_ siblings: [MerkleDigest]) { writer.write(siblings) }
}

struct VerifierChannel {
  var transcript: Transcript
  private var reader: ProofReader
  private let shape: ProofShape
  /// Bytes by part, in order of first appearance.
  private(set) var layout = ProofLayout()

  init<S: Statement>(
    _ proof: Proof, _ statement: S, graph: ConstraintGraph, shape: ProofShape
  ) throws(VerificationError) {
    transcript = Transcript(statement, graph: graph, shape: shape)
    reader = ProofReader(proof.bytes)
    self.shape = shape
    _ = try reader.raw(Proof.headByteCount, ProofPart.head)
    layout.add(Proof.headByteCount, to: ProofPart.head)
  }

  mutating func receiveCap(_ part: String) throws(VerificationError) -> [MerkleDigest] {
    let cap = try digests(1, part)
    transcript.absorb(cap, part)
    return cap
  }
  mutating func receive(_ count: Int, _ part: String) throws(VerificationError) -> [BabyBear5] {
    let values = try extensionElements(count, part)
    transcript.absorb(values, part)
    return values
  }
  mutating func checkWork(_ term: String) throws(VerificationError) {
    let bits = shape.security.grinding(term)
    guard bits > 0 else { return }
    let nonce = try reader.nonce(ProofPart.work)
    layout.add(8, to: ProofPart.work)
    guard transcript.checkWork(term, bits: bits, nonce: nonce) else {
      throw .insufficientWork(at: term, bits: bits)
    }
  }

  mutating func digests(_ count: Int, _ part: String) throws(VerificationError) -> [MerkleDigest] {
    layout.add(count * MerkleDigest.byteCount, to: part)
    return try reader.digests(count, part)
  }
  mutating func elements(_ count: Int, _ part: String) throws(VerificationError) -> [BabyBear] {
    layout.add(count * BabyBear.byteCount, to: part)
    return try reader.elements(count, part)
  }
  mutating func extensionElements(_ count: Int, _ part: String) throws(VerificationError) -> [BabyBear5] {
    layout.add(count * BabyBear5.byteCount, to: part)
    return try reader.extensionElements(count, part)
  }
  func finish() throws(VerificationError) { try reader.finish() }
}

/// How many bytes each part of a proof takes.
public struct ProofLayout: Sendable, Equatable {
  public private(set) var parts: [(name: String, bytes: Int)] = []
  public var total: Int { parts.reduce(0) { $0 + $1.bytes } }

  mutating func add(_ bytes: Int, to name: String) {
    if let known = parts.firstIndex(where: { $0.name == name }) {
      parts[known].bytes += bytes
    } else {
      parts.append((name, bytes))
    }
  }

  public static func == (a: ProofLayout, b: ProofLayout) -> Bool {
    a.parts.elementsEqual(b.parts) { $0 == $1 }
  }
}
