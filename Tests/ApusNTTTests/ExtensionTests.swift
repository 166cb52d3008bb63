// Coset extension against direct evaluation of the polynomial, and against itself on every engine.

import ApusField
import ApusTestSupport
import Testing

@testable import ApusNTT

@Suite struct ExtensionTests {
  @Test(arguments: Engine.allInstructionSets)
  func everyValueOfSmallSizesOfBabyBear(engine: Engine) throws {
    for log in 0...7 {
      for blowup in [1, 2, 8] { try agrees(BabyBear.self, log: log, count: 3, blowup: blowup, on: engine) }
    }
  }

  @Test(arguments: Engine.allInstructionSets, [12, 13, 16, 17])
  func randomPointsOfLargeSizesOfBabyBear(engine: Engine, log: Int) throws {
    // One column is shared out by cosets, many by columns.
    for count in [1, 5] { try agrees(BabyBear.self, log: log, count: count, blowup: 4, on: engine, points: 4) }
  }

  /// Extends columns known by their coefficients. `points`: how many values of each column to compare; all if `nil`.
  private func agrees<F: TransformField & RandomElement>(
    _: F.Type, log: Int, count: Int, blowup: Int, on engine: Engine, points: Int? = nil
  ) throws {
    let rows = 1 << log
    let shift = F.generator
    let ntt = try NTT<F>(rows: rows)
    var trace = randomColumns(F.self, rows: rows, count: count, seed: UInt64(log), on: engine)
    let coefficients = (0..<count).map { trace.elements($0) }
    ntt.forward(&trace, on: engine)
    let extended = try ntt.lowDegreeExtension(of: trace, blowup: blowup, shift: shift, on: engine)
    #expect(extended.rows == rows && extended.count == count && extended.cosets == blowup)

    // The same from values on a coset, by way of bit-reversed coefficients.
    var values = Columns<F>(rows: rows, count: count, on: engine)
    let own = try ntt.lowDegreeExtension(of: trace, blowup: 1, shift: shift, on: engine)
    for c in 0..<count {
      values.withMutableColumn(c) { column in
        for i in 0..<rows { column[i] = own[coset: 0, row: i, column: c] }
      }
    }
    ntt.bitReversedCoefficients(of: &values, shift: shift, on: engine)
    let again = try ntt.lowDegreeExtension(
      ofBitReversedCoefficients: values, blowup: blowup, shift: shift, on: engine)

    let w = F.rootOfUnity(log: log + blowup.trailingZeroBitCount)
    let g = F.rootOfUnity(log: log)
    var random = SeededGenerator(seed: 5)
    for c in 0..<count {
      for n in 0..<(points ?? rows * blowup) {
        let place = points == nil ? n : Int.random(in: 0..<rows * blowup, using: &random)
        let (coset, row) = place.quotientAndRemainder(dividingBy: rows)
        let value = evaluate(coefficients[c], at: shift * w.power(coset) * g.power(row))
        #expect(
          extended[coset: coset, row: row, column: c] == value,
          "\(rows) rows, coset \(coset), row \(row), column \(c) on \(engine.instructionSet)")
        #expect(
          again[coset: coset, row: row, column: c] == value,
          "from coefficients: \(rows) rows, coset \(coset), row \(row), column \(c) on \(engine.instructionSet)")
      }
    }
  }
}
