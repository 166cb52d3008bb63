// Poseidon2's permutations: many states, lane = state, and one state alone.

import ApusBench
import ApusField
import CApusKernels

func permutationSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  return [
    BenchGroup(
      "Poseidon2 permutation, many states",
      engines.flatMap { [babyBear(.babyBear16, $0), babyBear(.babyBear24, $0)] }
        + engines.flatMap { [goldilocks(.goldilocks8, $0), goldilocks(.goldilocks12, $0)] }),
    BenchGroup("Poseidon2 permutation, one state after the other", engines.flatMap(oneState)),
  ]
}

/// States that stay in the second-level cache.
private let states = 1 << 10

private func benchCase<F: MeasuredField>(
  _ field: F.Type, _ form: Poseidon2Form, _ engine: Engine, prepare: @escaping (Held<F>) -> () -> Void
) -> BenchCase {
  let set = engine.instructionSet
  let label = CaseLabel(
    kernel: "permutation", field: "\(F.label) \(form.width)", engine: set.rawValue, rows: states, columns: form.width)
  let bytes = states * form.width * MemoryLayout<F>.stride
  let work = Work(
    elements: states, bytes: 2 * bytes, workingSet: bytes,
    cost: F.costs(on: set).map { Double(states) / $0.lanes * $0.permutation(form) }, vectorBytes: set.vectorBytes)
  return BenchCase(label, work) {
    let held = Held<F>(rows: states, count: form.width, on: engine)
    let body = prepare(held)
    return { withExtendedLifetime(held) { body() } }
  }
}

private func babyBear(_ form: Poseidon2Form, _ engine: Engine) -> BenchCase {
  benchCase(BabyBear.self, form, engine) { held in
    let isa = engine.instructionSet.code
    let table =
      form.width == 16 ? apus_poseidon2_babybear16_kernels_for(isa) : apus_poseidon2_babybear24_kernels_for(isa)
    guard let kernels = table?.pointee else { preconditionFailure("an engine's instruction set is supported") }
    let columns = (0..<form.width).map { Optional(words(held.pointer($0), as: UInt32.self)) }
    return { kernels.permute(columns, 0, states) }
  }
}

private func goldilocks(_ form: Poseidon2Form, _ engine: Engine) -> BenchCase {
  benchCase(Goldilocks.self, form, engine) { held in
    let isa = engine.instructionSet.code
    let table =
      form.width == 8 ? apus_poseidon2_goldilocks8_kernels_for(isa) : apus_poseidon2_goldilocks12_kernels_for(isa)
    guard let kernels = table?.pointee else { preconditionFailure("an engine's instruction set is supported") }
    let columns = (0..<form.width).map { Optional(words(held.pointer($0), as: UInt64.self)) }
    return { kernels.permute(columns, 0, states) }
  }
}

/// As in a transcript: each permutation waits for the one before it.
private func oneState(_ engine: Engine) -> [BenchCase] {
  func benchCase<Word: FixedWidthInteger>(
    _ field: String, width: UInt32, _ permute: @escaping (UnsafeMutablePointer<Word>) -> Void
  ) -> BenchCase {
    let label = CaseLabel(
      kernel: "permutation", field: "\(field) \(width)", engine: engine.instructionSet.rawValue, rows: 1,
      columns: Int(width))
    return BenchCase(label, Work(elements: 1)) {
      var state = [Word](repeating: 1, count: Int(width))
      return { state.withUnsafeMutableBufferPointer { if let words = $0.baseAddress { permute(words) } } }
    }
  }
  let isa = engine.instructionSet.code
  let babyBear = [apus_poseidon2_babybear16_kernels_for(isa), apus_poseidon2_babybear24_kernels_for(isa)]
  let goldilocks = [apus_poseidon2_goldilocks8_kernels_for(isa), apus_poseidon2_goldilocks12_kernels_for(isa)]
  return babyBear.compactMap { $0?.pointee }.map { benchCase("BabyBear", width: $0.width, $0.permute_one) }
    + goldilocks.compactMap { $0?.pointee }.map { benchCase("Goldilocks", width: $0.width, $0.permute_one) }
}

/// A column as kernels see it: an element is its word.
private func words<F, Word>(_ elements: UnsafeMutablePointer<F>, as word: Word.Type) -> UnsafeMutablePointer<Word> {
  UnsafeMutableRawPointer(elements).assumingMemoryBound(to: word)
}
