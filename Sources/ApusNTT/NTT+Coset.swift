// One coset of a low-degree extension at a time, for who has no room for all of them.

package import ApusField

extension NTT {
  /// The values on `shift · H`, in natural order, of `count` polynomials whose values on `H` a caller writes down, one
  /// column after the other, on all threads. The shift is not zero.
  package func coset(
    shift: Element, count: Int, on engine: Engine,
    valuesOf write: @Sendable (_ column: Int, _ to: UnsafeMutablePointer<Element>) -> Void
  ) -> CosetColumns<Element> {
    let plan = plan(on: engine)
    let factors = plan.coset(shift)
    let result = CosetColumns<Element>(uninitialized: rows, count: count, cosets: 1, on: engine)
    let scratch = Columns<Element>(uninitialized: rows, count: engine.threads, on: engine)
    engine.forEachRange(count, cells: 2 * rows) { range, worker in
      let coefficients = scratch.pointer(worker)
      for column in range {
        write(column, coefficients)
        plan.inverse(nil, coefficients, UnsafePointer(coefficients), .whole)
        plan.forward(factors, result.pointer(column, coset: 0), UnsafePointer(coefficients), .whole)
      }
    }
    return result
  }

  /// The same of polynomials that are given by their coefficients in bit-reversed order.
  package func coset(
    shift: Element, ofBitReversedCoefficients coefficients: borrowing Columns<Element>, on engine: Engine
  ) -> CosetColumns<Element> {
    let plan = plan(on: engine)
    let result = CosetColumns<Element>(uninitialized: rows, count: coefficients.count, cosets: 1, on: engine)
    evaluate(coefficients, plan, [plan.coset(shift)], into: result, on: engine)
    return result
  }
}
