// Polynomials the slow way, and random columns.

import ApusField
import ApusTestSupport

protocol RandomElement {
  static func random(using random: inout SeededGenerator) -> Self
}

extension BabyBear: RandomElement {
  static func random(using random: inout SeededGenerator) -> BabyBear { BabyBear(random.next()) }
}

func randomColumns<F: Field & RandomElement>(
  _: F.Type, rows: Int, count: Int, seed: UInt64, on engine: Engine
) -> Columns<F> {
  var random = SeededGenerator(seed: seed)
  var columns = Columns<F>(rows: rows, count: count, on: engine)
  for c in 0..<count {
    columns.withMutableColumn(c) { column in
      for i in 0..<rows { column[i] = F.random(using: &random) }
    }
  }
  return columns
}

extension Columns {
  func elements(_ column: Int) -> [Element] {
    withColumn(column) { span in (0..<span.count).map { span[$0] } }
  }
}

/// `1, base, base^2, ...`
func powers<F: Field>(of base: F, count: Int) -> [F] {
  var result: [F] = []
  var power = F.one
  for _ in 0..<count {
    result.append(power)
    power *= base
  }
  return result
}

/// The polynomial's value by Horner's rule.
func evaluate<F: Field>(_ coefficients: [F], at x: F) -> F {
  coefficients.reversed().reduce(.zero) { $0 * x + $1 }
}
