// The fields that transforms exist for, and what a transform of one size needs of its field.

public import ApusField
package import CApusKernels
internal import Synchronization

/// A field whose columns can be transformed.
public protocol TransformField: TwoAdicField {
  /// The plan for `2^logRows` rows, `logRows` at most `twoAdicity`. Made at the first call, kept for all others.
  static func transformPlan(logRows: Int, on instructionSet: InstructionSet) -> TransformPlan<Self>
}

/// One size's transforms on one instruction set, in the steps and pieces of `apus_ntt.h`, whose orders are meant below.
/// Every pointer is to a column's `rows` elements. A coset is of this plan; none means the subgroup.
public struct TransformPlan<Element: Field>: Sendable {
  package typealias Output = UnsafeMutablePointer<Element>
  package typealias Input = UnsafePointer<Element>
  /// Of one step of a transform, which is in place or not.
  package typealias TransformPiece =
    @Sendable (_ coset: TransformCoset?, _ out: Output, _ in: Input, _ part: TransformPart) -> Void

  package let logRows: Int
  /// How each of so many columns is split for so many threads.
  package let split: @Sendable (_ columns: Int, _ threads: Int) -> apus_ntt_split
  /// Values in natural order to coefficients in bit-reversed order.
  package let inverse: TransformPiece
  /// Coefficients in bit-reversed order to values in natural order.
  package let forward: TransformPiece
  /// Between natural and bit-reversed order, in place: one step.
  package let bitReverse: @Sendable (_ column: Output, _ part: TransformPart) -> Void
  /// The factors of a coset of the subgroup. The shift is not zero.
  package let coset: @Sendable (_ shift: Element) -> TransformCoset

  package var rows: Int { 1 << logRows }
}

/// One piece of one step.
package struct TransformPart: Sendable {
  let split: apus_ntt_split
  let step: Int
  let piece: Int

  /// A whole transform.
  static let whole = TransformPart(split: apus_ntt_split(steps: 1, pieces: 1), step: 0, piece: 0)
}

/// The factors of one coset for one plan. Immutable.
package final class TransformCoset: @unchecked Sendable {
  let pointer: OpaquePointer
  private let destroy: @Sendable (OpaquePointer) -> Void

  init(_ created: OpaquePointer?, destroy: @escaping @Sendable (OpaquePointer) -> Void) {
    guard let created else { fatalError("out of memory: no room for a coset's factors") }
    pointer = created
    self.destroy = destroy
  }

  deinit { destroy(pointer) }
}

/// One field's plans, each made at its first use and kept for the life of the process.
package final class PlanCache<Element: Field>: Sendable {
  package struct Key: Hashable, Sendable {
    package let logRows: Int
    package let instructionSet: InstructionSet
  }

  private let plans = Mutex<[Key: TransformPlan<Element>]>([:])
  private let make: @Sendable (Key) -> TransformPlan<Element>

  package init(make: @escaping @Sendable (Key) -> TransformPlan<Element>) { self.make = make }

  package subscript(logRows: Int, instructionSet: InstructionSet) -> TransformPlan<Element> {
    let key = Key(logRows: logRows, instructionSet: instructionSet)
    return plans.withLock { plans in
      if let plan = plans[key] { return plan }
      let plan = make(key)
      plans[key] = plan
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
