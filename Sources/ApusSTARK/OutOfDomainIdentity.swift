// The identity that ties constraints to quotient at the out-of-domain point:
// sum over j of alpha^j c_j(z) = (z^n - 1) · sum over i of z^(n i) q_i(z).

package import ApusField

package struct OutOfDomainIdentity<E: ChallengeField> where E.Base: ProvingField {
  package let shape: ProofShape
  package let statement: CapturedStatement<E.Base>

  package init(_ statement: CapturedStatement<E.Base>, shape: ProofShape) {
    self.statement = statement
    self.shape = shape
  }

  /// - Parameter openings: group by group, rotation by rotation, column by column; the quotient's columns last.
  package func holds(openings: [E], alpha: E, z: E) -> Bool {
    composedConstraints(openings: openings, alpha: alpha, z: z)
      == vanishing(z) * quotient(openings: openings, z: z)
  }

  /// The sum over j of `alpha^j c_j(z)`.
  package func composedConstraints(openings: [E], alpha: E, z: E) -> E {
    let values = leafValues(openings: openings, z: z)
    return statement.graph.constraintValues(values).reversed().reduce(.zero) { $0 * alpha + $1 }
  }

  /// The sum over i of `z^(n i) q_i(z)`.
  package func quotient(openings: [E], z: E) -> E {
    let zPower = z.power(shape.rows)
    let first = openings.count - shape.quotientColumns
    return (0..<shape.quotientPieces).reversed().reduce(.zero) { quotient, piece in
      quotient * zPower + assembled(openings[first + E.degree * piece..<first + E.degree * (piece + 1)])
    }
  }

  /// `z^n - 1`: zero on the trace's domain only.
  package func vanishing(_ z: E) -> E { z.power(shape.rows) - .one }

  /// A column of extension elements was committed limb by limb: its value is the sum of X^l times limb l's.
  private func assembled(_ limbs: ArraySlice<E>) -> E {
    limbs.reversed().reduce(.zero) { $0 * E.indeterminate + $1 }
  }

  private func leafValues(openings: [E], z: E) -> (ConstraintNode) -> E {
    var cells = [ConstraintNode: E](minimumCapacity: openings.count)
    var next = 0
    for group in shape.groups {
      for rotation in group.rotations {
        for column in group.columns {
          cells[.column(column, rotation: rotation)] = openings[next]
          next += 1
        }
      }
    }
    let g = E.Base.rootOfUnity(log: shape.logRows)
    let scaled = vanishing(z) * (E.Base(UInt64(shape.rows)).inverse ?? .one)
    // The polynomial that is 1 at g^row and 0 on the other rows. z is outside the base field: no division by zero.
    func selector(_ row: Int) -> E {
      let point = g.power(row)
      return scaled * point * ((z - E(point)).inverse ?? .zero)
    }
    let periodic = periodicValues(z: z)
    return { node in
      switch node {
      case .constant(let value): E(E.Base(value))
      case .column: cells[node] ?? .zero
      case .publicValue(let index): E(statement.publicValues[index])
      case .periodic(let index): periodic[index]
      case .firstRow: selector(0)
      case .lastRow: selector(shape.rows - 1)
      case .publicRow(let index): selector(statement.publicRows[index])
      case .notFirstRow: z - .one
      case .notLastRow: z - E(g.power(shape.rows - 1))
      case .add, .subtract, .multiply: .zero
      }
    }
  }

  /// Each periodic column at z: interpolation over one period at y = z^(n / period), whose Lagrange weights are shared
  /// by columns of one period.
  private func periodicValues(z: E) -> [E] {
    var weights: [Int: [E]] = [:]
    return statement.graph.periodic.map { column in
      let period = column.values.count
      if weights[period] == nil {
        let y = z.power(shape.rows / period)
        let g = E.Base.rootOfUnity(log: period.trailingZeroBitCount)
        var points = [E.Base.one]
        for _ in 1..<period { points.append(points[points.count - 1] * g) }
        let scale = (y.power(period) - .one) * (E.Base(UInt64(period)).inverse ?? .one)
        weights[period] = zip(points, inverses(points.map { y - E($0) })).map { scale * $0 * $1 }
      }
      return zip(weights[period] ?? [], column.values).reduce(.zero) { $0 + $1.0 * E.Base($1.1) }
    }
  }
}

/// The inverses of elements that are not zero, by Montgomery's trick: one inversion and three products for each.
func inverses<E: Field>(_ elements: [E]) -> [E] {
  var before: [E] = []
  var product = E.one
  for element in elements {
    before.append(product)
    product *= element
  }
  var inverse = product.inverse ?? .zero
  var result = [E](repeating: .zero, count: elements.count)
  for i in elements.indices.reversed() {
    result[i] = inverse * before[i]
    inverse *= elements[i]
  }
  return result
}
