// FRI, the prover's side: commit to a codeword's fibres, fold them at a challenge, roll in what has the size that is left,
// until few coefficients are left.

package import ApusField
internal import ApusNTT

package struct FRIProver<E: ChallengeField> where E.Base: ProvingField {
  private let shape: FRIShape
  let engine: Engine
  private var layers: [FRILayer<E>] = []

  package init(shape: FRIShape, on engine: Engine) {
    self.shape = shape
    self.engine = engine
  }

  /// Folds the codeword down and sends the commitments and the final polynomial.
  ///
  /// - Parameters:
  ///   - codeword: the tallest.
  ///   - shorter: the shape's other codewords, each asked for when folding has come to its `2^logRows` coefficients.
  package mutating func commit(
    _ codeword: consuming CosetColumns<E.Base>, through channel: inout ProverChannel,
    shorter: (_ logRows: Int) throws -> CosetColumns<E.Base> = { preconditionFailure("nobody gave 2^\($0) rows") }
  ) throws {
    var current = codeword
    for fold in shape.foldLogs.indices {
      let layer = layer(fold, committing: current)
      channel.send(layer.tree.cap, ProofPart.folds)
      channel.work(SecurityReport.foldTerm(fold))
      let beta: E = channel.transcript.challenge(SecurityReport.foldTerm(fold))
      current = layer.folded(at: beta)
      if let number = shape.rollIn(atFold: fold) {
        let weight = layer.constants(beta: beta).rollInWeight
        rollIn(try shorter(shape.rollIns[number]), times: weight, into: current)
      }
      layers.append(layer)
    }
    channel.send(try finalCoefficients(of: current), ProofPart.final)
  }

  /// Commits to the codeword that the fold of this number takes.
  package func layer(_ fold: Int, committing codeword: consuming CosetColumns<E.Base>) -> FRILayer<E> {
    FRILayer(
      committing: codeword, domain: domain(ofFold: fold), arityLog: shape.foldLogs[fold], hash: shape.hash, on: engine)
  }

  /// The domain of the layer that the fold takes; one fold more than there are gives the last domain.
  private func domain(ofFold fold: Int) -> EvaluationDomain<E.Base> {
    shape.foldLogs.prefix(fold).reduce(EvaluationDomain<E.Base>(shape: shape)) { $0.folded($1) }
  }

  /// The coefficients of the last codeword's polynomial, from its values on the first coset.
  package func finalCoefficients(of codeword: borrowing CosetColumns<E.Base>) throws -> [E] {
    let domain = domain(ofFold: shape.foldLogs.count)
    var values = Columns<E.Base>(uninitialized: domain.rows, count: E.degree, on: engine)
    for limb in 0..<E.degree {
      values.pointer(limb).update(from: codeword.pointer(limb, coset: 0), count: domain.rows)
    }
    try NTT<E.Base>(rows: domain.rows).inverse(&values, on: engine)
    let shiftInverse = domain.shift.inverse ?? .one
    var power = E.Base.one
    var coefficients: [E] = []
    for row in 0..<domain.rows {
      coefficients.append(E { values[row, $0] * power })
      power *= shiftInverse
    }
    return coefficients
  }

  /// Writes, layer by layer, what the queries at these positions of the codeword need.
  package func open(at positions: [Int], through channel: inout ProverChannel) {
    Self.open(layers, at: positions, through: &channel)
  }

  /// - Parameter positions: ascending, distinct, of the first layer.
  package static func open(_ layers: [FRILayer<E>], at positions: [Int], through channel: inout ProverChannel) {
    var positions = positions
    for layer in layers {
      let queries = FoldQueries(positions: positions, rows: layer.domain.rows, arityLog: layer.arityLog)
      layer.open(queries, through: &channel)
      positions = queries.leaves
    }
  }
}
