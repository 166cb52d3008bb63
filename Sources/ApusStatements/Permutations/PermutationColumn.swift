// The columns of one row of Poseidon2 permutations.

public import ApusPoseidon2
public import ApusSTARK

/// Where a permutation's cells stand: its input; for each full round, the cubes of what enters the S-boxes and the state
/// after the round; for each partial round, the cube and the S-box's output.
package struct PermutationLayout {
  let width: Int
  let partialRounds: Int

  package init<P: Poseidon2>(_ permutation: P.Type) {
    width = P.width
    partialRounds = P.parameters.internal.count
  }

  /// Cells of one permutation.
  package var count: Int { width + 8 * 2 * width + 2 * partialRounds }

  package func input(_ lane: Int) -> Int { lane }
  /// - Parameter round: of the eight full rounds, four before the partial ones.
  package func cube(round: Int, _ lane: Int) -> Int { fullRound(round) + lane }
  package func state(after round: Int, _ lane: Int) -> Int { fullRound(round) + width + lane }
  package func cube(partial round: Int) -> Int { partialRound(round) }
  package func power(partial round: Int) -> Int { partialRound(round) + 1 }

  private func fullRound(_ round: Int) -> Int {
    width + 2 * width * round + (round < 4 ? 0 : 2 * partialRounds)
  }
  private func partialRound(_ round: Int) -> Int { width + 2 * width * 4 + 2 * round }
}

/// A column of ``PermutationStatement``.
public struct PermutationColumn<P: Poseidon2>: TraceColumn where P.Element: ProvingField {
  public let index: Int

  /// `permutation 3, cell 12`: of the fourth permutation of a row, cell 12 in the order of the layout.
  public static var names: [String] {
    let layout = PermutationLayout(P.self)
    return (0..<PermutationStatement<P>.permutationsPerRow).flatMap { slot in
      (0..<layout.count).map { "permutation \(slot), cell \($0)" }
    }
  }
}
