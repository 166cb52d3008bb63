// Coset low-degree extension: from a polynomial's values on a subgroup to its values on `blowup` cosets of it.

public import ApusField

extension NTT {
  /// Extends each column from the trace domain to `blowup` cosets of it.
  ///
  /// Column `c` of `trace` holds a polynomial's values on the subgroup `H` of `rows` elements, in natural order. Coset
  /// `k` of the result holds its values on `shift · w^k · H`, each in natural order, where `w` generates the group of
  /// `blowup · rows` elements.
  ///
  /// - Complexity: `O(blowup · rows · log rows)` per column; reads `trace` once, writes each output once. Needs
  ///   one column for each thread while it runs.
  /// - Precondition: `trace.rows == rows`.
  /// - Throws: ``NTTError/blowupNotPowerOfTwo(_:)``, ``NTTError/domainTooLarge(rows:blowup:twoAdicity:)``,
  ///   ``NTTError/zeroShift``.
  public func lowDegreeExtension(
    of trace: borrowing Columns<Element>, blowup: Int, shift: Element, on engine: Engine
  ) throws(NTTError) -> CosetColumns<Element> {
    requireRows(trace)
    let plan = plan(on: engine)
    let shifts = try cosetShifts(blowup: blowup, shift: shift)
    let cosets = plan.cosets(shifts, on: engine)
    let result = CosetColumns<Element>(uninitialized: rows, count: trace.count, cosets: blowup, on: engine)
    if trace.count >= engine.threads {
      extendColumnByColumn(trace, plan, cosets, into: result, on: engine)
    } else {
      let coefficients = Columns<Element>(uninitialized: rows, count: trace.count, on: engine)
      interpolate(trace, plan, into: coefficients, on: engine)
      evaluate(coefficients, plan, cosets, into: result, on: engine)
    }
    return result
  }

  /// The values on `blowup` cosets of polynomials that are given by their coefficients in bit-reversed order, as
  /// ``bitReversedCoefficients(of:shift:on:)`` leaves them.
  package func lowDegreeExtension(
    ofBitReversedCoefficients coefficients: borrowing Columns<Element>, blowup: Int, shift: Element, on engine: Engine
  ) throws(NTTError) -> CosetColumns<Element> {
    requireRows(coefficients)
    let plan = plan(on: engine)
    let shifts = try cosetShifts(blowup: blowup, shift: shift)
    let cosets = plan.cosets(shifts, on: engine)
    let result = CosetColumns<Element>(uninitialized: rows, count: coefficients.count, cosets: blowup, on: engine)
    evaluate(coefficients, plan, cosets, into: result, on: engine)
    return result
  }

  /// `shift · w^k` for each coset `k`.
  private func cosetShifts(blowup: Int, shift: Element) throws(NTTError) -> [Element] {
    guard blowup > 0, blowup & (blowup - 1) == 0 else { throw .blowupNotPowerOfTwo(blowup) }
    let log = logRows + blowup.trailingZeroBitCount
    guard log <= Element.twoAdicity else {
      throw .domainTooLarge(rows: rows, blowup: blowup, twoAdicity: Element.twoAdicity)
    }
    guard shift != .zero else { throw .zeroShift }
    let w = Element.rootOfUnity(log: log)
    var shifts = [shift]
    for _ in 1..<max(blowup, 1) { shifts.append(shifts[shifts.count - 1] * w) }
    return shifts
  }

  /// A thread takes a column through all its cosets, so the coefficients never leave the thread's cache.
  private func extendColumnByColumn(
    _ trace: borrowing Columns<Element>, _ plan: TransformPlan<Element>, _ cosets: [TransformCoset],
    into result: borrowing CosetColumns<Element>, on engine: Engine
  ) {
    let scratch = Columns<Element>(uninitialized: rows, count: engine.threads, on: engine)
    engine.forEachRange(trace.count, cells: (1 + cosets.count) * rows) { range, worker in
      let coefficients = scratch.pointer(worker)
      for column in range {
        plan.inverse(nil, coefficients, trace.pointer(column), .whole)
        for (coset, factors) in cosets.enumerated() {
          plan.forward(factors, result.pointer(column, coset: coset), coefficients, .whole)
        }
      }
    }
  }

  private func interpolate(
    _ trace: borrowing Columns<Element>, _ plan: TransformPlan<Element>,
    into coefficients: borrowing Columns<Element>, on engine: Engine
  ) {
    plan.transform(plan.inverse, columns: trace.count, on: engine) { column in
      (nil, coefficients.pointer(column), UnsafePointer(trace.pointer(column)))
    }
  }

  func evaluate(
    _ coefficients: borrowing Columns<Element>, _ plan: TransformPlan<Element>, _ cosets: [TransformCoset],
    into result: borrowing CosetColumns<Element>, on engine: Engine
  ) {
    plan.transform(plan.forward, columns: result.count * result.cosets, on: engine) { item in
      let (column, coset) = item.quotientAndRemainder(dividingBy: result.cosets)
      return (cosets[coset], result.pointer(column, coset: coset), UnsafePointer(coefficients.pointer(column)))
    }
  }
}
