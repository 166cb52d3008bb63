// BabyBear's plans, over the kernels of apus_ntt.h.

public import ApusField
internal import CApusKernels

extension BabyBear: TransformField {
  private static let plans = PlanCache<BabyBear> { logRows in
    let plan = KernelPlan(apus_babybear_ntt_plan_create(UInt32(logRows)), logRows: logRows)
    return TransformPlan(
      logRows: logRows,
      inverse: { kernels($3).inverse(words($0), words($1), $2.map(words), plan.pointer) },
      forward: { kernels($3).forward(words($0), words($1), $2.map(words), plan.pointer) },
      bitReverse: { kernels($1).bit_reverse(words($0), UInt32(logRows)) },
      bitReversedPowers: { kernels($3).bit_reversed_powers(words($0), $1.montgomery, $2.montgomery, UInt32(logRows)) })
  }

  public static func transformPlan(logRows: Int) -> TransformPlan<BabyBear> { plans[logRows] }

  private static func kernels(_ instructionSet: InstructionSet) -> apus_babybear_ntt_kernels {
    guard let table = apus_babybear_ntt_kernels_for(instructionSet.code)?.pointee else {
      preconditionFailure("this machine does not run \(instructionSet)")
    }
    return table
  }

  /// A column's memory as the kernels see it: a `BabyBear` is its Montgomery word.
  private static func words(_ elements: UnsafeMutablePointer<BabyBear>) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt32.self)
  }
  private static func words(_ elements: UnsafePointer<BabyBear>) -> UnsafePointer<UInt32> {
    UnsafeRawPointer(elements).assumingMemoryBound(to: UInt32.self)
  }
}
