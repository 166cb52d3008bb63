// FRI over words of several heights that no statement stands behind: a prover in which steps can be replaced, and the
// verifier of what it sends. Words are committed one by one and opened at the queries; all else is the product's.

import ApusField
import ApusMerkle
import ApusSTARK
import ApusTestSupport

struct WordBatch<E: ProvenExtension> {
  typealias Word = CosetColumns<E.Base>

  let shape: FRIShape
  /// Of each word, the tallest first: coefficients, the constant first.
  let polynomials: [[E]]
  let engine: Engine

  static var preset: SecurityPreset {
    SecurityPreset(
      id: 99, name: "words", queries: .fixed(20), logBlowup: 2, maximumArityLog: 2, finalLog: 3, work: .atMost(0))
  }

  /// - Parameter logHeights: of the words, the tallest first.
  init(_ logHeights: [Int], preset: SecurityPreset = preset, seed: UInt64 = 1, on engine: Engine = .default) throws {
    let input = SoundnessInput(
      extensionBits: Double(E.degree) * log2(Double(E.Base.order)), order: E.Base.order, logRows: logHeights[0],
      constraintCount: 1, degree: 1, quotientPieces: 1, openedValues: 1, openedPoints: 1,
      rollIns: logHeights.dropFirst().map { .init(logRows: $0, openedValues: 1) })
    shape = FRIShape(try SecurityReport(preset: preset, input: input, hash: .blake3))
    var generator = SeededGenerator(seed: seed)
    polynomials = logHeights.map { log in (0..<1 << log).map { _ in E.random(using: &generator) } }
    self.engine = engine
    absorbed = shape
  }

  // MARK: What can be replaced; by default nothing is.

  /// A word before it is committed, in place.
  var changeWord: (_ number: Int, _ word: borrowing Word) -> Void = { _, _ in }
  /// What is committed, and opened, in place of a word that is folded or rolled in.
  var commitInstead: (_ number: Int, _ word: CommittedColumns<E.Base>) -> CommittedColumns<E.Base> = { $1 }
  /// What stands in the transcript.
  var absorbed: FRIShape
  /// What is done to a fold instead of rolling in the word of its size.
  var rollIn: ((_ fold: Int, _ beta: E, _ codeword: borrowing Word) -> Void)?
  /// Told the last codeword and the coefficients that are sent.
  var afterFolding: (_ codeword: borrowing Word, _ final: [E]) -> Void = { _, _ in }
  /// Where a word is opened.
  var openingPositions: (_ number: Int, _ positions: [Int]) -> [Int] = { $1 }

  // MARK: The prover

  struct Outcome {
    let bytes: [UInt8]
    let positions: [Int]
  }

  var logHeights: [Int] { [shape.logRows] + shape.rollIns }
  static var part: String { "words" }

  func prove() throws -> Outcome {
    let words = logHeights.indices.map { number in
      let word = word(polynomials[number], logRows: logHeights[number])
      changeWord(number, word)
      return CommittedColumns(word, hash: shape.hash, on: engine)
    }
    return try prove(words)
  }

  private func prove(_ words: [CommittedColumns<E.Base>]) throws -> Outcome {
    var channel = ProverChannel(start(absorbed), security: shape.security, on: engine)
    let committed = words.enumerated().map { commitInstead($0, $1) }
    for word in committed { channel.send(word.cap, Self.part) }

    let fri = FRIProver<E>(shape: shape, on: engine)
    var layers: [FRILayer<E>] = []
    var current = duplicate(words[0].columns)
    for fold in shape.foldLogs.indices {
      let layer = fri.layer(fold, committing: current)
      channel.send(layer.tree.cap, ProofPart.folds)
      channel.work(SecurityReport.foldTerm(fold))
      let beta: E = channel.transcript.challenge(SecurityReport.foldTerm(fold))
      current = layer.folded(at: beta)
      if let rollIn {
        rollIn(fold, beta, current)
      } else if let number = shape.rollIn(atFold: fold) {
        fri.rollIn(words[number + 1].columns, times: layer.constants(beta: beta).rollInWeight, into: current)
      }
      layers.append(layer)
    }
    let final = try fri.finalCoefficients(of: current)
    afterFolding(current, final)
    channel.send(final, ProofPart.final)
    channel.work(SecurityReport.queryTerm)
    let positions = open(committed, through: &channel)
    FRIProver<E>.open(layers, at: positions, through: &channel)
    return Outcome(bytes: channel.writer.bytes, positions: positions)
  }

  /// The product's prover on the same words.
  func proveHonestly() throws -> [UInt8] {
    let words = zip(polynomials, logHeights).map { polynomial, logRows in
      CommittedColumns(word(polynomial, logRows: logRows), hash: shape.hash, on: engine)
    }
    var channel = ProverChannel(start(shape), security: shape.security, on: engine)
    for word in words { channel.send(word.cap, Self.part) }
    var fri = FRIProver<E>(shape: shape, on: engine)
    try fri.commit(duplicate(words[0].columns), through: &channel) { logRows in
      duplicate(words[logHeights.firstIndex(of: logRows)!].columns)
    }
    channel.work(SecurityReport.queryTerm)
    let positions = open(words, through: &channel)
    fri.open(at: positions, through: &channel)
    return channel.writer.bytes
  }

  private func open(_ words: [CommittedColumns<E.Base>], through channel: inout ProverChannel) -> [Int] {
    let positions = channel.transcript.queryPositions(shape)
    for (number, word) in words.enumerated() {
      let folded = shape.positions(positions, foldedTo: logHeights[number])
      word.open(at: openingPositions(number, folded), through: &channel)
    }
    return positions
  }

  // MARK: The verifier

  func verify(_ bytes: [UInt8]) throws(VerificationError) {
    var channel = VerifierChannel(bytes, start(shape), security: shape.security)
    let caps = try logHeights.map { _ throws(VerificationError) in try channel.receiveCap(Self.part) }
    var fri = FRIVerifier<E>(shape: shape)
    try fri.receiveCommitments(through: &channel)
    try channel.checkWork(SecurityReport.queryTerm)
    let positions = channel.transcript.queryPositions(shape)
    var values: [[E]] = []
    for (cap, logRows) in zip(caps, logHeights) {
      let indices = shape.positions(positions, foldedTo: logRows)
      values.append(try channel.elements(indices.count, Self.part))
      let logHeight = logRows + shape.logBlowup
      let siblings = try channel.digests(
        MerkleVerifier.siblingCount(logHeight: logHeight, capHeight: 0, indices: indices), Self.part)
      do {
        try MerkleVerifier.verify(
          rows: values[values.count - 1].map(\.coefficients), at: indices, siblings: siblings, cap: cap,
          shape: MerkleShape(matrices: [.init(height: 1 << logHeight, width: E.degree)]), hash: shape.hash)
      } catch { throw .traceOpening(error) }
    }
    try fri.check(values[0], at: positions, shorter: Array(values.dropFirst()), through: &channel)
    try channel.finish()
  }

  /// What both sides know.
  private func start(_ shape: FRIShape) -> Transcript {
    var transcript = Transcript(protocolName: "words of several heights")
    transcript.absorb([shape.logRows, shape.logBlowup, shape.queries], "sizes")
    transcript.absorb(shape)
    return transcript
  }

  // MARK: Words

  /// The points of a word of `2^logRows` coefficients: of every height's, those of a trace's extension.
  func domain(logRows: Int) -> EvaluationDomain<E.Base> {
    EvaluationDomain(logRows: logRows, logCosets: shape.logBlowup)
  }

  func word(_ polynomial: [E], logRows: Int) -> Word {
    let domain = domain(logRows: logRows)
    return word(logRows: logRows) { NaivePolynomial(coefficients: polynomial).value(at: E(domain.point(at: $0))) }
  }

  func word(logRows: Int, _ value: (_ position: Int) -> E) -> Word {
    let word = Word(uninitialized: 1 << logRows, count: E.degree, cosets: 1 << shape.logBlowup, on: engine)
    for position in 0..<word.rows * word.cosets { set(value(position), at: position, of: word) }
    return word
  }

  func set(_ value: E, at position: Int, of word: borrowing Word) {
    for (limb, coefficient) in value.coefficients.enumerated() {
      word.pointer(limb, coset: position / word.rows)[position % word.rows] = coefficient
    }
  }

  func value(of word: borrowing Word, at position: Int) -> E {
    E { word[coset: position / word.rows, row: position % word.rows, column: $0] }
  }

  func duplicate(_ word: borrowing Word) -> Word {
    copy(word, cosets: Array(0..<word.cosets), columns: Array(0..<word.count), on: engine)
  }
}
