// Many Poseidon2 permutations, eight in a row of the trace: the statement that provers are compared by.

internal import ApusField
public import ApusPoseidon2
public import ApusSTARK

/// There are `2^logCount` pairs of a state and the state that the permutation takes it to, of which the first is
/// `input` and `output`.
///
/// The S-box's x^7 has degree 3 through one more cell: y = x^3 and x y^2. No row looks at another one, so a permutation
/// costs as much in a long trace as in a short one.
public struct PermutationStatement<P: Poseidon2>: Statement where P.Element: ProvingField {
  public typealias Column = PermutationColumn<P>
  public typealias Element = P.Element

  public static var permutationsPerRow: Int { 8 }
  static var logPermutationsPerRow: Int { 3 }

  public static var name: String { "poseidon2 permutations, \(Element.name), width \(P.width)" }

  public let logCount: Int
  public let input: [Element]
  public let output: [Element]

  /// - Precondition: both states have the permutation's width, and there are enough permutations for a trace.
  public init(logCount: Int, input: [Element], output: [Element]) {
    precondition(input.count == P.width && output.count == P.width, "a state has \(P.width) elements")
    self.logCount = logCount
    self.input = input
    self.output = output
  }

  public var rows: Int { 1 << max(0, logCount - Self.logPermutationsPerRow) }
  public var publicValues: [Element] { input + output }

  public func constrain(_ c: inout Constraints<Column>) {
    let c = c
    let layout = PermutationLayout(P.self)
    for slot in 0..<Self.permutationsPerRow {
      let cells = (0..<layout.count).map { c[PermutationColumn(index: slot * layout.count + $0)] }
      c.onEveryRow { PermutationConstraints(cells, layout, P.parameters, of: slot).require(on: $0) }
    }
    c.onFirstRow { first in
      for lane in 0..<P.width {
        let (input, output) = (layout.input(lane), layout.state(after: 7, lane))
        first.require(c[PermutationColumn(index: input)], equals: c.public(lane), "the first input")
        first.require(c[PermutationColumn(index: output)], equals: c.public(P.width + lane), "the first output")
      }
    }
  }
}

/// One permutation's constraints.
package struct PermutationConstraints<F: ProvingField> {
  let cells: [Expression]
  let layout: PermutationLayout
  let parameters: Poseidon2Parameters<F>
  let slot: Int

  package init(_ cells: [Expression], _ layout: PermutationLayout, _ parameters: Poseidon2Parameters<F>, of slot: Int) {
    self.cells = cells
    self.layout = layout
    self.parameters = parameters
    self.slot = slot
  }

  package func require<Column>(on rows: Constraints<Column>.Rows) {
    var state = (0..<layout.width).map { cells[layout.input($0)] }
    state = externalLayer(state)
    for round in 0..<4 { requireFull(round, &state, on: rows) }
    for (round, constant) in parameters.internal.enumerated() {
      let cube = cells[layout.cube(partial: round)]
      let power = cells[layout.power(partial: round)]
      let seventh = self.seventh(of: state[0] + constant, cube: cube, on: rows)
      rows.require(seventh, equals: power, "permutation \(slot): S-box of partial round \(round)")
      state[0] = power
      state = internalLayer(state)
    }
    for round in 4..<8 { requireFull(round, &state, on: rows) }
  }

  private func requireFull<Column>(_ round: Int, _ state: inout [Expression], on rows: Constraints<Column>.Rows) {
    let powers = state.indices.map { lane in
      seventh(
        of: state[lane] + parameters.external[round][lane], cube: cells[layout.cube(round: round, lane)], on: rows)
    }
    let mixed = externalLayer(powers)
    for lane in state.indices {
      state[lane] = cells[layout.state(after: round, lane)]
      rows.require(mixed[lane], equals: state[lane], "permutation \(slot): lane \(lane) after full round \(round)")
    }
  }

  /// x^7 = x y^2, where y = x^3 is required.
  private func seventh<Column>(
    of x: Expression, cube: Expression, on rows: Constraints<Column>.Rows
  ) -> Expression {
    rows.require(x * x * x, equals: cube, "permutation \(slot): a cube")
    return x * (cube * cube)
  }

  private func externalLayer(_ state: [Expression]) -> [Expression] {
    var mixed: [Expression] = []
    for first in stride(from: 0, to: state.count, by: 4) { mixed += mixFour(Array(state[first..<first + 4])) }
    let sums = (0..<4).map { k in
      stride(from: k + 4, to: mixed.count, by: 4).reduce(mixed[k]) { $0 + mixed[$1] }
    }
    return mixed.indices.map { mixed[$0] + sums[$0 % 4] }
  }

  /// The product with the matrix of rows (2 3 1 1), (1 2 3 1), (1 1 2 3), (3 1 1 2).
  private func mixFour(_ x: [Expression]) -> [Expression] {
    let (x01, x23) = (x[0] + x[1], x[2] + x[3])
    let sum = x01 + x23
    let (sum1, sum3) = (sum + x[1], sum + x[3])
    return [sum1 + x01, sum1 + (x[2] + x[2]), sum3 + x23, sum3 + (x[0] + x[0])]
  }

  private func internalLayer(_ state: [Expression]) -> [Expression] {
    let sum = state.dropFirst().reduce(state[0]) { $0 + $1 }
    return zip(state, parameters.diagonal).map { sum + $0 * $1 }
  }
}
