// Proofs changed after they were made: what is changed, and the reason for which it must be refused.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

/// A proof to be spoiled, and where its parts stand.
struct ForgedProof {
  var bytes: [UInt8]
  let layout: ProofLayout
  let field: ProofField

  /// Bytes of an element of the extension.
  var valueBytes: Int { field.degree * field.elementBytes }

  /// The bytes of a part; of its pieces, the one of this number.
  func place(_ part: String, piece: Int = 0) -> Range<Int> { layout.spans.filter { $0.part == part }[piece].bytes }

  /// Changes the lowest bit of a byte; of a little-endian word's first byte, this keeps elements below the modulus.
  mutating func flip(_ part: String, piece: Int = 0, byte: Int = 0) {
    bytes[place(part, piece: piece).lowerBound + byte] ^= 1
  }
  /// The roots of folds stand together, or apart with nonces between them.
  mutating func flipRoot(ofFold fold: Int) {
    let places = layout.spans.filter { $0.part == ProofPart.folds }.flatMap { Array($0.bytes) }
    bytes[places[MerkleDigest.byteCount * fold]] ^= 1
  }
  /// The same in the last element.
  mutating func flipLast(_ part: String, piece: Int = 0) {
    bytes[place(part, piece: piece).upperBound - field.elementBytes] ^= 1
  }
  mutating func flipLastByte(_ part: String, piece: Int = 0) { bytes[place(part, piece: piece).upperBound - 1] ^= 1 }
  /// The same in an element of the extension: in its coefficient of that number.
  mutating func flip(_ part: String, value: Int, coefficient: Int = 0) {
    flip(part, byte: valueBytes * value + field.elementBytes * coefficient)
  }

  /// Writes a word as itself plus the modulus, the same element in another way; one that has no other way, as hardly any
  /// of Goldilocks has, as the modulus alone.
  mutating func addModulus(_ part: String, piece: Int = 0, word: Int = 0) {
    let start = place(part, piece: piece).lowerBound + field.elementBytes * word
    let found = bytes[start..<start + field.elementBytes].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let (sum, overflow) = found.addingReportingOverflow(field.order)
    let value = overflow ? field.order : sum
    for i in 0..<field.elementBytes { bytes[start + i] = UInt8(truncatingIfNeeded: value >> UInt64(8 * i)) }
  }

  /// Exchanges two neighbours of `size` bytes each, the first at `offset`.
  mutating func swap(_ part: String, piece: Int = 0, size: Int, at offset: Int = 0) {
    let start = place(part, piece: piece).lowerBound + offset
    let first = Array(bytes[start..<start + size])
    bytes.replaceSubrange(start..<start + size, with: bytes[start + size..<start + 2 * size])
    bytes.replaceSubrange(start + size..<start + 2 * size, with: first)
  }
}

/// A statement and honest proofs of it. A preset and a field give different work to different terms.
struct ForgerySubject: Sendable {
  let statement: any Statement
  let field: ProofField
  let honest: Result<ForgedProof, any Error>
  /// Of the same statement with other cells in the idle column.
  let otherWitness: Result<ForgedProof, any Error>
  let security: SecurityReport?

  static let babyBear = ForgerySubject(Forgery.walk)
  static let goldilocks = ForgerySubject(WalkOver<Goldilocks>(rows: 4096))
  static let all = [babyBear, goldilocks]

  private init<F>(_ walk: WalkOver<F>) {
    var other = walk
    other.idleSeed = 2
    statement = walk
    field = ProofField(F.self, .standard)
    honest = Result { try Self.proof(of: walk) }
    otherWitness = Result { try Self.proof(of: other) }
    security = try? Prover(.proven128).shape(of: walk).security
  }

  private static func proof<F>(of walk: WalkOver<F>) throws -> ForgedProof {
    let proof = try Prover(.proven128).prove(walk, trace: walk.trace)
    let verified = try Verifier().verify(proof, of: walk)
    return ForgedProof(bytes: proof.bytes, layout: verified.layout, field: verified.shape.field)
  }

  /// The refusal of a challenge other than the prover's before the work on that term: the first work from there on.
  func work(from term: String) -> VerificationError {
    let terms = security?.terms.drop { $0.name != term } ?? []
    let next = terms.first { $0.grinding > 0 }
    return .insufficientWork(at: next?.name ?? "", bits: next?.grinding ?? 0)
  }

  /// The terms that work precedes: each has a nonce.
  var worked: [String] { security?.terms.filter { $0.grinding > 0 }.map(\.name) ?? [] }
  var proofSize: Int { (try? honest.get().bytes.count) ?? 0 }
}

struct Forgery: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let subject: ForgerySubject
  let reason: VerificationError
  let apply: @Sendable (inout ForgedProof) -> Void

  private init(
    _ name: String, _ subject: ForgerySubject, _ reason: VerificationError,
    _ apply: @escaping @Sendable (inout ForgedProof) -> Void
  ) {
    testDescription = "\(name), over \(subject.field.name)"
    self.subject = subject
    self.reason = reason
    self.apply = apply
  }

  private static func head(_ subject: ForgerySubject) -> [Forgery] {
    [
      Forgery("another magic", subject, .notAProof) { $0.bytes[0] ^= 1 },
      Forgery("a later version", subject, .unsupportedVersion(found: 2, supported: 1)) { $0.bytes[4] = 2 },
      Forgery("version in the high byte", subject, .unsupportedVersion(found: 257, supported: 1)) { $0.bytes[5] = 1 },
      Forgery("version 0", subject, .unsupportedVersion(found: 0, supported: 1)) { $0.bytes[4] = 0 },
      Forgery("preset 0", subject, .unknownPreset(id: 0)) { $0.bytes[6] = 0 },
      Forgery("a preset beyond the last", subject, .unknownPreset(id: 255)) { $0.bytes[6] = 255 },
      Forgery("a weaker preset's id", subject, .insufficientSecurity(demanded: .proven128, found: .proven100)) {
        $0.bytes[6] = SecurityPreset.proven100.id
      },
      Forgery("hash 0", subject, .unknownHash(id: 0)) { $0.bytes[7] = 0 },
      Forgery("a hash beyond the last", subject, .unknownHash(id: 5)) { $0.bytes[7] = 5 },
      // The transcript names the hash, so that all challenges are others.
      Forgery("another hash's id", subject, .constraintsNotSatisfied) { $0.bytes[7] = MerkleHash.sha256.rawValue },
      Forgery("nothing", subject, .notAProof) { $0.bytes = [] },
      Forgery("a byte too many", subject, .trailingBytes(1)) { $0.bytes.append(0) },
      Forgery("the proof twice", subject, .trailingBytes(subject.proofSize)) { $0.bytes += $0.bytes },
    ]
  }

  /// Changes before the last challenge: every challenge after them is another, and the next thing that depends on one
  /// does not fit.
  private static func absorbed(_ subject: ForgerySubject) -> [Forgery] {
    let batchWork = subject.work(from: SecurityReport.batchTerm)
    let queryWork = subject.work(from: SecurityReport.queryTerm)
    func foldWork(_ fold: Int) -> VerificationError { subject.work(from: SecurityReport.foldTerm(fold)) }
    return [
      Forgery("the trace's root", subject, .constraintsNotSatisfied) { $0.flip(ProofPart.trace) },
      Forgery("the quotient's root", subject, .constraintsNotSatisfied) { $0.flip(ProofPart.quotient, byte: 31) },
      Forgery("an opening of x at -1", subject, .constraintsNotSatisfied) { $0.flip(ProofPart.openings, value: 0) },
      Forgery("an opening of x at 0", subject, .constraintsNotSatisfied) { $0.flip(ProofPart.openings, value: 1) },
      Forgery("an opening of x at +1", subject, .constraintsNotSatisfied) { $0.flip(ProofPart.openings, value: 2) },
      Forgery("the last limb of an opening", subject, .constraintsNotSatisfied) {
        $0.flip(ProofPart.openings, value: 1, coefficient: $0.field.degree - 1)
      },
      // No constraint reads the idle column.
      Forgery("an opening of the idle column", subject, batchWork) { $0.flip(ProofPart.openings, value: 3) },
      Forgery("an opening of the echo", subject, .constraintsNotSatisfied) { $0.flip(ProofPart.openings, value: 4) },
      Forgery("an opening of the sum at 0", subject, .constraintsNotSatisfied) {
        $0.flip(ProofPart.openings, value: 5)
      },
      Forgery("an opening of the sum at +3", subject, .constraintsNotSatisfied) {
        $0.flip(ProofPart.openings, value: 6)
      },
      Forgery("the first quotient opening", subject, .constraintsNotSatisfied) {
        $0.flip(ProofPart.openings, value: 7)
      },
      Forgery("the last quotient opening", subject, .constraintsNotSatisfied) { $0.flipLast(ProofPart.openings) },
      Forgery("two openings swapped", subject, .constraintsNotSatisfied) {
        $0.swap(ProofPart.openings, size: $0.valueBytes)
      },
      Forgery("two openings of one group swapped", subject, .constraintsNotSatisfied) {
        $0.swap(ProofPart.openings, size: $0.valueBytes, at: 3 * $0.valueBytes)
      },
      Forgery("the root of the first fold", subject, foldWork(0)) { $0.flipRoot(ofFold: 0) },
      Forgery("the root of the second fold", subject, foldWork(1)) { $0.flipRoot(ofFold: 1) },
      Forgery("the first final coefficient", subject, queryWork) { $0.flip(ProofPart.final) },
      Forgery("the last final coefficient", subject, queryWork) { $0.flipLast(ProofPart.final) },
      Forgery("two final coefficients swapped", subject, queryWork) { $0.swap(ProofPart.final, size: $0.valueBytes) },
    ]
      + subject.worked.enumerated().flatMap { piece, term in
        [0, 7].map { byte in
          Forgery("byte \(byte) of the nonce before \(term)", subject, subject.work(from: term)) {
            $0.flip(ProofPart.work, piece: piece, byte: byte)
          }
        }
      }
  }

  private static let mismatch = MerkleError.rootMismatch(cap: 0)

  /// Changes to what is opened at the queries: each is bound by its commitment.
  private static func opened(_ subject: ForgerySubject) -> [Forgery] {
    [
      Forgery("the first cell of the trace's rows", subject, .traceOpening(mismatch)) { $0.flip(ProofPart.traceRows) },
      Forgery("a cell of the idle column", subject, .traceOpening(mismatch)) {
        $0.flip(ProofPart.traceRows, byte: $0.field.elementBytes)
      },
      Forgery("the last cell of the trace's rows", subject, .traceOpening(mismatch)) {
        $0.flipLast(ProofPart.traceRows)
      },
      Forgery("two rows of the trace swapped", subject, .traceOpening(mismatch)) {
        $0.swap(ProofPart.traceRows, size: 4 * $0.field.elementBytes)
      },
      Forgery("two cells of a row swapped", subject, .traceOpening(mismatch)) {
        $0.swap(ProofPart.traceRows, size: $0.field.elementBytes)
      },
      Forgery("the trace's first sibling", subject, .traceOpening(mismatch)) { $0.flip(ProofPart.tracePaths) },
      Forgery("the trace's last sibling", subject, .traceOpening(mismatch)) { $0.flipLastByte(ProofPart.tracePaths) },
      Forgery("two of the trace's siblings swapped", subject, .traceOpening(mismatch)) {
        $0.swap(ProofPart.tracePaths, size: 32)
      },
      Forgery("the first cell of the quotient's rows", subject, .quotientOpening(mismatch)) {
        $0.flip(ProofPart.quotientRows)
      },
      Forgery("the last cell of the quotient's rows", subject, .quotientOpening(mismatch)) {
        $0.flipLast(ProofPart.quotientRows)
      },
      Forgery("two rows of the quotient swapped", subject, .quotientOpening(mismatch)) {
        $0.swap(ProofPart.quotientRows, size: 2 * $0.valueBytes)
      },
      Forgery("the quotient's first sibling", subject, .quotientOpening(mismatch)) { $0.flip(ProofPart.quotientPaths) },
      Forgery("the quotient's last sibling", subject, .quotientOpening(mismatch)) {
        $0.flipLastByte(ProofPart.quotientPaths)
      },
      Forgery("two of the quotient's siblings swapped", subject, .quotientOpening(mismatch)) {
        $0.swap(ProofPart.quotientPaths, size: 32)
      },
      Forgery("a row moved from the trace to the quotient", subject, .quotientOpening(mismatch)) {
        let (row, place) = ($0.place(ProofPart.traceRows), $0.place(ProofPart.quotientRows))
        let size = 4 * $0.field.elementBytes
        $0.bytes.replaceSubrange(place.prefix(size), with: $0.bytes[row.prefix(size)])
      },
    ]
      + (0..<2).flatMap { fold in
        let reason = VerificationError.foldOpening(fold: fold, mismatch)
        return [
          Forgery("the first value of fold \(fold + 1)", subject, reason) {
            $0.flip(ProofPart.foldValues, piece: fold)
          },
          Forgery("the last value of fold \(fold + 1)", subject, reason) {
            $0.flipLast(ProofPart.foldValues, piece: fold)
          },
          Forgery("two values of fold \(fold + 1) swapped", subject, reason) {
            $0.swap(ProofPart.foldValues, piece: fold, size: $0.valueBytes)
          },
          Forgery("the first sibling of fold \(fold + 1)", subject, reason) {
            $0.flip(ProofPart.foldPaths, piece: fold)
          },
          Forgery("the last sibling of fold \(fold + 1)", subject, reason) {
            $0.flipLastByte(ProofPart.foldPaths, piece: fold)
          },
          Forgery("two siblings of fold \(fold + 1) swapped", subject, reason) {
            $0.swap(ProofPart.foldPaths, piece: fold, size: 32)
          },
        ]
      }
  }

  /// Every part that holds elements, its first word and a later one.
  private static func nonCanonical(_ subject: ForgerySubject) -> [Forgery] {
    [
      (ProofPart.openings, 0), (ProofPart.final, 0), (ProofPart.traceRows, 0), (ProofPart.quotientRows, 0),
      (ProofPart.foldValues, 0), (ProofPart.foldValues, 1),
    ].flatMap { part, piece in
      [0, 7].map { word in
        Forgery("word \(word) of \(part), piece \(piece), plus the modulus", subject, .nonCanonicalElement(part: part))
        {
          $0.addModulus(part, piece: piece, word: word)
        }
      }
    }
  }

  static let all = ForgerySubject.all.flatMap { head($0) + absorbed($0) + opened($0) + nonCanonical($0) }

  /// Two folds; over BabyBear with work before gamma, both betas and the queries.
  static let walk = Walk(rows: 4096)
}
