// The extensions that have kernels, as tests' arguments.

import ApusField
import Testing

protocol TestedExtension: ChallengeField {
  /// Base elements whose words are at the ends of what kernels take them for, signed or not.
  static var largestWords: [Base] { get }
}

extension TestedExtension {
  /// A neighbour outside the base field with a single coefficient beside the constant.
  var sparse: Self {
    Self { $0 == 0 ? coefficients[0] : $0 == Self.degree - 1 ? .one : .zero }
  }
}

extension TestedExtension where Base == BabyBear {
  static var largestWords: [BabyBear] {
    let half = BabyBear.modulus / 2
    return [0, half, half + 1, BabyBear.modulus - 1].map(BabyBear.init(montgomery:))
  }
}
extension BabyBear4: TestedExtension {}
extension BabyBear5: TestedExtension {}
extension Goldilocks3: TestedExtension {
  static var largestWords: [Goldilocks] {
    [0, 0xffff_ffff, 0x1_0000_0000, 0x7fff_ffff_8000_0000, 0xffff_fffe_ffff_ffff, 0xffff_ffff_0000_0000]
      .map { Goldilocks($0 as UInt64) }
  }
}

enum ExtensionName: String, CaseIterable, CustomTestStringConvertible {
  case babyBear4, babyBear5, goldilocks3

  var type: any TestedExtension.Type {
    switch self {
    case .babyBear4: BabyBear4.self
    case .babyBear5: BabyBear5.self
    case .goldilocks3: Goldilocks3.self
    }
  }
  var testDescription: String { rawValue }
}
