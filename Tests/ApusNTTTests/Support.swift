// Polynomials the slow way, and columns to and from arrays.

import ApusField
import ApusNTT
import ApusTestSupport

/// A field under test: what the tests need beyond the transforms.
protocol TestField: TransformField {
  init(_ value: UInt64)
}
extension BabyBear: TestField {}
extension Goldilocks: TestField {}

func randomElements<F: TestField>(_: F.Type, count: Int, seed: UInt64) -> [F] {
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in F(random.next()) }
}

func columns<F: Field>(_ arrays: [[F]], on engine: Engine) -> Columns<F> {
  let columns = Columns<F>(rows: arrays.first?.count ?? 0, count: arrays.count, on: engine)
  for (c, array) in arrays.enumerated() { columns.pointer(c).update(from: array, count: columns.rows) }
  return columns
}

extension Columns {
  var arrays: [[Element]] {
    (0..<count).map { Array(UnsafeBufferPointer(start: pointer($0), count: rows)) }
  }
}

extension CosetColumns {
  /// Each column's cosets one after the other.
  var arrays: [[Element]] {
    (0..<count).map { c in
      (0..<cosets).flatMap { UnsafeBufferPointer(start: pointer(c, coset: $0), count: rows) }
    }
  }
}

/// `first, first · ratio, first · ratio^2, ...`
func powers<F: Field>(_ first: F = .one, ratio: F, count: Int) -> [F] {
  var result: [F] = []
  var power = first
  for _ in 0..<count {
    result.append(power)
    power *= ratio
  }
  return result
}

/// The polynomial's value by Horner's rule.
func evaluate<F: Field>(_ coefficients: [F], at x: F) -> F {
  coefficients.reversed().reduce(.zero) { $0 * x + $1 }
}

/// Element `i` at the place whose number is `i` with its bits reversed.
func bitReversed<F>(_ elements: [F]) -> [F] {
  let bits = elements.count.trailingZeroBitCount
  return elements.indices.map { i in
    elements[(0..<bits).reduce(0) { $0 | (i >> $1 & 1) << (bits - 1 - $1) }]
  }
}
