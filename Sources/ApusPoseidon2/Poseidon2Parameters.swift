// A permutation's constants, for those who write it down themselves: as constraints, say.

public import ApusField
internal import CApusKernels

/// What a Poseidon2 permutation consists of: an external layer, four full rounds, the partial rounds, four full rounds.
///
/// A full round adds ``external`` constants, takes every lane to its seventh power and ends with the external layer. A
/// partial round adds an ``internal`` constant to lane 0, takes lane 0 to its seventh power and ends with the internal
/// layer, which replaces each lane `x_i` by the sum of all lanes plus ``diagonal``'s `d_i x_i`. The external layer mixes
/// each four lanes by the matrix of rows (2 3 1 1), (1 2 3 1), (1 1 2 3), (3 1 1 2) and then adds to every lane the sum
/// of those whose numbers are congruent to its own modulo four.
public struct Poseidon2Parameters<Element: Field>: Sendable {
  /// Eight full rounds' constants, one for each lane.
  public let external: [[Element]]
  /// The partial rounds' constants.
  public let `internal`: [Element]
  public let diagonal: [Element]
}

extension Poseidon2Parameters where Element: TwoAdicField {
  init(_ read: (UnsafeMutablePointer<apus_poseidon2_parameters>?) -> Void) {
    var numbers = apus_poseidon2_parameters()
    read(&numbers)
    let width = Int(numbers.width)
    let constants = withUnsafeBytes(of: &numbers.external) { $0.bindMemory(to: UInt64.self).map { Element($0) } }
    external = (0..<8).map { Array(constants[$0 * width..<($0 + 1) * width]) }
    let partial = withUnsafeBytes(of: &numbers.internal) { $0.bindMemory(to: UInt64.self).map { Element($0) } }
    `internal` = Array(partial.prefix(Int(numbers.partial_rounds)))
    let entries = withUnsafeBytes(of: &numbers.diagonal) { $0.bindMemory(to: UInt64.self).map { Element($0) } }
    diagonal = Array(entries.prefix(width))
  }
}
