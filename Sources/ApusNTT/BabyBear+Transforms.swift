// BabyBear's plans, over the kernels of apus_ntt.h.

public import ApusField
internal import CApusKernels

extension BabyBear: TransformField {
  private static let plans = PlanCache<BabyBear> { key in
    let plan = KernelPlan(
      apus_babybear_ntt_plan_create(UInt32(key.logRows), key.instructionSet.code), logRows: key.logRows)
    return TransformPlan(
      logRows: key.logRows,
      split: { apus_babybear_ntt_split(plan.pointer, $0, $1) },
      inverse: {
        apus_babybear_ntt_inverse_piece(
          plan.pointer, $0?.pointer, words($1), words($2), $3.split, UInt32($3.step), $3.piece)
      },
      forward: {
        apus_babybear_ntt_forward_piece(
          plan.pointer, $0?.pointer, words($1), words($2), $3.split, UInt32($3.step), $3.piece)
      },
      bitReverse: { apus_babybear_ntt_bit_reverse_piece(plan.pointer, words($0), $1.split, $1.piece) },
      coset: {
        TransformCoset(
          apus_babybear_ntt_coset_create(plan.pointer, $0.montgomery), destroy: apus_babybear_ntt_coset_destroy)
      })
  }

  public static func transformPlan(logRows: Int, on instructionSet: InstructionSet) -> TransformPlan<BabyBear> {
    plans[logRows, instructionSet]
  }

  /// A column's memory as the kernels see it: a `BabyBear` is its Montgomery word.
  private static func words(_ elements: UnsafeMutablePointer<BabyBear>) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt32.self)
  }
  private static func words(_ elements: UnsafePointer<BabyBear>) -> UnsafePointer<UInt32> {
    UnsafeRawPointer(elements).assumingMemoryBound(to: UInt32.self)
  }
}
