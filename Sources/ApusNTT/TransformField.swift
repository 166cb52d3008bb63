// The fields that transforms exist for, and what a transform of one size needs of its field.

public import ApusField
internal import Synchronization

/// A field whose columns can be transformed.
public protocol TransformField: TwoAdicField {
  /// The plan for `2^logRows` rows, `logRows` at most `twoAdicity`. Made at the first call, kept for all others.
  static func transformPlan(logRows: Int) -> TransformPlan<Self>
}

/// One size's kernels, holding its twiddle factors. Orders and scaling are those of `apus_ntt.h`; every pointer is to a
/// column's `rows` elements.
public struct TransformPlan<Element: Field>: Sendable {
  package typealias Output = UnsafeMutablePointer<Element>
  package typealias Input = UnsafePointer<Element>
  package typealias Transform = @Sendable (_ out: Output, _ in: Input, _ scale: Input?, _ isa: InstructionSet) -> Void

  package let logRows: Int
  /// Values in natural order to coefficients in bit-reversed order, times `rows`, times `scale`. In place or not.
  package let inverse: Transform
  /// Coefficients in bit-reversed order, times `scale`, to values in natural order. In place or not.
  package let forward: Transform
  /// Between natural and bit-reversed order, in place.
  package let bitReverse: @Sendable (_ column: Output, _ isa: InstructionSet) -> Void
  /// `first · ratio^i` for each `i`, in bit-reversed order.
  package let bitReversedPowers:
    @Sendable (_ out: Output, _ first: Element, _ ratio: Element, _ isa: InstructionSet) -> Void

  package var rows: Int { 1 << logRows }
}

/// One field's plans, each made at its first use and kept for the life of the process.
package final class PlanCache<Element: Field>: Sendable {
  private let plans = Mutex<[Int: TransformPlan<Element>]>([:])
  private let make: @Sendable (_ logRows: Int) -> TransformPlan<Element>

  package init(make: @escaping @Sendable (_ logRows: Int) -> TransformPlan<Element>) { self.make = make }

  package subscript(logRows: Int) -> TransformPlan<Element> {
    plans.withLock { plans in
      if let plan = plans[logRows] { return plan }
      let plan = make(logRows)
      plans[logRows] = plan
      return plan
    }
  }
}

/// A plan of the C library, which is never destroyed and may be used by any number of threads.
struct KernelPlan: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ created: OpaquePointer?, logRows: Int) {
    guard let created else { fatalError("out of memory: no room for the twiddle factors of 2^\(logRows) rows") }
    pointer = created
  }
}
