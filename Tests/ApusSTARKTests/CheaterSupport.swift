// What cheating provers do to columns and openings.

import ApusField
import ApusSTARK

/// Changes the opening of the quotient's first limb so that the identity holds at z.
func solveForQuotient<E: ChallengeField>(
  _ identity: OutOfDomainIdentity<E>, openings: inout [E], alpha: E, z: E
) where E.Base: ProvingField {
  let wanted = identity.composedConstraints(openings: openings, alpha: alpha, z: z) * identity.vanishing(z).inverse!
  let first = openings.count - identity.shape.quotientColumns
  openings[first] += wanted - identity.quotient(openings: openings, z: z)
}

/// Makes a column one that is no polynomial of degree below the trace's rows, but agrees with the one it was on the
/// first coset, where the prover evaluates and interpolates.
func addHighDegree<F: ProvingField>(to column: Int, of columns: borrowing CosetColumns<F>) {
  for coset in 1..<columns.cosets { add(F.one, to: column, coset: coset, of: columns) }
}

func add<F: ProvingField>(_ value: F, to column: Int, coset: Int, of columns: borrowing CosetColumns<F>) {
  for row in 0..<columns.rows { columns.pointer(column, coset: coset)[row] += value }
}

/// Sets the first columns to the limbs of a constant and the others to zero.
func fill<E: ChallengeField>(_ columns: borrowing CosetColumns<E.Base>, with value: E) {
  for column in 0..<columns.count {
    let limb = column < E.degree ? value.coefficients[column] : .zero
    for coset in 0..<columns.cosets {
      columns.pointer(column, coset: coset).update(repeating: limb, count: columns.rows)
    }
  }
}

/// Coset `k` and column `c` of the result are the given ones; a column beyond the last is zero.
func copy<F: ProvingField>(
  _ columns: borrowing CosetColumns<F>, cosets: [Int], columns order: [Int], on engine: Engine
) -> CosetColumns<F> {
  let result = CosetColumns<F>(uninitialized: columns.rows, count: order.count, cosets: cosets.count, on: engine)
  for (coset, fromCoset) in cosets.enumerated() {
    for (column, from) in order.enumerated() {
      let place = result.pointer(column, coset: coset)
      if from < columns.count {
        place.update(from: columns.pointer(from, coset: fromCoset), count: columns.rows)
      } else {
        place.update(repeating: .zero, count: columns.rows)
      }
    }
  }
  return result
}

/// Lets a closure report.
final class Box<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}
