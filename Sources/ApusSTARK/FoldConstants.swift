// Folding one fibre: from values at x · w^j, w of order 2^arityLog, to a value at x^(2^arityLog).

package import ApusField

/// What a fold needs of its challenge and domain.
package struct FoldConstants<E: ChallengeField> where E.Base: ProvingField {
  /// beta^(2^t).
  package let betas: [E]
  /// For each halving t, the inverses of (g^(2^t rowsOut))^j, one for each pair.
  package let roots: [[E.Base]]

  package init(beta: E, arityLog: Int) {
    var betas: [E] = []
    var power = beta
    for _ in 0..<arityLog {
      betas.append(power)
      power *= power
    }
    self.betas = betas
    // g^rowsOut generates the group of order 2^arityLog.
    roots = (0..<arityLog).map { step in
      let root = E.Base.rootOfUnity(log: arityLog - step).inverse ?? .one
      var column = [E.Base.one]
      for _ in 1..<max(1, 1 << (arityLog - 1 - step)) { column.append(column[column.count - 1] * root) }
      return column
    }
  }

  /// Folds one fibre, whose member j is the value at x · (g^rowsOut)^j.
  package func fold(_ fibre: [E], inverseX: E.Base) -> E {
    var values = fibre
    var inverse = inverseX
    let half = E.Base(UInt64(2)).inverse ?? .one
    for (beta, roots) in zip(betas, roots) {
      for (j, root) in roots.enumerated() {
        let even = values[j] + values[j + roots.count]
        let odd = (values[j] - values[j + roots.count]) * (inverse * root)
        values[j] = (even + odd * beta) * half
      }
      inverse = inverse * inverse
    }
    return values[0]
  }
}
