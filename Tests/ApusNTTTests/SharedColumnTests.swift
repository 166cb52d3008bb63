// Columns that several threads share: the words are those that one thread computes.

import ApusField
import ApusTestSupport
import Testing

import ApusNTT

@Suite struct SharedColumnTests {
  /// From columns that are too short to share, to one whose passes are three steps for many threads.
  @Test(arguments: [13, 14, 15, 16, 18])
  func babyBear(log: Int) throws { try sameWords(BabyBear.self, log: log) }
  @Test(arguments: [12, 13, 14, 15, 17])
  func goldilocks(log: Int) throws { try sameWords(Goldilocks.self, log: log) }

  private func sameWords<F: TestField>(_: F.Type, log: Int) throws {
    let alone = try Engine(instructionSet: .portable, threads: 1)
    let polynomials = (0..<2).map { randomElements(F.self, count: 1 << log, seed: UInt64($0)) }
    let expected = try results(polynomials, on: alone)
    for threads in [1, 2, 3, 4, 9] {
      let engine = try Engine(threads: threads)
      for instructionSet in InstructionSet.allCases where instructionSet.isSupported {
        let found = try results(polynomials, on: try engine.with(instructionSet))
        let one = try results([polynomials[0]], on: try engine.with(instructionSet))
        let place = "2^\(log) rows of \(F.self), \(threads) threads, \(instructionSet)"
        for call in expected.indices {
          #expect(found[call].words == expected[call].words, "\(found[call].name), \(place)")
          #expect(one[call].words == [expected[call].words[0]], "\(one[call].name), one column, \(place)")
        }
      }
    }
  }

  /// Every call that can share a column, by name.
  private func results<F: TestField>(_ polynomials: [[F]], on engine: Engine) throws -> [(name: String, words: [[F]])] {
    let ntt = try NTT<F>(rows: polynomials[0].count)
    var results: [(name: String, words: [[F]])] = []
    for order in [CoefficientOrder.natural, .bitReversed] {
      var data = columns(polynomials, on: engine)
      ntt.forward(&data, from: order, on: engine)
      results.append(("forward, \(order)", data.arrays))
      data = columns(polynomials, on: engine)
      ntt.inverse(&data, to: order, on: engine)
      results.append(("inverse, \(order)", data.arrays))
    }
    var data = columns(polynomials, on: engine)
    ntt.bitReversedCoefficients(of: &data, shift: .generator, on: engine)
    results.append(("inverse on a coset", data.arrays))
    for blowup in [1, 2] {
      let extended = try ntt.lowDegreeExtension(of: data, blowup: blowup, shift: .generator, on: engine)
      results.append(("extension by \(blowup)", extended.arrays))
    }
    return results
  }
}
