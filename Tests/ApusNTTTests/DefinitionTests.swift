// Transforms against their definition, for every small size on every instruction set, and there and back.

import ApusField
import ApusTestSupport
import Testing

import ApusNTT

@Suite struct DefinitionTests {
  @Test(arguments: Engine.allInstructionSets)
  func everySmallSizeOfBabyBear(engine: Engine) throws { try everySmallSize(BabyBear.self, on: engine) }
  @Test(arguments: Engine.allInstructionSets)
  func everySmallSizeOfGoldilocks(engine: Engine) throws { try everySmallSize(Goldilocks.self, on: engine) }

  private func everySmallSize<F: TestField>(_: F.Type, on engine: Engine) throws {
    for log in 0...9 {
      let rows = 1 << log
      // The largest element everywhere, and random ones.
      let polynomials = [[F](repeating: -.one, count: rows), randomElements(F.self, count: rows, seed: UInt64(log))]
      let domain = powers(ratio: F.rootOfUnity(log: log), count: rows)
      let values = polynomials.map { polynomial in domain.map { evaluate(polynomial, at: $0) } }

      let ntt = try NTT<F>(rows: rows)
      var data = columns(polynomials, on: engine)
      ntt.forward(&data, on: engine)
      #expect(data.arrays == values, "forward, 2^\(log) rows of \(F.self) on \(engine.instructionSet)")
      ntt.inverse(&data, on: engine)
      #expect(data.arrays == polynomials, "inverse, 2^\(log) rows of \(F.self) on \(engine.instructionSet)")

      let reversed = polynomials.map(bitReversed)
      var permuted = columns(reversed, on: engine)
      ntt.forward(&permuted, from: .bitReversed, on: engine)
      #expect(permuted.arrays == values, "forward, bit-reversed, 2^\(log) rows of \(F.self)")
      ntt.inverse(&permuted, to: .bitReversed, on: engine)
      #expect(permuted.arrays == reversed, "inverse, bit-reversed, 2^\(log) rows of \(F.self)")
    }
  }

  @Test(arguments: Engine.allInstructionSets)
  func thereAndBack(engine: Engine) throws {
    // 2^20 rows are past the second-level cache; once is enough for the depth of the recursion.
    for log in [10, 11, 12, 13, 14, 15, engine.instructionSet == .best ? 20 : 16] {
      try thereAndBack(BabyBear.self, log: log, on: engine)
      try thereAndBack(Goldilocks.self, log: log, on: engine)
    }
  }

  private func thereAndBack<F: TestField>(_: F.Type, log: Int, on engine: Engine) throws {
    let polynomial = randomElements(F.self, count: 1 << log, seed: 3)
    let ntt = try NTT<F>(rows: 1 << log)
    var data = columns([polynomial], on: engine)
    ntt.forward(&data, on: engine)
    let row = 12345 % ntt.rows
    #expect(data[row, 0] == evaluate(polynomial, at: F.rootOfUnity(log: log).power(row)), "2^\(log) rows of \(F.self)")
    ntt.inverse(&data, on: engine)
    #expect(data.arrays == [polynomial], "2^\(log) rows of \(F.self) on \(engine.instructionSet)")
  }
}
