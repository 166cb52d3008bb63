// The permutations over BabyBear.

public import ApusField
internal import CApusKernels

/// Poseidon2 over BabyBear with a state of 16 elements.
public enum Poseidon2BabyBear16: Poseidon2Compression {
  public static var width: Int { 16 }
  public static var rate: Int { 8 }
  public static var digestCount: Int { 8 }

  public static let parameters = Poseidon2Parameters<BabyBear>(apus_poseidon2_babybear16_parameters)

  public static func permute(_ state: inout [BabyBear]) {
    withWords(of: &state, count: width) { apus_poseidon2_babybear16($0) }
  }

  public static func kernels(for instructionSet: InstructionSet) -> Poseidon2Kernels<BabyBear> {
    Poseidon2Kernels(apus_poseidon2_babybear16_kernels_for(instructionSet.code))
  }
}

/// Poseidon2 over BabyBear with a state of 24 elements.
public enum Poseidon2BabyBear24: Poseidon2 {
  public static var width: Int { 24 }
  public static var rate: Int { 16 }
  public static var digestCount: Int { 8 }

  public static let parameters = Poseidon2Parameters<BabyBear>(apus_poseidon2_babybear24_parameters)

  public static func permute(_ state: inout [BabyBear]) {
    withWords(of: &state, count: width) { apus_poseidon2_babybear24($0) }
  }

  public static func kernels(for instructionSet: InstructionSet) -> Poseidon2Kernels<BabyBear> {
    Poseidon2Kernels(apus_poseidon2_babybear24_kernels_for(instructionSet.code))
  }
}

/// A state as the C permutation takes it: a `BabyBear` is its Montgomery word.
private func withWords(of state: inout [BabyBear], count: Int, _ body: (UnsafeMutablePointer<UInt32>?) -> Void) {
  precondition(state.count == count, "a state has \(count) elements, not \(state.count)")
  state.withUnsafeMutableBufferPointer { $0.withMemoryRebound(to: UInt32.self) { body($0.baseAddress) } }
}
