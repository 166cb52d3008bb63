// The identity that ties constraints to quotient at the out-of-domain point:
// sum over j of alpha^j c_j(z) = (z^n - 1) · sum over i of z^(n i) q_i(z).

package import ApusField

package struct OutOfDomainIdentity {
  package let shape: ProofShape
  package let statement: CapturedStatement

  package init(_ statement: CapturedStatement, shape: ProofShape) {
    self.statement = statement
    self.shape = shape
  }

  /// - Parameter openings: group by group, rotation by rotation, column by column; the quotient's columns last.
  package func holds(openings: [BabyBear5], alpha: BabyBear5, z: BabyBear5) -> Bool {
    composedConstraints(openings: openings, alpha: alpha, z: z)
      == vanishing(z) * quotient(openings: openings, z: z)
  }

  /// The sum over j of `alpha^j c_j(z)`.
  package func composedConstraints(openings: [BabyBear5], alpha: BabyBear5, z: BabyBear5) -> BabyBear5 {
    let values = leafValues(openings: openings, z: z)
    return statement.graph.constraintValues(values).reversed().reduce(.zero) { $0 * alpha + $1 }
  }

  /// The sum over i of `z^(n i) q_i(z)`.
  package func quotient(openings: [BabyBear5], z: BabyBear5) -> BabyBear5 {
    let zPower = z.power(shape.rows)
    let first = openings.count - shape.quotientColumns
    return (0..<shape.quotientPieces).reversed().reduce(.zero) { quotient, piece in
      quotient * zPower + assembled(Array(openings[(first + 5 * piece)..<(first + 5 * piece + 5)]))
    }
  }

  /// `z^n - 1`: zero on the trace's domain only.
  package func vanishing(_ z: BabyBear5) -> BabyBear5 { z.power(shape.rows) - .one }

  /// A column of extension elements was committed limb by limb: its value is the sum of X^l times limb l's.
  private func assembled(_ limbs: [BabyBear5]) -> BabyBear5 {
    let x = BabyBear5(.zero, .one, .zero, .zero, .zero)
    return limbs.reversed().reduce(.zero) { $0 * x + $1 }
  }

  private func leafValues(openings: [BabyBear5], z: BabyBear5) -> (ConstraintNode) -> BabyBear5 {
    var cells: [ConstraintNode: BabyBear5] = [:]
    var next = 0
    for group in shape.groups {
      for rotation in group.rotations {
        for column in group.columns {
          cells[.column(column, rotation: rotation)] = openings[next]
          next += 1
        }
      }
    }
    let g = BabyBear.rootOfUnity(log: shape.logRows)
    let scaled = vanishing(z) * (BabyBear(shape.rows).inverse ?? .one)
    // The polynomial that is 1 at g^row and 0 on the other rows. z is outside the base field: no division by zero.
    func selector(_ row: Int) -> BabyBear5 {
      let point = g.power(row)
      return scaled * point * ((z - BabyBear5(point)).inverse ?? .zero)
    }
    let periodic = periodicValues(z: z)
    return { node in
      switch node {
      case .constant(let value): BabyBear5(value)
      case .column: cells[node] ?? .zero
      case .publicValue(let index): BabyBear5(statement.publicValues[index])
      case .periodic(let index): periodic[index]
      case .firstRow: selector(0)
      case .lastRow: selector(shape.rows - 1)
      case .publicRow(let index): selector(statement.publicRows[index])
      case .notFirstRow: z - .one
      case .notLastRow: z - BabyBear5(g.power(shape.rows - 1))
      case .add, .subtract, .multiply: .zero
      }
    }
  }

  /// Each periodic column at z: interpolation over one period at y = z^(n / period), whose Lagrange weights are shared
  /// by columns of one period.
  private func periodicValues(z: BabyBear5) -> [BabyBear5] {
    var weights: [Int: [BabyBear5]] = [:]
    return statement.graph.periodic.map { column in
      let period = column.values.count
      if weights[period] == nil {
        let y = z.power(shape.rows / period)
        let g = BabyBear.rootOfUnity(log: period.trailingZeroBitCount)
        var points = [BabyBear.one]
        for _ in 1..<period { points.append(points[points.count - 1] * g) }
        let scale = (y.power(period) - .one) * (BabyBear(period).inverse ?? .one)
        weights[period] = zip(points, inverses(points.map { y - BabyBear5($0) })).map { scale * $0 * $1 }
      }
      return zip(weights[period] ?? [], column.values).reduce(.zero) { $0 + $1.0 * $1.1 }
    }
  }
}

/// The inverses of elements that are not zero, by Montgomery's trick: one inversion and three products for each.
func inverses(_ elements: [BabyBear5]) -> [BabyBear5] {
  var before: [BabyBear5] = []
  var product = BabyBear5.one
  for element in elements {
    before.append(product)
    product *= element
  }
  var inverse = product.inverse ?? .zero
  var result = [BabyBear5](repeating: .zero, count: elements.count)
  for i in elements.indices.reversed() {
    result[i] = inverse * before[i]
    inverse *= elements[i]
  }
  return result
}
