// The protocol's messages as each side sees them: the prover absorbs and writes, the verifier reads and absorbs. Both
// go through the same labels in the same order, so a proof's bytes are its transcript.

package import ApusField
package import ApusMerkle

extension Transcript {
  /// A transcript that has absorbed all that shapes verification: the statement's digest first, then parameters, sizes
  /// and public values.
  package init<F>(_ statement: CapturedStatement<F>, shape: ProofShape) {
    self.init(protocolName: "apus stark \(Proof.version)")
    absorb(statement.graph.digest, "statement digest")
    absorb(Array(statement.name.utf8), "statement name")
    let preset = shape.preset
    absorb(
      [
        Int(preset.id), preset.level, preset.logBlowup, preset.maximumArityLog, preset.finalLog,
        preset.maximumGrinding, Int(shape.hash.rawValue),
      ], "preset")
    absorb(
      [shape.logRows, shape.columnCount, shape.quotientPieces, shape.openedValues, shape.security.queries], "sizes")
    absorb(shape.fri)
    absorb(shape.security.terms.map(\.grinding), "work")
    absorb(statement.publicRows, "public rows")
    absorb(statement.publicValues, "public values")
    absorb(statement.label, "label")
  }

  /// Absorbs how FRI folds, and which heights join on the way, if there are several.
  package mutating func absorb(_ shape: FRIShape) {
    absorb(shape.foldLogs, "folds")
    if !shape.rollIns.isEmpty { absorb(shape.rollIns, "rolled-in heights") }
  }

  /// Query positions: ascending, each once.
  package mutating func queryPositions(_ shape: FRIShape) -> [Int] {
    let log = shape.logRows + shape.logBlowup
    return Set(challengeIndices(SecurityReport.queryTerm, count: shape.queries, log: log)).sorted()
  }
}

/// Labels of the messages, which are also the names of a proof's parts.
package enum ProofPart {
  package static let head = "head"
  package static let trace = "trace commitment"
  package static let quotient = "quotient commitment"
  package static let openings = "out-of-domain values"
  package static let folds = "fold commitments"
  package static let final = "final polynomial"
  package static let work = "proofs of work"
  package static let traceRows = "trace rows"
  package static let tracePaths = "trace paths"
  package static let quotientRows = "quotient rows"
  package static let quotientPaths = "quotient paths"
  package static let foldValues = "fold values"
  package static let foldPaths = "fold paths"
}

package struct ProverChannel {
  package var transcript: Transcript
  package private(set) var writer = ProofWriter()
  private let security: SecurityReport
  private let engine: Engine

  package init<F>(_ statement: CapturedStatement<F>, shape: ProofShape, on engine: Engine) {
    self.init(Transcript(statement, shape: shape), security: shape.security, on: engine)
    writer.write(Proof.head(shape.preset, shape.hash))
  }

  /// Without a head: messages alone, after what this transcript has absorbed.
  package init(_ transcript: Transcript, security: SecurityReport, on engine: Engine) {
    self.transcript = transcript
    self.security = security
    self.engine = engine
  }

  package mutating func send(_ cap: [MerkleDigest], _ part: String) {
    transcript.absorb(cap, part)
    writer.write(cap)
  }
  package mutating func send<E: ExtensionField>(_ values: [E], _ part: String) {
    transcript.absorb(values, part)
    writer.write(values)
  }
  /// Works before the challenge of that name, if its security needs it.
  package mutating func work(_ term: String) {
    let bits = security.grinding(term)
    if bits > 0 { write(nonce: transcript.grind(term, bits: bits, on: engine)) }
  }

  package mutating func write(nonce: UInt64) { writer.write(nonce: nonce) }
  // What is opened at the queries is bound by the commitments and follows all challenges: it is written, not absorbed.
  package mutating func write<F: TwoAdicField>(_ values: [F]) { writer.write(values) }
  package mutating func write<E: ExtensionField>(_ values: [E]) { writer.write(values) }
  package mutating func write(_ siblings: [MerkleDigest]) { writer.write(siblings) }
}

package struct VerifierChannel {
  package var transcript: Transcript
  private var reader: ProofReader
  private let security: SecurityReport
  private(set) var layout = ProofLayout()

  /// Without a head: messages alone, after what this transcript has absorbed.
  package init(_ bytes: [UInt8], _ transcript: Transcript, security: SecurityReport) {
    self.transcript = transcript
    reader = ProofReader(bytes)
    self.security = security
  }

  init<F>(_ proof: Proof, _ statement: CapturedStatement<F>, shape: ProofShape) throws(VerificationError) {
    self.init(proof.bytes, Transcript(statement, shape: shape), security: shape.security)
    _ = try reader.raw(Proof.headByteCount, ProofPart.head)
    layout.add(Proof.headByteCount, to: ProofPart.head)
  }

  package mutating func receiveCap(_ part: String) throws(VerificationError) -> [MerkleDigest] {
    let cap = try digests(1, part)
    transcript.absorb(cap, part)
    return cap
  }
  mutating func receive<E: ExtensionField>(_ count: Int, _ part: String) throws(VerificationError) -> [E] {
    let values: [E] = try elements(count, part)
    transcript.absorb(values, part)
    return values
  }
  package mutating func checkWork(_ term: String) throws(VerificationError) {
    let bits = security.grinding(term)
    guard bits > 0 else { return }
    let nonce = try reader.nonce(ProofPart.work)
    layout.add(8, to: ProofPart.work)
    guard transcript.checkWork(term, bits: bits, nonce: nonce) else {
      throw .insufficientWork(at: term, bits: bits)
    }
  }

  package mutating func digests(_ count: Int, _ part: String) throws(VerificationError) -> [MerkleDigest] {
    layout.add(count * MerkleDigest.byteCount, to: part)
    return try reader.digests(count, part)
  }
  package mutating func elements<F: TwoAdicField>(_ count: Int, _ part: String) throws(VerificationError) -> [F] {
    layout.add(count * F.byteCount, to: part)
    return try reader.elements(count, part)
  }
  package mutating func elements<E: ExtensionField>(_ count: Int, _ part: String) throws(VerificationError) -> [E] {
    layout.add(count * E.byteCount, to: part)
    return try reader.elements(count, part)
  }
  package func finish() throws(VerificationError) { try reader.finish() }
}

/// Where each part of a proof stands among its bytes.
public struct ProofLayout: Sendable, Equatable {
  /// Consecutive bytes of one part.
  package struct Span: Sendable, Equatable {
    package let part: String
    package fileprivate(set) var bytes: Range<Int>
  }

  /// In order, without gaps; a part may come in several pieces.
  package private(set) var spans: [Span] = []

  /// How many bytes each part takes, in order of first appearance.
  public var parts: [(name: String, bytes: Int)] {
    var parts: [(name: String, bytes: Int)] = []
    for span in spans {
      if let known = parts.firstIndex(where: { $0.name == span.part }) {
        parts[known].bytes += span.bytes.count
      } else {
        parts.append((span.part, span.bytes.count))
      }
    }
    return parts
  }
  public var total: Int { spans.last?.bytes.upperBound ?? 0 }

  mutating func add(_ bytes: Int, to part: String) {
    let start = total
    if let last = spans.last, last.part == part {
      spans[spans.count - 1].bytes = last.bytes.lowerBound..<start + bytes
    } else {
      spans.append(Span(part: part, bytes: start..<start + bytes))
    }
  }
}
