// Many states at once, on every instruction set: the same as the definition on one after the other.

import ApusField
import ApusPoseidon2
import Testing

@Suite struct ColumnTests {
  /// One row, around a vector's lanes, and more than one thread's share.
  static let rowCounts = [0, 1, 7, 8, 9, 15, 16, 17, 33, 600]

  @Test(arguments: Engine.allInstructionSets, PermutationName.allCases)
  func permutesEveryState(engine: Engine, name: PermutationName) throws {
    func check<P: TestedPermutation>(_: P.Type) throws {
      for rows in Self.rowCounts {
        let states = Rows<P.Element>(rows: rows, count: P.width, seed: UInt64(rows))
        var columns = states.columns(on: engine)
        try P.permute(&columns, on: engine)
        for row in 0..<rows {
          #expect(
            (0..<P.width).map { columns[row, $0].value64 } == P.reference.permuted(states[row]),
            "row \(row) of \(rows) on \(engine.instructionSet)")
        }
      }
    }
    try check(name.type)
  }

  @Test(arguments: Engine.allInstructionSets, PermutationName.allCases)
  func hashesEveryRow(engine: Engine, name: PermutationName) {
    func check<P: TestedPermutation>(_: P.Type) {
      for (rows, count) in Self.rowCounts.map({ ($0, P.rate + 3) }) + (0...2 * P.rate + 1).map({ (17, $0) }) {
        let input = Rows<P.Element>(rows: rows, count: count, seed: UInt64(rows + count))
        let digests = Poseidon2Sponge<P>.hashRows(of: input.columns(on: engine), on: engine)
        #expect(digests.rows == rows && digests.count == P.digestCount)
        for row in 0..<rows {
          #expect(
            (0..<P.digestCount).map { digests[row, $0].value64 }
              == P.reference.digest(of: input[row], rate: P.rate, count: P.digestCount),
            "row \(row) of \(rows) x \(count) on \(engine.instructionSet)")
        }
      }
    }
    check(name.type)
  }

  @Test(arguments: Engine.allInstructionSets, CompressionName.allCases)
  func compressesEveryPair(engine: Engine, name: CompressionName) throws {
    func check<P: TestedPermutation & Poseidon2Compression>(_: P.Type) throws {
      for rows in Self.rowCounts {
        let left = Rows<P.Element>(rows: rows, count: P.digestCount, seed: 1)
        let right = Rows<P.Element>(rows: rows, count: P.digestCount, seed: 2)
        let digests = try P.compress(left.columns(on: engine), right.columns(on: engine), on: engine)
        #expect(digests.rows == rows && digests.count == P.digestCount)
        for row in 0..<rows {
          #expect(
            (0..<P.digestCount).map { digests[row, $0].value64 }
              == Array(P.reference.permuted(left[row] + right[row])[..<P.digestCount]),
            "row \(row) of \(rows) on \(engine.instructionSet)")
        }
      }
    }
    try check(name.type)
  }

  @Test func refusesOtherShapes() {
    let engine = Engine.default
    var states = Columns<BabyBear>(rows: 4, count: 15, on: engine)
    #expect(throws: Poseidon2Error.wrongColumnCount(expected: 16, found: 15)) {
      try Poseidon2BabyBear16.permute(&states, on: engine)
    }
    let digests = Columns<BabyBear>(rows: 4, count: 8, on: engine)
    let wide = Columns<BabyBear>(rows: 4, count: 9, on: engine)
    let long = Columns<BabyBear>(rows: 5, count: 8, on: engine)
    #expect(throws: Poseidon2Error.wrongColumnCount(expected: 8, found: 9)) {
      _ = try Poseidon2BabyBear16.compress(wide, digests, on: engine)
    }
    #expect(throws: Poseidon2Error.wrongColumnCount(expected: 8, found: 9)) {
      _ = try Poseidon2BabyBear16.compress(digests, wide, on: engine)
    }
    #expect(throws: Poseidon2Error.differentRowCounts(left: 4, right: 5)) {
      _ = try Poseidon2BabyBear16.compress(digests, long, on: engine)
    }
  }
}

/// Values by row, and as columns.
private struct Rows<Element: TestedElement> {
  let rows: Int
  let count: Int
  private let values: [UInt64]

  init(rows: Int, count: Int, seed: UInt64) {
    self.rows = rows
    self.count = count
    values = ApusPoseidon2Tests.values(rows * count, below: Element.modulus64, seed: seed)
  }

  subscript(row: Int) -> [UInt64] { Array(values[row * count..<(row + 1) * count]) }

  func columns(on engine: Engine) -> Columns<Element> {
    var columns = Columns<Element>(rows: rows, count: count, on: engine)
    for row in 0..<rows {
      for column in 0..<count { columns[row, column] = Element(values[row * count + column]) }
    }
    return columns
  }
}
