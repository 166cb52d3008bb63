// A prover made of the product's own stages, in which any step can be replaced. With nothing replaced it is the
// product's prover, byte for byte (a test says so): what a cheating proof is refused for is the replaced step alone.

import ApusField
import ApusMerkle
import ApusSTARK

struct Cheater<S: Provable, Challenge: ChallengeField> where Challenge.Base == S.Element {
  typealias Values = CosetColumns<S.Element>
  typealias Committed = CommittedColumns<S.Element>

  let statement: S
  let stages: ProverStages<Challenge>

  /// - Parameter field: the one that the preset takes.
  init(_ statement: S, preset: SecurityPreset, over field: Challenge.Type, on engine: Engine = .default) throws {
    self.statement = statement
    stages = try ProverStages(statement, preset: preset, hash: .blake3, on: engine)
  }

  // MARK: What can be replaced; by default nothing is.

  /// The trace that is extended.
  var changeTrace: (inout Columns<S.Element>) -> Void = { _ in }
  /// The extended trace before it is committed, in place.
  var changeExtended: (borrowing Values) -> Void = { _ in }
  /// What is committed and opened instead of the extended trace, which is used for everything else.
  var commitInstead: ((borrowing Values) -> Committed)?
  /// The extended quotient before it is committed, in place; told z as it would be if no quotient were committed.
  var changeQuotient:
    (_ quotient: borrowing Values, _ trace: borrowing Values, _ alpha: Challenge, _ earlyZ: Challenge)
      -> Void = { _, _, _, _ in }
  /// The openings that are sent.
  var changeOpenings: (inout [Challenge], _ alpha: Challenge, _ z: Challenge) -> Void = { _, _, _ in }
  /// Whether the DEEP quotient is computed from the openings that are sent, or from the true ones.
  var combinesSentOpenings = true
  /// What is sent, but left out of the cheater's transcript.
  var skips: Absorption?
  /// The codeword that a fold takes, before it is committed, in place.
  var changeLayer: (_ fold: Int, _ codeword: borrowing Values) -> Void = { _, _ in }
  var changeFinal: (inout [Challenge]) -> Void = { _ in }
  /// Replaces the search for a nonce at the term of that name.
  var nonce: (_ term: String, _ bits: Int, _ before: Transcript) -> UInt64? = { _, _, _ in nil }
  /// The positions that are opened, instead of those that were drawn.
  var changePositions: ([Int]) -> [Int] = { $0 }
  /// How the trace's queries are answered.
  var answerTrace: (Committed, [Int], inout ProverChannel) -> Void = { $0.open(at: $1, through: &$2) }
  /// What the layers' queries are answered from.
  var answerLayers: ([FRILayer<Challenge>]) -> [FRILayer<Challenge>] = { $0 }

  // MARK: The run

  struct Outcome {
    let bytes: [UInt8]
    let positions: [Int]
    let openings: [Challenge]
    let alpha, z: Challenge
  }

  func prove() throws -> Outcome {
    var channel = stages.channel
    channel.transcript = Transcript(start: stages.statement, shape: stages.shape, without: skips)
    var cells = statement.trace(on: stages.engine)
    changeTrace(&cells)
    let extended = try stages.extend(cells)
    changeExtended(extended)
    let trace = stages.commit(extended)
    let committed = commitInstead?(trace.columns) ?? trace
    send(committed.tree.cap, ProofPart.trace, through: &channel)
    let alpha = draw(SecurityReport.constraintTerm, from: &channel)

    let values = try stages.quotient(of: trace.columns, alpha: alpha)
    var early = channel.transcript
    changeQuotient(values, trace.columns, alpha, early.challengeOutsideBase(SecurityReport.pointTerm))
    let quotient = stages.commit(values)
    send(quotient.tree.cap, ProofPart.quotient, through: &channel)
    work(SecurityReport.pointTerm, in: &channel)
    let z: Challenge = channel.transcript.challengeOutsideBase(SecurityReport.pointTerm)

    let truth = stages.openings(trace: trace.columns, quotient: quotient.columns, z: z)
    var sent = truth
    changeOpenings(&sent, alpha, z)
    send(sent, ProofPart.openings, through: &channel)
    let gamma = draw(SecurityReport.batchTerm, from: &channel)
    let combination = DeepCombination<Challenge>(
      shape: stages.shape, openings: combinesSentOpenings ? sent : truth, z: z, gamma: gamma)
    let codeword = try stages.codeword(combination) { coset in
      sums(of: combination, trace: trace.columns, quotient: quotient.columns, coset: coset)
    }

    let layers = try fold(codeword, through: &channel)
    work(SecurityReport.queryTerm, in: &channel)
    let positions = changePositions(channel.transcript.queryPositions(stages.shape.fri))
    answerTrace(committed, positions, &channel)
    quotient.open(at: positions, through: &channel)
    FRIProver<Challenge>.open(answerLayers(layers), at: positions, through: &channel)
    return Outcome(bytes: channel.writer.bytes, positions: positions, openings: sent, alpha: alpha, z: z)
  }

  /// The sums of the columns as they are on each coset, polynomials or not; the product's prover extends them from one.
  private func sums(
    of combination: DeepCombination<Challenge>, trace: borrowing Values, quotient: borrowing Values, coset: Int
  ) -> Values {
    let rows = stages.shape.rows
    let result = Values(
      uninitialized: rows, count: Challenge.degree * combination.groups.count, cosets: 1, on: stages.engine)
    for (number, group) in combination.groups.enumerated() {
      for row in 0..<rows {
        var sum = Challenge.zero
        for (power, column) in zip(combination.powers, group.columns) {
          let value =
            group.isQuotient
            ? quotient[coset: coset, row: row, column: column] : trace[coset: coset, row: row, column: column]
          sum += power * value
        }
        for (limb, value) in sum.coefficients.enumerated() {
          result.pointer(Challenge.degree * number + limb, coset: 0)[row] = value
        }
      }
    }
    return result
  }

  private func fold(
    _ codeword: consuming Values, through channel: inout ProverChannel
  ) throws -> [FRILayer<Challenge>] {
    let fri = FRIProver<Challenge>(shape: stages.shape.fri, on: stages.engine)
    var layers: [FRILayer<Challenge>] = []
    var current = codeword
    for number in stages.shape.foldLogs.indices {
      changeLayer(number, current)
      let layer = fri.layer(number, committing: current)
      send(layer.tree.cap, ProofPart.folds, number: number, through: &channel)
      current = layer.folded(at: draw(SecurityReport.foldTerm(number), from: &channel))
      layers.append(layer)
    }
    var final = try fri.finalCoefficients(of: current)
    changeFinal(&final)
    send(final, ProofPart.final, through: &channel)
    return layers
  }

  private func draw(_ term: String, from channel: inout ProverChannel) -> Challenge {
    work(term, in: &channel)
    return channel.transcript.challenge(term)
  }

  private func work(_ term: String, in channel: inout ProverChannel) {
    let bits = stages.shape.security.grinding(term)
    guard bits > 0 else { return }
    if skips == .nonce(term) {
      var aside = channel.transcript
      channel.write(nonce: aside.grind(term, bits: bits, on: stages.engine))
      channel.transcript.beginWork(term, bits: bits)
    } else if let nonce = nonce(term, bits, channel.transcript) {
      _ = channel.transcript.checkWork(term, bits: bits, nonce: nonce)
      channel.write(nonce: nonce)
    } else {
      channel.work(term)
    }
  }

  private func send(_ cap: [MerkleDigest], _ part: String, number: Int = 0, through channel: inout ProverChannel) {
    if skips == .part(part, number) { channel.write(cap) } else { channel.send(cap, part) }
  }
  private func send(_ values: [Challenge], _ part: String, through channel: inout ProverChannel) {
    if skips == .part(part) { channel.write(values) } else { channel.send(values, part) }
  }
}

extension Cheater where Challenge == S.Element.Challenge {
  init(_ statement: S, preset: SecurityPreset = .proven100, on engine: Engine = .default) throws {
    try self.init(statement, preset: preset, over: S.Element.Challenge.self, on: engine)
  }
}
