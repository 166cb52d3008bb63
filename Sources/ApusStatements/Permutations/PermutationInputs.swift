// States to permute, for who only wants to measure.

public import ApusField
internal import ApusPoseidon2

extension PermutationStatement {
  /// State number `index` of those that a seed gives.
  public static func input(_ index: Int, seed: UInt64) -> [Element] {
    (0..<P.width).map { state(seed, UInt64(index * P.width + $0)) }
  }

  /// The first `count` states that a seed gives, one in each row.
  @specialized(where P == Poseidon2BabyBear16)
  @specialized(where P == Poseidon2Goldilocks8)
  public static func inputs(_ count: Int, seed: UInt64, on engine: Engine) -> Columns<Element> {
    let inputs = Columns<Element>(uninitialized: count, count: P.width, on: engine)
    let pointers = Shared(inputs.pointers)
    engine.forEachRange(count, cells: P.width) { range, _ in
      for (lane, column) in pointers.value.enumerated() {
        for row in range { column[row] = state(seed, UInt64(row * P.width + lane)) }
      }
    }
    return inputs
  }

  /// SplitMix64 of a counter, modulo the field's prime.
  private static func state(_ seed: UInt64, _ counter: UInt64) -> Element {
    var x = seed &+ (counter &+ 1) &* 0x9e37_79b9_7f4a_7c15
    x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
    return Element(x ^ (x >> 31))
  }
}
