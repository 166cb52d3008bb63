// The permutations under test: each with its definition and with what it makes of the zero state.

import ApusField
import ApusPoseidon2
import ApusTestSupport
import Testing

protocol TestedElement: ColumnField {
  static var modulus64: UInt64 { get }
  init(_ value: UInt64)
  var value64: UInt64 { get }
}
extension BabyBear: TestedElement {
  static let modulus64: UInt64 = 2_013_265_921
  var value64: UInt64 { UInt64(value) }
}
extension Goldilocks: TestedElement {
  static let modulus64: UInt64 = 18_446_744_069_414_584_321
  var value64: UInt64 { value }
}

protocol TestedPermutation: Poseidon2 where Element: TestedElement {
  static var reference: ReferencePoseidon2 { get }
  /// Plonky3's permutation of the zero state.
  static var permutedZero: [UInt64] { get }
}

extension Poseidon2BabyBear16: TestedPermutation {
  static let reference = ReferencePoseidon2(
    modulus: BabyBear.modulus64, partialRounds: 13,
    diagonal: [
      (-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (-1, 1), (-3, 0), (-4, 0), (1, 8), (1, 2), (1, 3), (1, 27),
      (-1, 8), (-1, 4), (-1, 27),
    ])
  static let permutedZero: [UInt64] = [
    1_168_947_398, 128_782_440, 747_404_447, 883_925_857, 360_581_875, 1_704_698_758, 1_878_363_991, 1_054_281_681,
    682_225_194, 705_839_125, 1_218_819_873, 41_544_645, 1_095_344_608, 174_996_601, 1_678_438_226, 11_259_290,
  ]
}
extension Poseidon2BabyBear24: TestedPermutation {
  static let reference = ReferencePoseidon2(
    modulus: BabyBear.modulus64, partialRounds: 21,
    diagonal: [
      (-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (-1, 1), (-3, 0), (-4, 0), (1, 8), (1, 2), (1, 3), (1, 4),
      (1, 7), (1, 9), (1, 27), (-1, 8), (-1, 2), (-1, 3), (-1, 4), (-1, 5), (-1, 6), (-1, 7), (-1, 27),
    ])
  static let permutedZero: [UInt64] = [
    400_117_224, 993_058_517, 1_143_686_568, 167_077_231, 512_027_304, 1_699_297_555, 73_036_051, 384_892_923,
    1_638_785_080, 1_986_004_076, 962_251_114, 1_342_022_841, 237_647_043, 599_501_300, 1_325_347_421, 758_164_838,
    909_746_918, 1_857_572_136, 456_675_026, 284_439_419, 1_688_929_831, 43_577_996, 781_522_191, 999_813_579,
  ]
}
extension Poseidon2Goldilocks8: TestedPermutation {
  static let reference = ReferencePoseidon2(
    modulus: Goldilocks.modulus64, partialRounds: 22,
    diagonal: [(-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (-1, 1), (-3, 0), (-4, 0)])
  static let permutedZero: [UInt64] = [
    4_904_961_330_882_102_773, 6_914_533_505_831_728_251, 16_060_085_509_051_262_978, 161_169_382_960_502_813,
    8_610_401_995_229_161_121, 6_947_968_519_022_847_962, 9_668_808_541_865_791_489, 7_055_543_217_974_479_047,
  ]
}
extension Poseidon2Goldilocks12: TestedPermutation {
  static let reference = ReferencePoseidon2(
    modulus: Goldilocks.modulus64, partialRounds: 22,
    diagonal: [
      (-2, 0), (1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (-1, 1), (-3, 0), (-4, 0), (1, 2), (-1, 2), (1, 3),
    ])
  static let permutedZero: [UInt64] = [
    6_571_218_845_873_207_350, 16_394_535_650_441_775_880, 16_729_865_362_321_995_388, 2_844_291_130_404_209_122,
    16_063_200_788_640_006_260, 8_977_422_641_387_935_540, 1_100_773_186_654_011_623, 5_296_950_920_151_051_251,
    15_508_716_854_571_599_505, 12_365_938_385_714_563_620, 8_500_300_421_301_734_173, 10_881_775_167_266_999_286,
  ]
}

extension TestedPermutation {
  static func permuted(_ state: [UInt64]) -> [UInt64] {
    var elements = state.map { Element($0) }
    permute(&elements)
    return elements.map(\.value64)
  }
  static func hash(_ input: [UInt64]) -> [UInt64] {
    Poseidon2Sponge<Self>.hash(input.map { Element($0) }).map(\.value64)
  }
}
extension TestedPermutation where Self: Poseidon2Compression {
  static func compressed(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    compress(left.map { Element($0) }, right.map { Element($0) }).map(\.value64)
  }
}

/// A permutation as a test's argument.
enum PermutationName: String, CaseIterable, CustomTestStringConvertible {
  case babyBear16, babyBear24, goldilocks8, goldilocks12

  var type: any TestedPermutation.Type {
    switch self {
    case .babyBear16: Poseidon2BabyBear16.self
    case .babyBear24: Poseidon2BabyBear24.self
    case .goldilocks8: Poseidon2Goldilocks8.self
    case .goldilocks12: Poseidon2Goldilocks12.self
    }
  }
  var testDescription: String { rawValue }
}

/// A compression as a test's argument.
enum CompressionName: String, CaseIterable, CustomTestStringConvertible {
  case babyBear16, goldilocks8

  var type: any (TestedPermutation & Poseidon2Compression).Type {
    switch self {
    case .babyBear16: Poseidon2BabyBear16.self
    case .goldilocks8: Poseidon2Goldilocks8.self
    }
  }
  var testDescription: String { rawValue }
}

/// `count` values below `modulus`, every third at one of its ends.
func values(_ count: Int, below modulus: UInt64, seed: UInt64) -> [UInt64] {
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in
    Bool.random(using: &random) || Bool.random(using: &random)
      ? UInt64.random(in: 0..<modulus, using: &random)
      : [0, 1, modulus - 1].randomElement(using: &random)!
  }
}
