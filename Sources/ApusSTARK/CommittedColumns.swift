// Columns of an extension and the tree over their rows: what the prover commits to and later opens.

package import ApusField
package import ApusMerkle

package final class CommittedColumns<Element: ProvingField>: CommittedMatrix {
  package let columns: CosetColumns<Element>
  package let tree: MerkleTree
  private let engine: Engine

  /// Leaf `k * rows + i` of the tree is row `i` of coset `k`.
  package init(_ columns: consuming CosetColumns<Element>, hash: MerkleHash, on engine: Engine) {
    tree = MerkleTree(committing: [MerkleMatrix(columns)], hash: hash, on: engine)
    self.columns = columns
    self.engine = engine
  }

  package var cap: [MerkleDigest] { tree.cap }

  package func withCoset<R: ~Copyable>(_ coset: Int, _ body: (CosetView<Element>) throws -> R) rethrows -> R {
    try columns.withCoset(coset, body)
  }

  package var readingShift: Element { columns.readingShift }
  package func withReadings(of columns: [Int], _ body: (_ first: Int, CosetView<Element>) -> Void) {
    self.columns.withReadings(of: columns, body)
  }

  package func committedQuotient<E: ChallengeField>(
    _ stages: ProverStages<E>, alpha: E
  ) throws -> any CommittedMatrix<Element> where E.Base == Element {
    stages.commit(try stages.quotient(of: columns, alpha: alpha))
  }

  package func open(at positions: [Int], through channel: inout ProverChannel) {
    channel.write(rows(at: positions))
    channel.write(tree.opening(at: positions))
  }

  /// The rows at these positions, one after the other.
  // Copies for single elements' arithmetic, as in `Prover`.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  package func rows(at positions: [Int]) -> [Element] {
    let (rows, count) = (columns.rows, columns.count)
    let cosets = Shared((0..<columns.cosets).map { columns.pointers(coset: $0) })
    return [Element](unsafeUninitializedCapacity: positions.count * count) { result, written in
      let result = Shared(result)
      // Hardly a value is in a cache: on all threads, however few there are.
      engine.forEachRange(positions.count, grain: 8) { range, _ in
        for place in range {
          let columns = cosets.value[positions[place] / rows]
          for column in 0..<count {
            result.value.initializeElement(at: place * count + column, to: columns[column][positions[place] % rows])
          }
        }
      }
      written = positions.count * count
    }
  }
}
