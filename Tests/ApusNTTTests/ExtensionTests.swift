// Coset extension against direct evaluation of the polynomial, and against itself on every engine.

import ApusField
import ApusTestSupport
import Testing

import ApusNTT

@Suite struct ExtensionTests {
  @Test(arguments: Engine.allInstructionSets)
  func everyValueOfSmallSizes(engine: Engine) throws {
    for log in 0...7 {
      for blowup in [1, 2, 8] {
        try everyValue(BabyBear.self, log: log, blowup: blowup, on: engine)
        try everyValue(Goldilocks.self, log: log, blowup: blowup, on: engine)
      }
    }
  }

  private func everyValue<F: TestField>(_: F.Type, log: Int, blowup: Int, on engine: Engine) throws {
    let rows = 1 << log
    let shift = F.generator
    let polynomials = (0..<3).map { randomElements(F.self, count: rows, seed: UInt64($0)) }
    let subgroup = powers(ratio: F.rootOfUnity(log: log), count: rows)
    let w = F.rootOfUnity(log: log + blowup.trailingZeroBitCount)
    let domain = powers(shift, ratio: w, count: blowup).flatMap { offset in subgroup.map { offset * $0 } }
    let values = polynomials.map { polynomial in domain.map { evaluate(polynomial, at: $0) } }

    let ntt = try NTT<F>(rows: rows)
    let trace = columns(polynomials.map { polynomial in subgroup.map { evaluate(polynomial, at: $0) } }, on: engine)
    let extended = try ntt.lowDegreeExtension(of: trace, blowup: blowup, shift: shift, on: engine)
    #expect(extended.arrays == values, "2^\(log) rows of \(F.self), blowup \(blowup), on \(engine.instructionSet)")

    // From the first coset's values, by way of bit-reversed coefficients.
    var data = columns(values.map { Array($0[..<rows]) }, on: engine)
    ntt.bitReversedCoefficients(of: &data, shift: shift, on: engine)
    let again = try ntt.lowDegreeExtension(ofBitReversedCoefficients: data, blowup: blowup, shift: shift, on: engine)
    #expect(again.arrays == values, "2^\(log) rows of \(F.self), blowup \(blowup), on \(engine.instructionSet)")
  }

  @Test(arguments: Engine.allInstructionSets, [11, 12, 13, 15])
  func randomPointsOfLargeSizes(engine: Engine, log: Int) throws {
    try randomPoints(BabyBear.self, log: log, on: engine)
    try randomPoints(Goldilocks.self, log: log, on: engine)
  }

  private func randomPoints<F: TestField>(_: F.Type, log: Int, on engine: Engine) throws {
    let rows = 1 << log
    let blowup = 4
    let shift = F.generator
    let ntt = try NTT<F>(rows: rows)
    let g = F.rootOfUnity(log: log)
    let w = F.rootOfUnity(log: log + 2)
    var random = SeededGenerator(seed: UInt64(log))
    // One column's cosets are shared out to the threads; of many columns each thread takes its own.
    for count in [1, engine.threads + 1] {
      let polynomials = (0..<count).map { randomElements(F.self, count: rows, seed: UInt64($0)) }
      var trace = columns(polynomials, on: engine)
      ntt.forward(&trace, on: engine)
      let extended = try ntt.lowDegreeExtension(of: trace, blowup: blowup, shift: shift, on: engine)
      for (c, polynomial) in polynomials.enumerated() {
        for coset in 0..<blowup {
          let row = Int.random(in: 0..<rows, using: &random)
          #expect(
            extended[coset: coset, row: row, column: c]
              == evaluate(polynomial, at: shift * w.power(coset) * g.power(row)),
            "2^\(log) rows of \(F.self), coset \(coset), row \(row), column \(c) of \(count)")
        }
      }
    }
  }

  @Test func enginesAndThreadsGiveTheSameBits() throws {
    try sameBits(BabyBear.self)
    try sameBits(Goldilocks.self)
  }

  private func sameBits<F: TestField>(_: F.Type) throws {
    let rows = 1 << 13
    let ntt = try NTT<F>(rows: rows)
    for count in [1, 2, 9] {
      let values = (0..<count).map { randomElements(F.self, count: rows, seed: UInt64($0)) }
      var first: [[F]]?
      for instructionSet in InstructionSet.allCases where instructionSet.isSupported {
        for threads in [1, 4] {
          let engine = try Engine(instructionSet: instructionSet, threads: threads)
          let trace = columns(values, on: engine)
          let extended = try ntt.lowDegreeExtension(of: trace, blowup: 2, shift: .generator, on: engine).arrays
          #expect(trace.arrays == values, "the trace was written to")
          #expect(extended == first ?? extended, "\(count) columns, \(instructionSet), \(threads) threads")
          first = first ?? extended
        }
      }
    }
  }

  @Test func noColumnsGiveNone() throws {
    let engine = Engine.default
    let none = Columns<BabyBear>(rows: 8, count: 0, on: engine)
    let extended = try NTT<BabyBear>(rows: 8).lowDegreeExtension(of: none, blowup: 2, shift: .generator, on: engine)
    #expect(extended.count == 0 && extended.cosets == 2 && extended.rows == 8)
  }
}
