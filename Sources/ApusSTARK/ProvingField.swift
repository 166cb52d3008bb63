// The fields that statements are proven over.

public import ApusField
public import ApusMerkle
public import ApusNTT

/// A prime field that a trace's columns may be over.
public protocol ProvingField: ColumnField, TransformField, MerkleElement {
  /// The extension that challenges are drawn from.
  associatedtype Challenge: ChallengeField where Challenge.Base == Self
  /// The smaller extension of presets that compare with other provers; the same where there is no other.
  associatedtype SmallChallenge: ChallengeField where SmallChallenge.Base == Self

  static var name: String { get }

  /// A uniform element from uniform words; `nil` if these words give none and others must be drawn.
  static func sample(_ nextWord: () -> UInt32) -> Self?
}

extension BabyBear: ProvingField {
  public typealias Challenge = BabyBear5
  public typealias SmallChallenge = BabyBear4

  public static var name: String { "BabyBear" }
  public static func sample(_ nextWord: () -> UInt32) -> BabyBear? {
    let word = nextWord() & 0x7fff_ffff
    return word < modulus ? BabyBear(word) : nil
  }
}

extension Goldilocks: ProvingField {
  public typealias Challenge = Goldilocks3
  public typealias SmallChallenge = Goldilocks3

  public static var name: String { "Goldilocks" }
  public static func sample(_ nextWord: () -> UInt32) -> Goldilocks? {
    let low = UInt64(nextWord())
    let word = low | UInt64(nextWord()) << 32
    return word < modulus ? Goldilocks(word) : nil
  }
}

/// What a proof's form and security depend on of its field and extension.
public struct FieldFacts: Sendable, Equatable {
  public let name: String
  public let order: UInt64
  /// Bytes of an element.
  public let byteCount: Int
  /// Of the extension that challenges are drawn from.
  public let degree: Int

  package init<E: ChallengeField>(_ extension_: E.Type) where E.Base: ProvingField {
    name = E.Base.name
    order = E.Base.order
    byteCount = E.Base.byteCount
    degree = E.degree
  }

  /// log2 of the extension's order.
  public var extensionBits: Double { Double(degree) * log2(Double(order)) }
}
