// Goldilocks's plans, over the kernels of apus_ntt.h.

public import ApusField
internal import CApusKernels

extension Goldilocks: TransformField {
  private static let plans = PlanCache<Goldilocks> { logRows in
    let plan = KernelPlan(apus_goldilocks_ntt_plan_create(UInt32(logRows)), logRows: logRows)
    return TransformPlan(
      logRows: logRows,
      inverse: { kernels($3).inverse(words($0), words($1), $2.map(words), plan.pointer) },
      forward: { kernels($3).forward(words($0), words($1), $2.map(words), plan.pointer) },
      bitReverse: { kernels($1).bit_reverse(words($0), UInt32(logRows)) },
      bitReversedPowers: { kernels($3).bit_reversed_powers(words($0), $1.value, $2.value, UInt32(logRows)) })
  }

  public static func transformPlan(logRows: Int) -> TransformPlan<Goldilocks> { plans[logRows] }

  private static func kernels(_ instructionSet: InstructionSet) -> apus_goldilocks_ntt_kernels {
    guard let table = apus_goldilocks_ntt_kernels_for(instructionSet.code)?.pointee else {
      preconditionFailure("this machine does not run \(instructionSet)")
    }
    return table
  }

  /// A column's memory as the kernels see it: a `Goldilocks` is its canonical word.
  private static func words(_ elements: UnsafeMutablePointer<Goldilocks>) -> UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt64.self)
  }
  private static func words(_ elements: UnsafePointer<Goldilocks>) -> UnsafePointer<UInt64> {
    UnsafeRawPointer(elements).assumingMemoryBound(to: UInt64.self)
  }
}
