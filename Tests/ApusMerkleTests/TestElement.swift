// What the oracle and the tests' matrices need of a field, for each field that a tree commits to.

import ApusField
import ApusMerkle
import ApusTestSupport
import CApusKernels

protocol TestElement: MerkleElement {
  static func random(using generator: inout SeededGenerator) -> Self

  static var elementsPerDigest: Int { get }
  /// The width of the Poseidon2 whose sponge hashes rows; pairs of digests fill the state of a narrower one.
  static var spongeWidth: Int { get }
  /// Poseidon2 of either width, as the state has.
  static func permute(_ state: inout [Self])
}

extension BabyBear: TestElement {
  static func random(using generator: inout SeededGenerator) -> BabyBear {
    BabyBear(UInt32.random(in: 0..<modulus, using: &generator))
  }

  static var elementsPerDigest: Int { 8 }
  static var spongeWidth: Int { 24 }
  static func permute(_ state: inout [BabyBear]) {
    var words = state.map(\.montgomery)
    if words.count == 16 { apus_poseidon2_babybear16(&words) } else { apus_poseidon2_babybear24(&words) }
    state = words.map { BabyBear(montgomery: $0) }
  }
}

extension Goldilocks: TestElement {
  static func random(using generator: inout SeededGenerator) -> Goldilocks {
    Goldilocks(UInt64.random(in: 0..<modulus, using: &generator))
  }

  static var elementsPerDigest: Int { 4 }
  static var spongeWidth: Int { 12 }
  static func permute(_ state: inout [Goldilocks]) {
    var words = state.map(\.value)
    if words.count == 8 { apus_poseidon2_goldilocks8(&words) } else { apus_poseidon2_goldilocks12(&words) }
    state = words.map { Goldilocks($0) }
  }
}
