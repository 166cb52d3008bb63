// Number-theoretic transforms of columns: between a polynomial's coefficients and its values on a subgroup.
// Kernels, orders and scaling: apus_ntt.h in CApusKernels.

public import ApusField
internal import CApusKernels

/// How a polynomial's coefficients lie in a column.
public enum CoefficientOrder: Sendable {
  /// Row `i` is the coefficient of `x^i`.
  case natural
  /// Row `i` is the coefficient of `x^rev(i)`, where `rev` reverses the bits of a row's number. Transforms work on this
  /// order: natural order costs them a permutation, which a product of polynomials, say, can do without.
  case bitReversed
}

/// Transforms for one number of rows.
///
/// Twiddle factors are computed once for each size and shared, so making an `NTT` again costs nothing. Columns are
/// spread over the engine's threads, and several threads share one where columns are long and few; the result does not
/// depend on how.
public struct NTT<Element: TransformField>: Sendable {
  /// A power of two, at most `2^Element.twoAdicity`.
  public var rows: Int { 1 << logRows }
  let logRows: Int

  /// - Throws: ``NTTError/sizeNotPowerOfTwo(_:)``, ``NTTError/domainTooLarge(rows:blowup:twoAdicity:)``.
  public init(rows: Int) throws(NTTError) {
    guard rows > 0, rows & (rows - 1) == 0 else { throw .sizeNotPowerOfTwo(rows) }
    let log = rows.trailingZeroBitCount
    guard log <= Element.twoAdicity else {
      throw .domainTooLarge(rows: rows, blowup: 1, twoAdicity: Element.twoAdicity)
    }
    logRows = log
  }

  /// Replaces each column's coefficients by the polynomial's values on the subgroup of `rows` elements:
  /// row `i` becomes `Σ_j c[j] · g^(i·j)`, where `g` is `Element.rootOfUnity` of that order.
  ///
  /// - Precondition: `columns.rows == rows`.
  public func forward(_ columns: inout Columns<Element>, from order: CoefficientOrder = .natural, on engine: Engine) {
    requireRows(columns)
    let plan = plan(on: engine)
    let split = plan.split(columns.count, engine.threads)
    let exchanges = order == .natural ? 1 : 0
    onEachColumn(columns, plan, split, stages: exchanges + split.stepCount, engine) { column, stage, piece in
      if stage < exchanges {
        plan.bitReverse(column, TransformPart(split: split, step: 0, piece: piece))
      } else {
        plan.forward(nil, column, column, TransformPart(split: split, step: stage - exchanges, piece: piece))
      }
    }
  }

  /// Replaces each column's values on the subgroup of `rows` elements by the polynomial's coefficients: what
  /// ``forward(_:from:on:)`` undoes.
  ///
  /// - Precondition: `columns.rows == rows`.
  public func inverse(_ columns: inout Columns<Element>, to order: CoefficientOrder = .natural, on engine: Engine) {
    requireRows(columns)
    let plan = plan(on: engine)
    let split = plan.split(columns.count, engine.threads)
    let exchanges = order == .natural ? 1 : 0
    onEachColumn(columns, plan, split, stages: split.stepCount + exchanges, engine) { column, stage, piece in
      if stage < split.stepCount {
        plan.inverse(nil, column, column, TransformPart(split: split, step: stage, piece: piece))
      } else {
        plan.bitReverse(column, TransformPart(split: split, step: 0, piece: piece))
      }
    }
  }

  /// Replaces each column's values on `shift · H`, in natural order, by the coefficients, in bit-reversed order.
  ///
  /// - Precondition: `values.rows == rows`, `shift` is not zero.
  package func bitReversedCoefficients(of values: inout Columns<Element>, shift: Element, on engine: Engine) {
    requireRows(values)
    let plan = plan(on: engine)
    let coset = plan.coset(shift)
    let split = plan.split(values.count, engine.threads)
    onEachColumn(values, plan, split, stages: split.stepCount, engine) { column, step, piece in
      plan.inverse(coset, column, column, TransformPart(split: split, step: step, piece: piece))
    }
  }

  func plan(on engine: Engine) -> TransformPlan<Element> {
    Element.transformPlan(logRows: logRows, on: engine.instructionSet(for: .ntt, rows: rows))
  }

  func requireRows(_ columns: borrowing Columns<Element>) {
    precondition(columns.rows == rows, "a transform of \(rows) rows was given columns of \(columns.rows)")
  }

  private func onEachColumn(
    _ columns: borrowing Columns<Element>, _ plan: TransformPlan<Element>, _ split: apus_ntt_split, stages: Int,
    _ engine: Engine,
    _ work: @Sendable (_ column: UnsafeMutablePointer<Element>, _ stage: Int, _ piece: Int) -> Void
  ) {
    plan.onEachColumn(columns.count, split, stages: stages, on: engine) { work(columns.pointer($0), $1, $2) }
  }
}
