// Polynomials by their definitions, in quadratic time: what transforms, openings and folds are checked against.

import ApusField
import ApusSTARK

struct NaivePolynomial<F: Field> {
  /// Constant first.
  var coefficients: [F]

  func value(at x: F) -> F { coefficients.reversed().reduce(.zero) { $0 * x + $1 } }
}

extension NaivePolynomial<BabyBear> {
  /// The polynomial of degree below `values.count` with these values on the subgroup of that order.
  init(valuesOnSubgroup values: [BabyBear]) {
    let inverse = BabyBear.rootOfUnity(log: values.count.trailingZeroBitCount).inverse!
    let share = BabyBear(values.count).inverse!
    coefficients = values.indices.map { j in
      let ratio = inverse.power(j)
      var (sum, power) = (BabyBear.zero, BabyBear.one)
      for value in values {
        sum += value * power
        power *= ratio
      }
      return sum * share
    }
  }

  func value(at x: BabyBear5) -> BabyBear5 { coefficients.reversed().reduce(.zero) { $0 * x + BabyBear5($1) } }
}

/// The value at `x` of the polynomial of lowest degree through these points.
func interpolated(_ points: [(x: BabyBear, y: BabyBear5)], at x: BabyBear5) -> BabyBear5 {
  points.indices.reduce(.zero) { sum, i in
    points.indices.filter { $0 != i }.reduce(points[i].y) { product, j in
      product * (x - BabyBear5(points[j].x)) * (points[i].x - points[j].x).inverse!
    } + sum
  }
}

extension CosetColumns<BabyBear> {
  /// The extension element whose limbs are the first five columns, at a position.
  func quintic(at position: Int) -> BabyBear5 {
    BabyBear5(coefficients: (0..<5).map { self[coset: position / rows, row: position % rows, column: $0] })
  }
}
