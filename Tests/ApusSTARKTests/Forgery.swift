// Proofs changed after they were made: what is changed, and the reason for which it must be refused.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

/// A proof to be spoiled, and where its parts stand.
struct ForgedProof {
  var bytes: [UInt8]
  let layout: ProofLayout

  /// The bytes of a part; of its pieces, the one of this number.
  func place(_ part: String, piece: Int = 0) -> Range<Int> { layout.spans.filter { $0.part == part }[piece].bytes }

  /// Changes the lowest bit of a byte; of a little-endian word's first byte, this keeps elements below the modulus.
  mutating func flip(_ part: String, piece: Int = 0, byte: Int = 0) {
    bytes[place(part, piece: piece).lowerBound + byte] ^= 1
  }
  mutating func flipLast(_ part: String, piece: Int = 0, back: Int = 4) {
    bytes[place(part, piece: piece).upperBound - back] ^= 1
  }

  /// Adds the modulus to a word: the same element, written in another way.
  mutating func addModulus(_ part: String, piece: Int = 0, word: Int = 0) {
    let start = place(part, piece: piece).lowerBound + 4 * word
    let value = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } + BabyBear.modulus
    for i in 0..<4 { bytes[start + i] = UInt8(truncatingIfNeeded: value >> UInt32(8 * i)) }
  }

  /// Exchanges two neighbours of `size` bytes each, the first at `offset`.
  mutating func swap(_ part: String, piece: Int = 0, size: Int, at offset: Int = 0) {
    let start = place(part, piece: piece).lowerBound + offset
    let first = Array(bytes[start..<start + size])
    bytes.replaceSubrange(start..<start + size, with: bytes[start + size..<start + 2 * size])
    bytes.replaceSubrange(start + size..<start + 2 * size, with: first)
  }
}

struct Forgery: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let reason: VerificationError
  let apply: @Sendable (inout ForgedProof) -> Void

  init(_ name: String, _ reason: VerificationError, _ apply: @escaping @Sendable (inout ForgedProof) -> Void) {
    testDescription = name
    self.reason = reason
    self.apply = apply
  }

  private static let head: [Forgery] = [
    Forgery("another magic", .notAProof) { $0.bytes[0] ^= 1 },
    Forgery("a later version", .unsupportedVersion(found: 2, supported: 1)) { $0.bytes[4] = 2 },
    Forgery("version in the high byte", .unsupportedVersion(found: 257, supported: 1)) { $0.bytes[5] = 1 },
    Forgery("version 0", .unsupportedVersion(found: 0, supported: 1)) { $0.bytes[4] = 0 },
    Forgery("preset 0", .unknownPreset(id: 0)) { $0.bytes[6] = 0 },
    Forgery("a preset beyond the last", .unknownPreset(id: 255)) { $0.bytes[6] = 255 },
    Forgery("a weaker preset's id", .insufficientSecurity(demanded: .proven128, found: .proven100)) {
      $0.bytes[6] = SecurityPreset.proven100.id
    },
    Forgery("hash 0", .unknownHash(id: 0)) { $0.bytes[7] = 0 },
    Forgery("a hash beyond the last", .unknownHash(id: 5)) { $0.bytes[7] = 5 },
    // The transcript names the hash, so that all challenges are others.
    Forgery("another hash's id", .constraintsNotSatisfied) { $0.bytes[7] = MerkleHash.sha256.rawValue },
    Forgery("nothing", .notAProof) { $0.bytes = [] },
    Forgery("a byte too many", .trailingBytes(1)) { $0.bytes.append(0) },
    Forgery("the proof twice", .trailingBytes(proofSize)) { $0.bytes += $0.bytes },
  ]

  private static let batchWork = VerificationError.insufficientWork(at: SecurityReport.batchTerm, bits: batchBits)
  private static let queryWork = VerificationError.insufficientWork(at: SecurityReport.queryTerm, bits: queryBits)
  private static func foldWork(_ fold: Int) -> VerificationError {
    .insufficientWork(at: SecurityReport.foldTerm(fold), bits: foldBits[fold])
  }

  /// Changes before the last challenge: every challenge after them is another, and the next thing that depends on one
  /// does not fit.
  private static let absorbed: [Forgery] = [
    Forgery("the trace's root", .constraintsNotSatisfied) { $0.flip(ProofPart.trace) },
    Forgery("the quotient's root", .constraintsNotSatisfied) { $0.flip(ProofPart.quotient, byte: 31) },
    Forgery("an opening of x at -1", .constraintsNotSatisfied) { $0.flip(ProofPart.openings) },
    Forgery("an opening of x at 0", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 20) },
    Forgery("an opening of x at +1", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 40) },
    Forgery("the last limb of an opening", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 36) },
    // No constraint reads the idle column.
    Forgery("an opening of the idle column", batchWork) { $0.flip(ProofPart.openings, byte: 60) },
    Forgery("an opening of the echo", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 80) },
    Forgery("an opening of the sum at 0", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 100) },
    Forgery("an opening of the sum at +3", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 120) },
    Forgery("the first quotient opening", .constraintsNotSatisfied) { $0.flip(ProofPart.openings, byte: 140) },
    Forgery("the last quotient opening", .constraintsNotSatisfied) { $0.flipLast(ProofPart.openings) },
    Forgery("two openings swapped", .constraintsNotSatisfied) { $0.swap(ProofPart.openings, size: 20) },
    Forgery("two openings of one group swapped", .constraintsNotSatisfied) {
      $0.swap(ProofPart.openings, size: 20, at: 60)
    },
    Forgery("the nonce before gamma", batchWork) { $0.flip(ProofPart.work, piece: 0) },
    Forgery("the root of the first fold", foldWork(0)) { $0.flip(ProofPart.folds, piece: 0) },
    Forgery("the nonce of the first fold", foldWork(0)) { $0.flip(ProofPart.work, piece: 1, byte: 7) },
    Forgery("the root of the second fold", foldWork(1)) { $0.flip(ProofPart.folds, piece: 1) },
    Forgery("the nonce of the second fold", foldWork(1)) { $0.flip(ProofPart.work, piece: 2) },
    Forgery("the first final coefficient", queryWork) { $0.flip(ProofPart.final) },
    Forgery("the last final coefficient", queryWork) { $0.flipLast(ProofPart.final) },
    Forgery("two final coefficients swapped", queryWork) { $0.swap(ProofPart.final, size: 20) },
    Forgery("the nonce before the queries", queryWork) { $0.flip(ProofPart.work, piece: 3) },
  ]

  private static let mismatch = MerkleError.rootMismatch(cap: 0)

  /// Changes to what is opened at the queries: each is bound by its commitment.
  private static let opened: [Forgery] =
    [
      Forgery("the first cell of the trace's rows", .traceOpening(mismatch)) { $0.flip(ProofPart.traceRows) },
      Forgery("a cell of the idle column", .traceOpening(mismatch)) { $0.flip(ProofPart.traceRows, byte: 4) },
      Forgery("the last cell of the trace's rows", .traceOpening(mismatch)) { $0.flipLast(ProofPart.traceRows) },
      Forgery("two rows of the trace swapped", .traceOpening(mismatch)) { $0.swap(ProofPart.traceRows, size: 16) },
      Forgery("two cells of a row swapped", .traceOpening(mismatch)) { $0.swap(ProofPart.traceRows, size: 4) },
      Forgery("the trace's first sibling", .traceOpening(mismatch)) { $0.flip(ProofPart.tracePaths) },
      Forgery("the trace's last sibling", .traceOpening(mismatch)) { $0.flipLast(ProofPart.tracePaths, back: 1) },
      Forgery("two of the trace's siblings swapped", .traceOpening(mismatch)) {
        $0.swap(ProofPart.tracePaths, size: 32)
      },
      Forgery("the first cell of the quotient's rows", .quotientOpening(mismatch)) { $0.flip(ProofPart.quotientRows) },
      Forgery("the last cell of the quotient's rows", .quotientOpening(mismatch)) {
        $0.flipLast(ProofPart.quotientRows)
      },
      Forgery("two rows of the quotient swapped", .quotientOpening(mismatch)) {
        $0.swap(ProofPart.quotientRows, size: 40)
      },
      Forgery("the quotient's first sibling", .quotientOpening(mismatch)) { $0.flip(ProofPart.quotientPaths) },
      Forgery("the quotient's last sibling", .quotientOpening(mismatch)) {
        $0.flipLast(ProofPart.quotientPaths, back: 1)
      },
      Forgery("two of the quotient's siblings swapped", .quotientOpening(mismatch)) {
        $0.swap(ProofPart.quotientPaths, size: 32)
      },
      Forgery("a row moved from the trace to the quotient", .quotientOpening(mismatch)) {
        let (row, place) = ($0.place(ProofPart.traceRows), $0.place(ProofPart.quotientRows))
        $0.bytes.replaceSubrange(place.prefix(16), with: $0.bytes[row.prefix(16)])
      },
    ]
    + (0..<2).flatMap { fold in
      let reason = VerificationError.foldOpening(fold: fold, mismatch)
      return [
        Forgery("the first value of fold \(fold + 1)", reason) { $0.flip(ProofPart.foldValues, piece: fold) },
        Forgery("the last value of fold \(fold + 1)", reason) { $0.flipLast(ProofPart.foldValues, piece: fold) },
        Forgery("two values of fold \(fold + 1) swapped", reason) {
          $0.swap(ProofPart.foldValues, piece: fold, size: 20)
        },
        Forgery("the first sibling of fold \(fold + 1)", reason) { $0.flip(ProofPart.foldPaths, piece: fold) },
        Forgery("the last sibling of fold \(fold + 1)", reason) {
          $0.flipLast(ProofPart.foldPaths, piece: fold, back: 1)
        },
        Forgery("two siblings of fold \(fold + 1) swapped", reason) {
          $0.swap(ProofPart.foldPaths, piece: fold, size: 32)
        },
      ]
    }

  /// Every part that holds elements, its first word and a later one.
  private static let nonCanonical: [Forgery] = [
    (ProofPart.openings, 0), (ProofPart.final, 0), (ProofPart.traceRows, 0), (ProofPart.quotientRows, 0),
    (ProofPart.foldValues, 0), (ProofPart.foldValues, 1),
  ].flatMap { part, piece in
    [0, 7].map { word in
      Forgery("word \(word) of \(part), piece \(piece), plus the modulus", .nonCanonicalElement(part: part)) {
        $0.addModulus(part, piece: piece, word: word)
      }
    }
  }

  static let all = head + absorbed + opened + nonCanonical

  // MARK: The proof they are applied to

  /// Two folds; work before gamma, both betas and the queries.
  static let walk = Walk(rows: 4096)
  static let honest = Result { try proof(of: walk) }
  /// The same statement with other cells in the idle column.
  static let otherWitness = Result {
    var other = walk
    other.idleSeed = 2
    return try proof(of: other)
  }

  private static func proof(of walk: Walk) throws -> ForgedProof {
    let proof = try Prover(.proven128).prove(walk, trace: walk.trace)
    return ForgedProof(bytes: proof.bytes, layout: try Verifier().verify(proof, of: walk).layout)
  }

  private static var proofSize: Int { (try? honest.get().bytes.count) ?? 0 }
  private static var security: SecurityReport? { try? Prover(.proven128).shape(of: walk).security }
  static var queryBits: Int { security?.grinding(SecurityReport.queryTerm) ?? 0 }
  private static var batchBits: Int { security?.grinding(SecurityReport.batchTerm) ?? 0 }
  private static var foldBits: [Int] { (0..<2).map { security?.grinding(SecurityReport.foldTerm($0)) ?? 0 } }
}
