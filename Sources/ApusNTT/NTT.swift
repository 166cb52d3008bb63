// Number-theoretic transforms of columns: between a polynomial's coefficients and its values on a subgroup.
// Kernels, orders and scaling: apus_ntt.h in CApusKernels.

public import ApusField

/// Transforms for one number of rows.
///
/// Twiddle factors are computed once for each size and shared, so making an `NTT` again costs nothing. Columns are
/// spread over the engine's threads; the result does not depend on how.
public struct NTT<Element: TransformField>: Sendable {
  /// A power of two, at most `2^Element.twoAdicity`.
  public var rows: Int { plan.rows }
  let plan: TransformPlan<Element>

  /// - Throws: ``NTTError/sizeNotPowerOfTwo(_:)``, ``NTTError/domainTooLarge(rows:blowup:twoAdicity:)``.
  public init(rows: Int) throws(NTTError) {
    guard rows > 0, rows & (rows - 1) == 0 else { throw .sizeNotPowerOfTwo(rows) }
    let log = rows.trailingZeroBitCount
    guard log <= Element.twoAdicity else {
      throw .domainTooLarge(rows: rows, blowup: 1, twoAdicity: Element.twoAdicity)
    }
    plan = Element.transformPlan(logRows: log)
  }

  /// Replaces each column's coefficients by the polynomial's values on the subgroup of `rows` elements:
  /// row `i` becomes `Σ_j in[j] · g^(i·j)`, where `g` is `Element.rootOfUnity` of that order.
  ///
  /// - Precondition: `columns.rows == rows`.
  public func forward(_ columns: inout Columns<Element>, on engine: Engine) {
    requireRows(columns)
    onEachColumn(columns, engine) { column, set in
      plan.bitReverse(column, set)
      plan.forward(column, column, nil, set)
    }
  }

  /// Replaces each column's values on the subgroup of `rows` elements by the polynomial's coefficients, constant first:
  /// what ``forward(_:on:)`` undoes.
  ///
  /// - Precondition: `columns.rows == rows`.
  public func inverse(_ columns: inout Columns<Element>, on engine: Engine) {
    let scale = factors(ratios: [.one], dividedByRows: true, on: engine)
    requireRows(columns)
    onEachColumn(columns, engine) { column, set in
      plan.inverse(column, column, scale.pointer(0), set)
      plan.bitReverse(column, set)
    }
  }

  /// Replaces each column's values on `shift · H`, in natural order, by the coefficients, in bit-reversed order.
  ///
  /// - Precondition: `values.rows == rows`, `shift` is not zero.
  package func bitReversedCoefficients(of values: inout Columns<Element>, shift: Element, on engine: Engine) {
    requireRows(values)
    guard let ratio = shift.inverse else { preconditionFailure("a coset's shift is not zero") }
    let scale = factors(ratios: [ratio], dividedByRows: true, on: engine)
    onEachColumn(values, engine) { column, set in
      plan.inverse(column, column, scale.pointer(0), set)
    }
  }

  /// One column of factors `ratio^rev(i)` for each ratio, divided by `rows` if asked.
  func factors(ratios: [Element], dividedByRows: Bool, on engine: Engine) -> Columns<Element> {
    let factors = Columns<Element>(uninitialized: rows, count: ratios.count, on: engine)
    let first = dividedByRows ? inverseOfRows : .one
    fillFactors(factors, first: first, ratios: ratios, on: engine)
    return factors
  }

  private var inverseOfRows: Element {
    guard let inverse = Element(2).power(plan.logRows).inverse else { preconditionFailure("2 has an inverse") }
    return inverse
  }

  func requireRows(_ columns: borrowing Columns<Element>) {
    precondition(columns.rows == rows, "a transform of \(rows) rows was given columns of \(columns.rows)")
  }

  func instructionSet(on engine: Engine) -> InstructionSet { engine.instructionSet(for: .ntt, rows: rows) }

  private func fillFactors(
    _ factors: borrowing Columns<Element>, first: Element, ratios: [Element], on engine: Engine
  ) {
    let set = instructionSet(on: engine)
    engine.forEachRange(ratios.count, cells: rows) { range, _ in
      for k in range {
        plan.bitReversedPowers(factors.pointer(k), first, ratios[k], set)
      }
    }
  }

  private func onEachColumn(
    _ columns: borrowing Columns<Element>, _ engine: Engine,
    _ work: @Sendable (_ column: UnsafeMutablePointer<Element>, _ set: InstructionSet) -> Void
  ) {
    let set = instructionSet(on: engine)
    engine.forEachRange(columns.count, cells: rows) { range, _ in
      for c in range { work(columns.pointer(c), set) }
    }
  }
}
