// The fields that statements are proven over.

public import ApusField
public import ApusMerkle
public import ApusNTT

/// A prime field that a trace's columns may be over.
public protocol ProvingField: ColumnField, TransformField, MerkleElement {
  /// The extension that challenges are drawn from.
  associatedtype Challenge: ChallengeField where Challenge.Base == Self
  /// The shorter extension of presets that compare with other provers; the same where there is no other.
  associatedtype ShortChallenge: ChallengeField where ShortChallenge.Base == Self

  static var name: String { get }

  /// A uniform element from uniform words; `nil` if these words give none and others must be drawn.
  static func sample(_ nextWord: () -> UInt32) -> Self?
}

extension BabyBear: ProvingField {
  public typealias Challenge = BabyBear5
  public typealias ShortChallenge = BabyBear4

  public static var name: String { "BabyBear" }
  public static func sample(_ nextWord: () -> UInt32) -> BabyBear? {
    let word = nextWord() & 0x7fff_ffff
    return word < modulus ? BabyBear(word) : nil
  }
}

extension Goldilocks: ProvingField {
  public typealias Challenge = Goldilocks3
  public typealias ShortChallenge = Goldilocks3

  public static var name: String { "Goldilocks" }
  public static func sample(_ nextWord: () -> UInt32) -> Goldilocks? {
    let low = UInt64(nextWord())
    let word = low | UInt64(nextWord()) << 32
    return word < modulus ? Goldilocks(word) : nil
  }
}

/// What a proof's form and security depend on of its field and extension.
public struct ProofField: Sendable, Equatable {
  /// Of the base field.
  public let name: String
  public let order: UInt64
  /// Bytes of a base element.
  public let elementBytes: Int
  /// log2 of the largest domain.
  public let twoAdicity: Int
  /// Of the extension that challenges are drawn from.
  public let degree: Int

  package init<F: ProvingField>(_ field: F.Type, _ kind: ExtensionKind) {
    name = F.name
    order = F.order
    elementBytes = F.byteCount
    twoAdicity = F.twoAdicity
    degree = kind == .standard ? F.Challenge.degree : F.ShortChallenge.degree
  }

  /// `babybear^5`.
  public var extensionName: String { "\(name.lowercased())^\(degree)" }
  /// log2 of the extension's order.
  public var extensionBits: Double { Double(degree) * log2(Double(order)) }

  package static func babyBear(_ kind: ExtensionKind) -> ProofField { ProofField(BabyBear.self, kind) }
  package static func goldilocks(_ kind: ExtensionKind) -> ProofField { ProofField(Goldilocks.self, kind) }
  /// All that presets ask for.
  package static let all = [babyBear(.standard), babyBear(.short), goldilocks(.standard)]
}
