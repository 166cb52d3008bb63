// One committed layer of FRI: a codeword, and a tree whose leaves are the fibres that the next fold takes together.

package import ApusField
package import ApusMerkle
internal import CApusKernels

package final class FRILayer {
  package let codeword: CosetColumns<BabyBear>
  package let tree: MerkleTree
  let domain: EvaluationDomain
  package let arityLog: Int
  private let engine: Engine

  init(
    committing codeword: consuming CosetColumns<BabyBear>, domain: EvaluationDomain, arityLog: Int, hash: MerkleHash,
    on engine: Engine
  ) {
    tree = Self.tree(over: codeword, arityLog: arityLog, hash: hash, on: engine)
    self.codeword = codeword
    self.domain = domain
    self.arityLog = arityLog
    self.engine = engine
  }

  /// The commitment to a codeword's fibres.
  package static func tree(
    over codeword: borrowing CosetColumns<BabyBear>, arityLog: Int, hash: MerkleHash, on engine: Engine
  ) -> MerkleTree {
    MerkleTree(committing: [fibres(of: codeword, arityLog: arityLog)], hash: hash, on: engine)
  }

  /// Leaf `k * rowsOut + i` holds the elements `i + j * rowsOut` of coset `k`, five words each.
  private static func fibres(of codeword: borrowing CosetColumns<BabyBear>, arityLog: Int) -> MerkleMatrix<BabyBear> {
    let rowsOut = codeword.rows >> arityLog
    var blocks: [[UnsafePointer<BabyBear>]] = []
    for coset in 0..<codeword.cosets {
      var columns: [UnsafePointer<BabyBear>] = []
      for member in 0..<(1 << arityLog) {
        for limb in 0..<5 {
          columns.append(UnsafePointer(codeword.pointer(limb, coset: coset) + member * rowsOut))
        }
      }
      blocks.append(columns)
    }
    return MerkleMatrix(rowsPerBlock: rowsOut, blocks: blocks)
  }

  /// The codeword folded at `beta`: the next layer's, on the folded domain.
  package func folded(at beta: BabyBear5) -> CosetColumns<BabyBear> {
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
      let arityLog = UInt32(arityLog)
      engine.forEachRange(rowsOut, grain: 2048) { range, _ in
        let (inverse, from, to) = places.value
        kernels.quintic_fold(
          to, from, inverse, betas, roots, arityLog, rowsOut, range.lowerBound, range.upperBound)
      }
    }
    withExtendedLifetime(inverses) {}
    return folded
  }

  /// Writes the fibres' values that the verifier lacks, and their paths.
  package func open(_ queries: FoldQueries, through channel: inout ProverChannel) {
    channel.write(values(queries))
    channel.write(tree.opening(at: queries.leaves))
  }

  private func values(_ queries: FoldQueries) -> [BabyBear5] {
    var values: [BabyBear5] = []
    for (leaf, known) in zip(queries.leaves, queries.known) {
      for member in known.indices where !known[member] {
        let position = FoldQueries.position(leaf: leaf, member: member, rows: domain.rows, arityLog: arityLog)
        let (coset, row) = (position / domain.rows, position % domain.rows)
        values.append(BabyBear5(coefficients: (0..<5).map { codeword[coset: coset, row: row, column: $0] }))
      }
    }
    return values
  }
}
