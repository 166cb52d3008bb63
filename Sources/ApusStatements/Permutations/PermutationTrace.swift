// The trace of Poseidon2 permutations, column by column over blocks of rows that stay in a core's cache.

public import ApusField
internal import ApusPoseidon2
internal import ApusSTARK

extension PermutationStatement {
  /// The trace of the permutations of these states, on all threads.
  ///
  /// Permutation `n` stands in slot `n / rows` of row `n % rows`.
  ///
  /// - Parameter inputs: ``Poseidon2/width`` columns, a power of two of rows that is at least eight.
  public static func trace(of inputs: borrowing Columns<Element>, on engine: Engine) -> Columns<Element> {
    trace(of: inputs, perRow: permutationsPerRow, on: engine)
  }

  /// The same of rows with another number of permutations, a power of two.
  @specialized(where P == Poseidon2BabyBear16)
  @specialized(where P == Poseidon2Goldilocks8)
  package static func trace(
    of inputs: borrowing Columns<Element>, perRow permutationsPerRow: Int, on engine: Engine
  ) -> Columns<Element> {
    precondition(
      inputs.count == P.width && inputs.rows % permutationsPerRow == 0,
      "a state has \(P.width) elements, and a row takes \(permutationsPerRow) states")
    let layout = PermutationLayout(P.self)
    let rows = inputs.rows / permutationsPerRow
    let trace = Columns<Element>(uninitialized: rows, count: permutationsPerRow * layout.count, on: engine)
    let block = min(rows, PermutationBlock<P>.rows)
    let constants = PermutationBlock<P>.constants(rows: block, on: engine)
    let scratch = Columns<Element>(
      uninitialized: block, count: engine.threads * PermutationBlock<P>.scratchCount, on: engine)
    let kernels = engine.kernels(Element.self, rows: rows)
    let pointers = Shared((trace: trace.pointers, in: inputs.pointers, constants: constants.pointers, scratch.pointers))
    let perSlot = (rows + block - 1) / block
    engine.forEachRange(permutationsPerRow * perSlot, cells: layout.count * block) { range, worker in
      let (trace, inputs, constants, scratch) = pointers.value
      let free = scratch[worker * PermutationBlock<P>.scratchCount..<(worker + 1) * PermutationBlock<P>.scratchCount]
      for item in range {
        let (slot, number) = item.quotientAndRemainder(dividingBy: perSlot)
        let begin = number * block
        let cells = trace[slot * layout.count..<(slot + 1) * layout.count].map { $0 + begin }
        let count = min(block, rows - begin)
        for lane in 0..<P.width {
          cells[layout.input(lane)].update(from: inputs[lane] + slot * rows + begin, count: count)
        }
        PermutationBlock<P>(
          cells: cells, constants: constants, scratch: Array(free), layout: layout, kernels: kernels, count: count
        ).fill()
      }
    }
    withExtendedLifetime((ColumnOwner(constants), ColumnOwner(scratch))) {}
    return trace
  }
}

/// Keeps columns alive through a call that only has their pointers.
private final class ColumnOwner<Element: Field> {
  private let columns: Columns<Element>
  init(_ columns: consuming Columns<Element>) { self.columns = columns }
}

/// The permutations of one slot over some rows: from the inputs' cells to all others.
private struct PermutationBlock<P: Poseidon2> where P.Element: ProvingField {
  typealias Cell = UnsafeMutablePointer<P.Element>

  /// Rows whose states, a column for each lane, stay in the first cache.
  static var rows: Int { 256 }
  /// Columns for each thread: two states and some.
  static var scratchCount: Int { 2 * P.width + 8 }

  let cells: [Cell]
  /// The round constants' columns.
  let constants: [Cell]
  let scratch: [Cell]
  let layout: PermutationLayout
  let kernels: ColumnKernels<P.Element>
  let count: Int

  /// A column for each round constant: the full rounds' lane by lane, then the partial rounds'.
  static func constants(rows: Int, on engine: Engine) -> Columns<P.Element> {
    let values = P.parameters.external.flatMap { $0 } + P.parameters.internal
    let columns = Columns<P.Element>(uninitialized: rows, count: values.count, on: engine)
    for (index, value) in values.enumerated() { columns.pointer(index).update(repeating: value, count: rows) }
    return columns
  }

  private var lanes: Range<Int> { 0..<P.width }
  private var first: [Cell] { Array(scratch[0..<P.width]) }
  private var second: [Cell] { Array(scratch[P.width..<2 * P.width]) }
  private func free(_ index: Int) -> Cell { scratch[2 * P.width + index] }

  func fill() {
    externalLayer(lanes.map { cells[layout.input($0)] }, into: first)
    var state = first
    for round in 0..<4 { state = fullRound(round, state) }
    for lane in lanes { first[lane].update(from: state[lane], count: count) }
    for round in P.parameters.internal.indices { partialRound(round, first) }
    state = first
    for round in 4..<8 { state = fullRound(round, state) }
  }

  /// Leaves the state in its cells.
  private func fullRound(_ round: Int, _ state: [Cell]) -> [Cell] {
    for lane in lanes {
      seventh(
        of: state[lane], plus: constants[round * P.width + lane], cube: cells[layout.cube(round: round, lane)],
        into: second[lane])
    }
    let after = lanes.map { cells[layout.state(after: round, $0)] }
    externalLayer(second, into: after)
    return after
  }

  private func partialRound(_ round: Int, _ state: [Cell]) {
    let power = cells[layout.power(partial: round)]
    seventh(
      of: state[0], plus: constants[8 * P.width + round], cube: cells[layout.cube(partial: round)], into: power)
    state[0].update(from: power, count: count)
    let sum = free(0)
    add(sum, state[0], state[1])
    for lane in 2..<P.width { add(sum, sum, state[lane]) }
    for (lane, factor) in zip(state, P.parameters.diagonal) {
      kernels.scale(lane, lane, factor, count)
      add(lane, lane, sum)
    }
  }

  /// `out = (x + constant)^7`, by way of the cube's cell.
  private func seventh(of x: Cell, plus constant: Cell, cube: Cell, into out: Cell) {
    let sum = free(0)
    add(sum, x, constant)
    kernels.multiply(out, sum, sum, count)
    kernels.multiply(cube, out, sum, count)
    kernels.multiply(out, cube, cube, count)
    kernels.multiply(out, out, sum, count)
  }

  /// `out` is none of `state`.
  private func externalLayer(_ state: [Cell], into out: [Cell]) {
    for first in stride(from: 0, to: P.width, by: 4) { mixFour(Array(state[first..<first + 4]), first, out) }
    for k in 0..<4 {
      let sum = free(k)
      add(sum, out[k], out[k + 4])
      for lane in stride(from: k + 8, to: P.width, by: 4) { add(sum, sum, out[lane]) }
      for lane in stride(from: k, to: P.width, by: 4) { add(out[lane], out[lane], sum) }
    }
  }

  /// The product with the matrix of rows (2 3 1 1), (1 2 3 1), (1 1 2 3), (3 1 1 2).
  private func mixFour(_ x: [Cell], _ first: Int, _ out: [Cell]) {
    let (x01, x23, sum1, sum3) = (free(0), free(1), free(2), free(3))
    add(x01, x[0], x[1])
    add(x23, x[2], x[3])
    add(sum3, x01, x23)
    add(sum1, sum3, x[1])
    add(sum3, sum3, x[3])
    add(out[first], sum1, x01)
    add(out[first + 1], x[2], x[2])
    add(out[first + 1], out[first + 1], sum1)
    add(out[first + 2], sum3, x23)
    add(out[first + 3], x[0], x[0])
    add(out[first + 3], out[first + 3], sum3)
  }

  private func add(_ out: Cell, _ a: Cell, _ b: Cell) { kernels.add(out, a, b, count) }
}
