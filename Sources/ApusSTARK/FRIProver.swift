// FRI, the prover's side: commit to a codeword's fibres, fold them at a challenge, until few coefficients are left.

internal import ApusField
internal import ApusMerkle
internal import ApusNTT
internal import CApusKernels

struct FRIProver {
  /// A committed layer: the codeword, whose fibres are the leaves of the tree.
  private struct Layer: ~Copyable {
    let codeword: CosetColumns<BabyBear>
    let tree: MerkleTree
    let domain: EvaluationDomain
    let arityLog: Int
  }
  /// Boxes a layer, so that layers can be kept in an array.
  private final class KeptLayer {
    let layer: Layer
    init(_ layer: consuming Layer) { self.layer = layer }
  }

  private let shape: ProofShape
  private let engine: Engine
  private var layers: [KeptLayer] = []

  init(shape: ProofShape, on engine: Engine) {
    self.shape = shape
    self.engine = engine
  }

  /// Folds the codeword down and sends the commitments and the final polynomial.
  mutating func commit(_ codeword: consuming CosetColumns<BabyBear>, through channel: inout ProverChannel) throws {
    var domain = EvaluationDomain(shape: shape)
    var current = codeword
    for (fold, arityLog) in shape.foldLogs.enumerated() {
      let tree = MerkleTree(
        committing: [Self.fibres(of: current, arityLog: arityLog)], hash: shape.hash, on: engine)
      channel.send(tree.cap, ProofPart.folds)
      channel.work(SecurityReport.foldTerm(fold))
      let beta = channel.transcript.challenge(SecurityReport.foldTerm(fold))
      let next = self.fold(current, domain: domain, arityLog: arityLog, beta: beta)
      layers.append(KeptLayer(Layer(codeword: current, tree: tree, domain: domain, arityLog: arityLog)))
      domain = domain.folded(arityLog)
      current = next
    }
    channel.send(try finalCoefficients(current, domain: domain), ProofPart.final)
  }

  /// Leaf `k * rowsOut + i` holds the elements `i + j * rowsOut` of coset `k`, five words each.
  private static func fibres(of codeword: borrowing CosetColumns<BabyBear>, arityLog: Int) -> MerkleMatrix {
    let rowsOut = codeword.rows >> arityLog
    var blocks: [[UnsafePointer<UInt32>]] = []
    for coset in 0..<codeword.cosets {
      var columns: [UnsafePointer<UInt32>] = []
      for member in 0..<(1 << arityLog) {
        for limb in 0..<5 {
          columns.append(UnsafePointer((codeword.pointer(limb, coset: coset) + member * rowsOut).words))
        }
      }
      blocks.append(columns)
    }
    return MerkleMatrix(rowsPerBlock: rowsOut, blocks: blocks)
  }

  private func fold(
    _ codeword: borrowing CosetColumns<BabyBear>, domain: EvaluationDomain, arityLog: Int, beta: BabyBear5
  ) -> CosetColumns<BabyBear> {
    let rowsOut = domain.rows >> arityLog
    let kernels = engine.babyBearKernels
    let folded = CosetColumns<BabyBear>(uninitialized: rowsOut, count: 5, cosets: domain.cosets, on: engine)
    let constants = FoldConstants(beta: beta, logRows: domain.logRows, arityLog: arityLog)
    let betas = words(constants.betas)
    let roots = constants.roots.flatMap { $0.map(\.montgomery) }
    let inverses = Columns<BabyBear>(uninitialized: rowsOut, count: 1, on: engine)
    for coset in 0..<domain.cosets {
      let start = domain.start(ofCoset: coset).inverse ?? .one
      fillPowers(
        inverses.pointer(0), first: start, ratio: domain.generator.inverse ?? .one, count: rowsOut, on: engine)
      let places = Shared(
        (
          inverse: UnsafePointer(inverses.pointer(0).words),
          from: (0..<5).map { UnsafePointer<UInt32>?(codeword.pointer($0, coset: coset).words) },
          to: (0..<5).map { Optional(folded.pointer($0, coset: coset).words) }
        ))
      engine.forEachRange(rowsOut, grain: 2048) { range, _ in
        let (inverse, from, to) = places.value
        kernels.quintic_fold(
          to, from, inverse, betas, roots, UInt32(arityLog), rowsOut, range.lowerBound, range.upperBound)
      }
    }
    withExtendedLifetime(inverses) {}
    return folded
  }

  /// The coefficients of the last codeword's polynomial, from its values on the first coset.
  private func finalCoefficients(
    _ codeword: borrowing CosetColumns<BabyBear>, domain: EvaluationDomain
  ) throws -> [BabyBear5] {
    var values = Columns<BabyBear>(uninitialized: domain.rows, count: 5, on: engine)
    for limb in 0..<5 {
      values.pointer(limb).update(from: codeword.pointer(limb, coset: 0), count: domain.rows)
    }
    try NTT<BabyBear>(rows: domain.rows).inverse(&values, on: engine)
    let shiftInverse = domain.shift.inverse ?? .one
    var power = BabyBear.one
    var coefficients: [BabyBear5] = []
    for row in 0..<domain.rows {
      coefficients.append(BabyBear5(coefficients: (0..<5).map { values[row, $0] * power }))
      power *= shiftInverse
    }
    return coefficients
  }

  /// Writes, layer by layer, the fibres' values that the verifier lacks, and their paths.
  func open(at positions: [Int], through channel: inout ProverChannel) {
    var positions = positions
    for kept in layers {
      let (rows, arityLog) = (kept.layer.domain.rows, kept.layer.arityLog)
      let queries = FoldQueries(positions: positions, rows: rows, arityLog: arityLog)
      var values: [BabyBear5] = []
      for (leaf, known) in zip(queries.leaves, queries.known) {
        for member in known.indices where !known[member] {
          let position = FoldQueries.position(leaf: leaf, member: member, rows: rows, arityLog: arityLog)
          let (coset, row) = (position / rows, position % rows)
          values.append(
            BabyBear5(coefficients: (0..<5).map { kept.layer.codeword[coset: coset, row: row, column: $0] }))
        }
      }
      channel.write(values)
      channel.write(kept.layer.tree.opening(at: queries.leaves))
      positions = queries.leaves
    }
  }
}

/// What a fold needs of its challenge and domain.
struct FoldConstants {
  /// beta^(2^t).
  let betas: [BabyBear5]
  /// For each halving t, the inverses of (g^(2^t rowsOut))^j, one for each pair.
  let roots: [[BabyBear]]

  init(beta: BabyBear5, logRows: Int, arityLog: Int) {
    var betas: [BabyBear5] = []
    var power = beta
    for _ in 0..<arityLog {
      betas.append(power)
      power *= power
    }
    self.betas = betas
    // g^rowsOut generates the group of order 2^arityLog.
    roots = (0..<arityLog).map { step in
      let root = BabyBear.rootOfUnity(log: arityLog - step).inverse ?? .one
      var column = [BabyBear.one]
      for _ in 1..<max(1, 1 << (arityLog - 1 - step)) { column.append(column[column.count - 1] * root) }
      return column
    }
  }

  /// Folds one fibre, whose member j is the value at x · (g^rowsOut)^j.
  func fold(_ fibre: [BabyBear5], inverseX: BabyBear) -> BabyBear5 {
    var values = fibre
    var inverse = inverseX
    let half = BabyBear(2).inverse ?? .one
    for (beta, roots) in zip(betas, roots) {
      let pairs = values.count / 2
      values = (0..<pairs).map { j in
        let even = values[j] + values[j + pairs]
        let odd = (values[j] - values[j + pairs]) * (inverse * roots[j])
        return (even + odd * beta) * half
      }
      inverse = inverse * inverse
    }
    return values[0]
  }
}
