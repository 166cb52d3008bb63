// Where queries fall in a FRI layer: which fibres are opened, and which of their values the verifier lacks.

/// The opened fibres of one layer.
///
/// Positions of a layer are `coset * rows + row`; row `i`'s fibre under `x -> x^arity` is the rows
/// `i mod (rows / arity) + j * rows / arity` of the same coset, and its number is the next layer's position.
package struct FoldQueries {
  package let arity: Int
  /// Fibre numbers, ascending.
  package let leaves: [Int]
  /// For each opened fibre and each of its members, the number of the position that it stands at: there its value is known
  /// from the layer before.
  package let known: [[Int?]]

  /// - Parameters:
  ///   - positions: ascending, distinct.
  ///   - rows: rows of a coset of this layer.
  package init(positions: [Int], rows: Int, arityLog: Int) {
    arity = 1 << arityLog
    let rowsOut = rows >> arityLog
    var members: [Int: [Int?]] = [:]
    for (number, position) in positions.enumerated() {
      let leaf = Self.leaf(of: position, rows: rows, arityLog: arityLog)
      members[leaf, default: [Int?](repeating: nil, count: arity)][position % rows / rowsOut] = number
    }
    leaves = members.keys.sorted()
    known = leaves.map { members[$0] ?? [] }
  }

  /// The fibre that a position of the layer belongs to.
  package static func leaf(of position: Int, rows: Int, arityLog: Int) -> Int {
    let rowsOut = rows >> arityLog
    return position / rows * rowsOut + position % rowsOut
  }

  /// The position, in the layer, of a fibre's member.
  package static func position(leaf: Int, member: Int, rows: Int, arityLog: Int) -> Int {
    let rowsOut = rows >> arityLog
    return leaf / rowsOut * rows + leaf % rowsOut + member * rowsOut
  }
}
