// Many states at once, on every instruction set: the same as the definition on one after the other.

import ApusField
import ApusPoseidon2
import Testing

@Suite struct ColumnTests {
  /// None, one, and around a vector's lanes.
  static let rowCounts = [0, 1, 7, 8, 9, 15, 16, 17, 33]
  /// More than one thread's share; these rows are compared with the one-state functions, which are quicker.
  static let manyRows = 600

  @Test(arguments: PermutationName.allCases)
  func permutesEveryState(_ name: PermutationName) throws {
    func check<P: TestedPermutation>(_: P.Type, rows: Int, _ permuted: ([UInt64]) -> [UInt64]) throws {
      let states = Rows<P.Element>(rows: rows, count: P.width, seed: UInt64(rows))
      let expected = states.map(permuted)
      for engine in Engine.allInstructionSets {
        var columns = states.columns(on: engine)
        try P.permute(&columns, on: engine)
        #expect(words(columns) == expected, "\(rows) states on \(engine.instructionSet)")
      }
    }
    func checkAll<P: TestedPermutation>(_: P.Type) throws {
      for rows in Self.rowCounts { try check(P.self, rows: rows, P.reference.permuted) }
      try check(P.self, rows: Self.manyRows, P.permuted)
    }
    try checkAll(name.type)
  }

  @Test(arguments: PermutationName.allCases)
  func hashesEveryRow(_ name: PermutationName) {
    func check<P: TestedPermutation>(_: P.Type, rows: Int, count: Int, _ digest: ([UInt64]) -> [UInt64]) {
      let input = Rows<P.Element>(rows: rows, count: count, seed: UInt64(rows + count))
      let expected = input.map(digest)
      for engine in Engine.allInstructionSets {
        let digests = Poseidon2Sponge<P>.hashRows(of: input.columns(on: engine), on: engine)
        #expect(digests.count == P.digestCount)
        #expect(words(digests) == expected, "\(rows) rows of \(count) on \(engine.instructionSet)")
      }
    }
    func checkAll<P: TestedPermutation>(_: P.Type) {
      for rows in Self.rowCounts {
        check(P.self, rows: rows, count: P.rate + 3) {
          P.reference.digest(of: $0, rate: P.rate, count: P.digestCount)
        }
      }
      for count in 0...2 * P.rate + 1 { check(P.self, rows: 17, count: count, P.hash) }
      check(P.self, rows: Self.manyRows, count: P.rate + 3, P.hash)
    }
    checkAll(name.type)
  }

  @Test(arguments: CompressionName.allCases)
  func compressesEveryPair(_ name: CompressionName) throws {
    func check<P: TestedPermutation & Poseidon2Compression>(
      _: P.Type, rows: Int, _ permuted: ([UInt64]) -> [UInt64]
    ) throws {
      let left = Rows<P.Element>(rows: rows, count: P.digestCount, seed: 1)
      let right = Rows<P.Element>(rows: rows, count: P.digestCount, seed: 2)
      let expected = (0..<rows).map { Array(permuted(left[$0] + right[$0])[..<P.digestCount]) }
      for engine in Engine.allInstructionSets {
        let digests = try P.compress(left.columns(on: engine), right.columns(on: engine), on: engine)
        #expect(digests.count == P.digestCount)
        #expect(words(digests) == expected, "\(rows) pairs on \(engine.instructionSet)")
      }
    }
    func checkAll<P: TestedPermutation & Poseidon2Compression>(_: P.Type) throws {
      for rows in Self.rowCounts { try check(P.self, rows: rows, P.reference.permuted) }
      try check(P.self, rows: Self.manyRows, P.permuted)
    }
    try checkAll(name.type)
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

/// Random values, by row and as columns.
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
  func map(_ body: ([UInt64]) -> [UInt64]) -> [[UInt64]] { (0..<rows).map { body(self[$0]) } }

  func columns(on engine: Engine) -> Columns<Element> {
    var columns = Columns<Element>(rows: rows, count: count, on: engine)
    for row in 0..<rows {
      for column in 0..<count { columns[row, column] = Element(values[row * count + column]) }
    }
    return columns
  }
}

/// The columns' values by row.
private func words<Element: TestedElement>(_ columns: borrowing Columns<Element>) -> [[UInt64]] {
  var rows: [[UInt64]] = []
  for row in 0..<columns.rows {
    var words: [UInt64] = []
    for column in 0..<columns.count { words.append(columns[row, column].value64) }
    rows.append(words)
  }
  return rows
}
