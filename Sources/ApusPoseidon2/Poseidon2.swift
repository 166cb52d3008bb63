// Poseidon2 (Grassi, Khovratovich, Schofnegger 2023), S-box x^7, with the matrices and round constants that Plonky3
// uses by default. The permutation itself is in CApusKernels; this room gives it fields, widths and columns.

public import ApusField

/// A Poseidon2 permutation: a field and a width, and the sponge's rate and digest that go with them.
///
/// | | width | rate | digest | rounds, full and partial |
/// |---|---|---|---|---|
/// | ``Poseidon2BabyBear16`` | 16 | 8 | 8 | 8 + 13 |
/// | ``Poseidon2BabyBear24`` | 24 | 16 | 8 | 8 + 21 |
/// | ``Poseidon2Goldilocks8`` | 8 | 4 | 4 | 8 + 22 |
/// | ``Poseidon2Goldilocks12`` | 12 | 8 | 4 | 8 + 22 |
public protocol Poseidon2: Sendable {
  associatedtype Element: Field

  /// Elements of a state.
  static var width: Int { get }
  /// Elements that a sponge takes in before each permutation.
  static var rate: Int { get }
  /// Elements of a digest.
  static var digestCount: Int { get }

  /// Constants and matrices.
  static var parameters: Poseidon2Parameters<Element> { get }

  /// Permutes one state.
  ///
  /// - Precondition: `state` has ``width`` elements.
  static func permute(_ state: inout [Element])

  /// The kernels that an instruction set has for many states at once.
  static func kernels(for instructionSet: InstructionSet) -> Poseidon2Kernels<Element>
}

/// A permutation whose state is two digests, so that it compresses a pair of them.
public protocol Poseidon2Compression: Poseidon2 {}

extension Poseidon2Compression {
  /// The digest of two digests: the first ``Poseidon2/digestCount`` elements of the permuted state `left, right`.
  ///
  /// - Precondition: `left` and `right` are digests.
  public static func compress(_ left: [Element], _ right: [Element]) -> [Element] {
    precondition(
      left.count == digestCount && right.count == digestCount,
      "a digest has \(digestCount) elements, not \(left.count) or \(right.count)")
    var state = left + right
    permute(&state)
    return Array(state.prefix(digestCount))
  }
}
