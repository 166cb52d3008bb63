// The permutations over Goldilocks.

public import ApusField
internal import CApusKernels

/// Poseidon2 over Goldilocks with a state of 8 elements.
public enum Poseidon2Goldilocks8: Poseidon2Compression {
  public static var width: Int { 8 }
  public static var rate: Int { 4 }
  public static var digestCount: Int { 4 }

  public static let parameters = Poseidon2Parameters<Goldilocks>(apus_poseidon2_goldilocks8_parameters)

  public static func permute(_ state: inout [Goldilocks]) {
    withWords(of: &state, count: width) { apus_poseidon2_goldilocks8($0) }
  }

  public static func kernels(for instructionSet: InstructionSet) -> Poseidon2Kernels<Goldilocks> {
    Poseidon2Kernels(apus_poseidon2_goldilocks8_kernels_for(instructionSet.code))
  }
}

/// Poseidon2 over Goldilocks with a state of 12 elements.
public enum Poseidon2Goldilocks12: Poseidon2 {
  public static var width: Int { 12 }
  public static var rate: Int { 8 }
  public static var digestCount: Int { 4 }

  public static let parameters = Poseidon2Parameters<Goldilocks>(apus_poseidon2_goldilocks12_parameters)

  public static func permute(_ state: inout [Goldilocks]) {
    withWords(of: &state, count: width) { apus_poseidon2_goldilocks12($0) }
  }

  public static func kernels(for instructionSet: InstructionSet) -> Poseidon2Kernels<Goldilocks> {
    Poseidon2Kernels(apus_poseidon2_goldilocks12_kernels_for(instructionSet.code))
  }
}

/// A state as the C permutation takes it: a `Goldilocks` is its canonical word.
private func withWords(of state: inout [Goldilocks], count: Int, _ body: (UnsafeMutablePointer<UInt64>?) -> Void) {
  precondition(state.count == count, "a state has \(count) elements, not \(state.count)")
  state.withUnsafeMutableBufferPointer { $0.withMemoryRebound(to: UInt64.self) { body($0.baseAddress) } }
}
