// Rolling in: where folding comes to a shorter codeword's size, a multiple of that codeword is added, position by
// position.
//
// A fold at beta is sum over t < arity of beta^t f_t, of all the words f_t that it takes together. The shorter word g
// continues the sum: + beta^arity g. With a power that the fold has used, say beta^t, words f_t and g that are far from
// the code could cancel each other; with the next one all are on one curve of degree arity, and each must be near.

package import ApusField

extension FoldConstants {
  /// What a codeword that joins after the fold is multiplied with.
  package var rollInWeight: E { betas.last.map { $0 * $0 } ?? .one }
}

extension FRIProver {
  /// Adds `weight` times a word to a codeword of the same size, in place.
  package func rollIn(
    _ word: borrowing CosetColumns<E.Base>, times weight: E, into codeword: borrowing CosetColumns<E.Base>
  ) {
    let rows = codeword.rows
    precondition(
      word.rows == rows && word.cosets == codeword.cosets && word.count == E.degree,
      "\(word.count) columns of \(word.cosets) x \(word.rows) are no codeword of \(codeword.cosets) x \(rows)")
    let combine = engine.kernels(over: E.self, rows: rows).combine
    let add = engine.kernels(E.Base.self, rows: rows).add
    // The word is the sum of its columns times 1, X, X^2, ...
    let basis = (0..<E.degree).map { limb in E { $0 == limb ? .one : .zero } }
    let factors = limbs(basis.map { weight * $0 })
    for coset in 0..<codeword.cosets {
      let places = Shared(
        (word: word.pointers(coset: coset).map { UnsafePointer<E.Base>?($0) }, sum: codeword.pointers(coset: coset)))
      engine.forEachRange(rows, grain: engine.tuning.blockRows, cells: 2 * E.degree) { range, _ in
        let (word, sum) = places.value
        withUnsafeTemporaryAllocation(of: E.Base.self, capacity: E.degree * range.count) { scratch in
          guard let product = scratch.baseAddress else { return }
          combine(
            (0..<E.degree).map { product + $0 * range.count }, word, factors, E.degree, range.lowerBound, range.count)
          for (limb, column) in sum.enumerated() {
            let place = column + range.lowerBound
            add(place, place, product + limb * range.count, range.count)
          }
        }
      }
    }
  }
}
