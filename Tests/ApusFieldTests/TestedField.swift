// The fields under test as the tests see them: elements made of canonical words, an oracle, and values worth trying.

import ApusField
import ApusTestSupport
import Testing

protocol TestedField: Field {
  static var oracle: FieldOracle { get }
  init(words: [UInt64])
  var words: [UInt64] { get }
}

protocol TestedBase: TestedField, ColumnField {
  init(_ value: UInt64)
  var word: UInt64 { get }
}
extension TestedBase {
  init(words: [UInt64]) { self.init(words[0]) }
  var words: [UInt64] { [word] }
}
extension BabyBear: TestedBase {
  static let oracle = FieldOracle(modulus: 2_013_265_921, degree: 1, constant: 1)
  var word: UInt64 { UInt64(value) }
}
extension Goldilocks: TestedBase {
  static let oracle = FieldOracle(modulus: 18_446_744_069_414_584_321, degree: 1, constant: 1)
  var word: UInt64 { value }
}

extension TestedField where Self: ExtensionField, Base: TestedBase {
  init(words: [UInt64]) { self.init(coefficients: words.map { Base($0) }) }
  var words: [UInt64] { coefficients.map(\.word) }
}
extension BabyBear4: TestedField {
  static let oracle = FieldOracle(modulus: 2_013_265_921, degree: 4, constant: 11)
}
extension BabyBear5: TestedField {
  static let oracle = FieldOracle(modulus: 2_013_265_921, degree: 5, constant: 2)
}
extension Goldilocks2: TestedField {
  static let oracle = FieldOracle(modulus: 18_446_744_069_414_584_321, degree: 2, constant: 7)
}
extension Goldilocks3: TestedField {
  static let oracle = FieldOracle(modulus: 18_446_744_069_414_584_321, degree: 3, constant: 2)
}

/// A field as a test's argument.
enum FieldName: String, CaseIterable, CustomTestStringConvertible {
  case babyBear, babyBear4, babyBear5, goldilocks, goldilocks2, goldilocks3

  var type: any TestedField.Type {
    switch self {
    case .babyBear: BabyBear.self
    case .babyBear4: BabyBear4.self
    case .babyBear5: BabyBear5.self
    case .goldilocks: Goldilocks.self
    case .goldilocks2: Goldilocks2.self
    case .goldilocks3: Goldilocks3.self
    }
  }
  var testDescription: String { rawValue }

  static let extensions: [FieldName] = [.babyBear4, .babyBear5, .goldilocks2, .goldilocks3]
}

/// A base field as a test's argument.
enum BaseName: String, CaseIterable, CustomTestStringConvertible {
  case babyBear, goldilocks

  var type: any TestedBase.Type {
    switch self {
    case .babyBear: BabyBear.self
    case .goldilocks: Goldilocks.self
    }
  }
  var testDescription: String { rawValue }
}

/// Words below p where carries and reductions turn: both ends, the middle, and the neighbours of powers of two.
func edgeWords(modulus p: UInt64) -> [UInt64] {
  var words: Set<UInt64> = [0, 1, 2, p - 1, p - 2, (p - 1) / 2, (p + 1) / 2, p - (1 << 16)]
  for k in 1..<64 {
    let power: UInt64 = 1 << UInt64(k)
    for word in [power - 1, power, power + 1, p &- power, p &- power &- 1, p &- power &+ 1] where word < p {
      words.insert(word)
    }
  }
  return words.sorted()
}

extension TestedField {
  static func random(using generator: inout SeededGenerator) -> Self {
    Self(words: (0..<oracle.degree).map { _ in .random(in: 0..<oracle.modulus, using: &generator) })
  }

  /// Base field: all edge words and random ones. Extension: edge words alone in each place, mixed, and random ones.
  static func samples(random count: Int, seed: UInt64) -> [Self] {
    var generator = SeededGenerator(seed: seed)
    let edges = edgeWords(modulus: oracle.modulus)
    let zeros = [UInt64](repeating: 0, count: oracle.degree)
    var elements: [[UInt64]] = []
    if oracle.degree == 1 {
      elements = edges.map { [$0] }
    } else {
      for place in zeros.indices {
        for word in [1, 2, oracle.modulus / 2, oracle.modulus - 1] {
          var element = zeros
          element[place] = word
          elements.append(element)
        }
      }
      elements += [zeros, zeros.map { _ in oracle.modulus - 1 }]
      for _ in 0..<count { elements.append(zeros.map { _ in edges.randomElement(using: &generator) ?? 0 }) }
    }
    return elements.map { Self(words: $0) } + (0..<count).map { _ in random(using: &generator) }
  }
}

/// Records an issue that names the operation and its inputs unless the results agree; whether they do.
func agree<T: Equatable>(
  _ actual: T, _ expected: T, _ operation: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  if actual == expected { return true }
  Issue.record("\(operation()) is \(actual), expected \(expected)", sourceLocation: sourceLocation)
  return false
}
