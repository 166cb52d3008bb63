// What a proof of Poseidon2 permutations says in public, and its bytes.

internal import ApusField
public import ApusPoseidon2
public import ApusSTARK

/// There are `2^logCount` pairs of a state and its permuted state, of which the first is `input` and `output`.
///
/// A value of this type is well formed, not true.
public struct PermutationClaim<P: Poseidon2>: Sendable, Equatable where P.Element: ProvingField {
  public let logCount: Int
  public let input: [P.Element]
  public let output: [P.Element]

  /// - Precondition: both states have the permutation's width.
  public init(logCount: Int, input: [P.Element], output: [P.Element]) throws(PermutationClaimError) {
    try Self.check(logCount: logCount)
    precondition(input.count == P.width && output.count == P.width, "a state has \(P.width) elements")
    self.logCount = logCount
    self.input = input
    self.output = output
  }

  public static func check(logCount: Int) throws(PermutationClaimError) {
    let allowed = PermutationClaimError.allowed
    guard allowed.contains(logCount) else { throw .logCount(logCount) }
  }

  public var statement: PermutationStatement<P> {
    PermutationStatement(logCount: logCount, input: input, output: output)
  }
}

// MARK: Bytes

extension PermutationClaim {
  /// `logCount` in a byte, then both states as canonical little-endian words.
  public static var byteCount: Int { 1 + 2 * P.width * P.Element.byteCount }

  public var bytes: [UInt8] {
    var bytes = [UInt8(logCount)]
    for element in input + output { element.encode(into: &bytes) }
    return bytes
  }

  public init(bytes: Span<UInt8>) throws(PermutationClaimError) {
    guard bytes.count == Self.byteCount else { throw .length(bytes.count, expected: Self.byteCount) }
    var elements: [P.Element] = []
    for index in 0..<2 * P.width { elements.append(try element(index, in: bytes)) }
    try self.init(
      logCount: Int(bytes[0]), input: Array(elements.prefix(P.width)), output: Array(elements.suffix(P.width)))
  }
}

private func element<F: TwoAdicField>(
  _ index: Int, in bytes: Span<UInt8>
) throws(PermutationClaimError) -> F {
  var word: UInt64 = 0
  for i in 0..<F.byteCount { word |= UInt64(bytes[1 + index * F.byteCount + i]) << UInt64(8 * i) }
  guard word < F.order else { throw .notCanonical(word, modulus: F.order) }
  return F(word)
}

/// Why something is no claim about permutations.
public enum PermutationClaimError: Error, Hashable, Sendable {
  case length(Int, expected: Int)
  case notCanonical(UInt64, modulus: UInt64)
  case logCount(Int)

  /// log2 of the permutations, eight to a row of the trace.
  static let allowed =
    ProofShape.minimumRows.trailingZeroBitCount + 3...ProofShape.maximumRows.trailingZeroBitCount + 3
}

extension PermutationClaimError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .length(let length, let expected):
      "a claim about permutations takes \(expected) bytes, not \(length.grouped)"
    case .notCanonical(let word, let modulus):
      "elements of a state are below \(modulus.grouped): \(word.grouped) is not"
    case .logCount(let log):
      "the number of permutations is 2^\(Self.allowed.lowerBound) to 2^\(Self.allowed.upperBound), not 2^\(log)"
    }
  }
}
