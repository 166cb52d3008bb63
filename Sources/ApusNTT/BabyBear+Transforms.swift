// BabyBear's transforms: plans and kernels of apus_ntt.h.

public import ApusField
internal import CApusKernels

extension BabyBear: TransformField {
  private static let plans = PlanCache<BabyBear>()

  public static func transformPlan(logRows: Int) -> TransformPlan<BabyBear> {
    plans.plan(logRows: logRows, make: BabyBearPlan.init)
  }
}

private final class BabyBearPlan: TransformPlan<BabyBear>, @unchecked Sendable {
  private let plan: OpaquePointer

  override init(logRows: Int) {
    guard let plan = apus_babybear_ntt_plan_create(UInt32(logRows)) else {
      fatalError("out of memory: no room for the twiddle factors of 2^\(logRows) rows")
    }
    self.plan = plan
    super.init(logRows: logRows)
  }

  deinit { apus_babybear_ntt_plan_destroy(plan) }

  override func inverse(
    _ out: UnsafeMutablePointer<BabyBear>, _ values: UnsafePointer<BabyBear>, scale: UnsafePointer<BabyBear>?,
    _ isa: InstructionSet
  ) { kernels(isa).inverse(words(out), words(values), words(scale), plan) }

  override func forward(
    _ out: UnsafeMutablePointer<BabyBear>, _ coefficients: UnsafePointer<BabyBear>, scale: UnsafePointer<BabyBear>?,
    _ isa: InstructionSet
  ) { kernels(isa).forward(words(out), words(coefficients), words(scale), plan) }

  override func bitReverse(_ column: UnsafeMutablePointer<BabyBear>, _ isa: InstructionSet) {
    kernels(isa).bit_reverse(words(column), UInt32(logRows))
  }

  override func bitReversedPowers(
    _ out: UnsafeMutablePointer<BabyBear>, first: BabyBear, ratio: BabyBear, _ isa: InstructionSet
  ) { kernels(isa).bit_reversed_powers(words(out), first.montgomery, ratio.montgomery, UInt32(logRows)) }
}

private func kernels(_ isa: InstructionSet) -> apus_babybear_ntt_kernels {
  guard let kernels = apus_babybear_ntt_kernels_for(isa.code) else {
    preconditionFailure("an engine's instruction set is one that the machine runs")
  }
  return kernels.pointee
}

// A BabyBear is its Montgomery word.
private func words(_ p: UnsafeMutablePointer<BabyBear>) -> UnsafeMutablePointer<UInt32> {
  UnsafeMutableRawPointer(p).assumingMemoryBound(to: UInt32.self)
}
private func words(_ p: UnsafePointer<BabyBear>?) -> UnsafePointer<UInt32>? {
  p.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt32.self) }
}
