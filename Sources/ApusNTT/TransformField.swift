// The fields that transforms exist for, and the plan that each of them makes for a size.

public import ApusField
internal import Synchronization

/// A field whose columns can be transformed: ``BabyBear``.
///
/// Types outside this module cannot conform: a plan is made of this module's kernels.
public protocol TransformField: TwoAdicField {
  /// The plan for `2^logRows` rows, `logRows` at most `twoAdicity`; the same one at every call.
  static func transformPlan(logRows: Int) -> TransformPlan<Self>
}

/// One size's twiddle factors and the kernels that use them; each field's plan overrides the four operations.
///
/// Rows of one column lie one after the other. Order and scaling are those of `apus_ntt.h`.
public class TransformPlan<Element: Field>: @unchecked Sendable {
  package let logRows: Int
  package var rows: Int { 1 << logRows }

  init(logRows: Int) { self.logRows = logRows }

  /// Values in natural order to coefficients in bit-reversed order, times `rows`, times `scale`.
  func inverse(
    _ out: UnsafeMutablePointer<Element>, _ values: UnsafePointer<Element>, scale: UnsafePointer<Element>?,
    _ isa: InstructionSet
  ) { preconditionFailure("each field's plan has its own kernels") }

  /// Coefficients in bit-reversed order, times `scale`, to values in natural order.
  func forward(
    _ out: UnsafeMutablePointer<Element>, _ coefficients: UnsafePointer<Element>, scale: UnsafePointer<Element>?,
    _ isa: InstructionSet
  ) { preconditionFailure("each field's plan has its own kernels") }

  /// Between natural and bit-reversed order, in place.
  func bitReverse(_ words: UnsafeMutablePointer<Element>, _ isa: InstructionSet) {
    preconditionFailure("each field's plan has its own kernels")
  }

  /// `first`, `first · ratio`, `first · ratio^2`, ... in bit-reversed order.
  func bitReversedPowers(
    _ out: UnsafeMutablePointer<Element>, first: Element, ratio: Element, _ isa: InstructionSet
  ) { preconditionFailure("each field's plan has its own kernels") }
}

/// The plans of one field, made at their first use and kept.
final class PlanCache<Element: Field>: Sendable {
  private let plans: Mutex<[Int: TransformPlan<Element>]> = Mutex([:])

  func plan(logRows: Int, make: (Int) -> TransformPlan<Element>) -> TransformPlan<Element> {
    plans.withLock { plans in
      if let known = plans[logRows] { return known }
      let made = make(logRows)
      plans[logRows] = made
      return made
    }
  }
}
