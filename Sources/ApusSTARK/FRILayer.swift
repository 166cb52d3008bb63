// One committed layer of FRI: a codeword, and a tree whose leaves are the fibres that the next fold takes together.

package import ApusField
package import ApusMerkle
internal import CApusKernels

package final class FRILayer<E: ChallengeField> where E.Base: ProvingField {
  package let codeword: CosetColumns<E.Base>
  package let tree: MerkleTree
  let domain: EvaluationDomain<E.Base>
  package let arityLog: Int
  private let engine: Engine

  init(
    committing codeword: consuming CosetColumns<E.Base>, domain: EvaluationDomain<E.Base>, arityLog: Int,
    hash: MerkleHash,
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
    over codeword: borrowing CosetColumns<E.Base>, arityLog: Int, hash: MerkleHash, on engine: Engine
  ) -> MerkleTree {
    MerkleTree(committing: [fibres(of: codeword, arityLog: arityLog)], hash: hash, on: engine)
  }

  /// Leaf `k * rowsOut + i` holds the elements `i + j * rowsOut` of coset `k`, limb by limb.
  private static func fibres(of codeword: borrowing CosetColumns<E.Base>, arityLog: Int) -> MerkleMatrix<E.Base> {
    let rowsOut = codeword.rows >> arityLog
    var blocks: [[UnsafePointer<E.Base>]] = []
    for coset in 0..<codeword.cosets {
      var columns: [UnsafePointer<E.Base>] = []
      for member in 0..<(1 << arityLog) {
        for limb in 0..<E.degree {
          columns.append(UnsafePointer(codeword.pointer(limb, coset: coset) + member * rowsOut))
        }
      }
      blocks.append(columns)
    }
    return MerkleMatrix(rowsPerBlock: rowsOut, blocks: blocks)
  }

  package func constants(beta: E) -> FoldConstants<E> {
    FoldConstants(beta: beta, arityLog: arityLog)
  }

  /// The codeword folded at `beta`: the next layer's, on the folded domain.
  package func folded(at beta: E) -> CosetColumns<E.Base> {
    let rowsOut = domain.rows >> arityLog
    let fold = engine.kernels(over: E.self, rows: domain.rows).fold
    let folded = CosetColumns<E.Base>(uninitialized: rowsOut, count: E.degree, cosets: domain.cosets, on: engine)
    let roots = constants(beta: beta).roots.flatMap { $0 }
    // A point's inverse meets nothing but the challenge: on s·H the fold at beta is that on H at beta / s.
    let inverses = Columns<E.Base>(uninitialized: rowsOut, count: 1, on: engine)
    fillPowers(
      inverses.pointer(0), first: .one, ratio: domain.generator.inverse ?? .one, count: rowsOut, on: engine)
    for coset in 0..<domain.cosets {
      let betas = limbs(constants(beta: beta * (domain.start(ofCoset: coset).inverse ?? .one)).betas)
      let places = Shared(
        (
          inverse: UnsafePointer(inverses.pointer(0)),
          from: codeword.pointers(coset: coset).map { UnsafePointer<E.Base>?($0) },
          to: folded.pointers(coset: coset)
        ))
      let arityLog = arityLog
      // Half a block, since a row of the result takes several of the source.
      let grain = engine.tuning.blockRows / 2
      engine.forEachRange(rowsOut, grain: grain, cells: E.degree << arityLog) { range, _ in
        let (inverse, from, to) = places.value
        fold(to.map { $0 }, from, inverse, betas, roots, arityLog, rowsOut, range)
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

  private func values(_ queries: FoldQueries) -> [E] {
    var values: [E] = []
    for (leaf, known) in zip(queries.leaves, queries.known) {
      for member in known.indices where known[member] == nil {
        let position = FoldQueries.position(leaf: leaf, member: member, rows: domain.rows, arityLog: arityLog)
        let (coset, row) = (position / domain.rows, position % domain.rows)
        values.append(E { codeword[coset: coset, row: row, column: $0] })
      }
    }
    return values
  }
}
