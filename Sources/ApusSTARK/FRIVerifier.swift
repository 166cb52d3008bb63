// FRI, the verifier's side: opened fibres belong to their commitments, fold into one another, with what is rolled in, and
// end in the final polynomial.

package import ApusField
internal import ApusMerkle

package struct FRIVerifier<E: ChallengeField> where E.Base: ProvingField {
  private let shape: FRIShape
  private var caps: [[MerkleDigest]] = []
  private var betas: [E] = []
  private var final: [E] = []

  package init(shape: FRIShape) { self.shape = shape }

  package mutating func receiveCommitments(through channel: inout VerifierChannel) throws(VerificationError) {
    for fold in shape.foldLogs.indices {
      caps.append(try channel.receiveCap(ProofPart.folds))
      try channel.checkWork(SecurityReport.foldTerm(fold))
      betas.append(channel.transcript.challenge(SecurityReport.foldTerm(fold)))
    }
    final = try channel.receive(shape.finalCount, ProofPart.final)
  }

  /// - Parameters:
  ///   - values: of the tallest codeword, at the queried positions.
  ///   - positions: ascending, distinct.
  ///   - shorter: values of the shape's other codewords, from the tallest of them on, each where the positions fold to.
  package func check(
    _ values: [E], at positions: [Int], shorter: [[E]] = [], through channel: inout VerifierChannel
  ) throws(VerificationError) {
    precondition(shorter.count == shape.rollIns.count, "values of every codeword")
    var domain = EvaluationDomain<E.Base>(shape: shape)
    var positions = positions
    var values = values
    for (fold, arityLog) in shape.foldLogs.enumerated() {
      let queries = FoldQueries(positions: positions, rows: domain.rows, arityLog: arityLog)
      let fibres = try assemble(queries, values, through: &channel)
      try checkPaths(fold, queries, fibres, domain: domain, through: &channel)
      let constants = FoldConstants(beta: betas[fold], arityLog: arityLog)
      let points = queries.leaves.map {
        domain.point(at: FoldQueries.position(leaf: $0, member: 0, rows: domain.rows, arityLog: arityLog))
      }
      values = zip(fibres, inverses(points)).map { constants.fold($0, inverseX: $1) }
      if let number = shape.rollIn(atFold: fold) {
        values = zip(values, shorter[number]).map { $0 + constants.rollInWeight * $1 }
      }
      positions = queries.leaves
      domain = domain.folded(arityLog)
    }
    for (position, value) in zip(positions, values) {
      let x = domain.point(at: position)
      let expected = final.reversed().reduce(E.zero) { $0 * x + $1 }
      guard value == expected else { throw .finalPolynomial(index: position) }
    }
  }

  /// Each opened fibre: members that are known from the layer before, the others from the proof.
  private func assemble(
    _ queries: FoldQueries, _ values: [E], through channel: inout VerifierChannel
  ) throws(VerificationError) -> [[E]] {
    var fibres: [[E]] = []
    for known in queries.known {
      let received: [E] = try channel.elements(known.count { $0 == nil }, ProofPart.foldValues)
      var rest = received.makeIterator()
      fibres.append(known.map { $0.map { values[$0] } ?? rest.next() ?? .zero })
    }
    return fibres
  }

  private func checkPaths(
    _ fold: Int, _ queries: FoldQueries, _ fibres: [[E]], domain: EvaluationDomain<E.Base>,
    through channel: inout VerifierChannel
  ) throws(VerificationError) {
    let logHeight = domain.logSize - shape.foldLogs[fold]
    let siblings = try channel.digests(
      MerkleVerifier.siblingCount(logHeight: logHeight, capHeight: 0, indices: queries.leaves), ProofPart.foldPaths)
    let merkle = MerkleShape(matrices: [.init(height: 1 << logHeight, width: E.degree * queries.arity)])
    do {
      try MerkleVerifier.verify(
        rows: fibres.map { limbs($0) }, at: queries.leaves, siblings: siblings, cap: caps[fold],
        shape: merkle, hash: shape.hash)
    } catch { throw .foldOpening(fold: fold, error) }
  }
}
