// One coset of a low-degree extension at a time, for who has no room for all of them.

package import ApusField

extension NTT {
  /// Where a polynomial's coefficients lie, in bit-reversed order; `scratch` has room for them. Called on any thread.
  package typealias Polynomial =
    @Sendable (_ column: Int, _ scratch: UnsafeMutablePointer<Element>) -> UnsafePointer<Element>

  /// Replaces a polynomial's values on `H`, in natural order, by its coefficients in bit-reversed order, on the calling
  /// thread.
  package func interpolate(_ column: UnsafeMutablePointer<Element>, on engine: Engine) {
    plan(on: engine).inverse(nil, column, UnsafePointer(column), .whole)
  }

  /// The values on `shift · H`, in natural order, of `count` polynomials. The shift is not zero.
  package func coset(
    shift: Element, count: Int, on engine: Engine, of polynomial: Polynomial
  ) -> CosetColumns<Element> {
    let plan = plan(on: engine)
    let factors = plan.coset(shift)
    let result = CosetColumns<Element>(uninitialized: rows, count: count, cosets: 1, on: engine)
    let scratch = Columns<Element>(uninitialized: rows, count: engine.threads, on: engine)
    engine.forEachRange(count, cells: 2 * rows) { range, worker in
      for column in range {
        plan.forward(factors, result.pointer(column, coset: 0), polynomial(column, scratch.pointer(worker)), .whole)
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

  /// Takes each of `count` polynomials through these cosets, none of whose shifts is zero: `read` gets its values on
  /// each, in natural order, for the time of the call, on any thread.
  package func throughCosets(
    shifts: [Element], count: Int, on engine: Engine, of polynomial: Polynomial,
    _ read: @Sendable (_ column: Int, _ coset: Int, UnsafePointer<Element>) -> Void
  ) {
    let plan = plan(on: engine)
    let cosets = plan.cosets(shifts, on: engine)
    let scratch = Columns<Element>(uninitialized: rows, count: 2 * engine.threads, on: engine)
    engine.forEachRange(count, cells: (1 + cosets.count) * rows) { range, worker in
      let values = scratch.pointer(2 * worker + 1)
      for column in range {
        let coefficients = polynomial(column, scratch.pointer(2 * worker))
        for (coset, factors) in cosets.enumerated() {
          plan.forward(factors, values, coefficients, .whole)
          read(column, coset, UnsafePointer(values))
        }
      }
    }
  }
}
