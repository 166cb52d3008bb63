// Goldilocks's plans, over the kernels of apus_ntt.h.

public import ApusField
internal import CApusKernels

extension Goldilocks: TransformField {
  private static let plans = PlanCache<Goldilocks> { key in
    let plan = KernelPlan(
      apus_goldilocks_ntt_plan_create(UInt32(key.logRows), key.instructionSet.code), logRows: key.logRows)
    return TransformPlan(
      logRows: key.logRows,
      split: { apus_goldilocks_ntt_split(plan.pointer, $0, $1) },
      inverse: {
        apus_goldilocks_ntt_inverse_piece(
          plan.pointer, $0?.pointer, words($1), words($2), $3.split, UInt32($3.step), $3.piece)
      },
      forward: {
        apus_goldilocks_ntt_forward_piece(
          plan.pointer, $0?.pointer, words($1), words($2), $3.split, UInt32($3.step), $3.piece)
      },
      bitReverse: { apus_goldilocks_ntt_bit_reverse_piece(plan.pointer, words($0), $1.split, $1.piece) },
      coset: {
        TransformCoset(
          apus_goldilocks_ntt_coset_create(plan.pointer, $0.value), destroy: apus_goldilocks_ntt_coset_destroy)
      })
  }

  public static func transformPlan(logRows: Int, on instructionSet: InstructionSet) -> TransformPlan<Goldilocks> {
    plans[logRows, instructionSet]
  }

  /// A column's memory as the kernels see it: a `Goldilocks` is its canonical word.
  private static func words(_ elements: UnsafeMutablePointer<Goldilocks>) -> UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt64.self)
  }
  private static func words(_ elements: UnsafePointer<Goldilocks>) -> UnsafePointer<UInt64> {
    UnsafeRawPointer(elements).assumingMemoryBound(to: UInt64.self)
  }
}
