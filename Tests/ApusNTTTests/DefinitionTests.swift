// Transforms against their definition, for every small size on every instruction set.

import ApusField
import ApusTestSupport
import Testing

@testable import ApusNTT

@Suite struct DefinitionTests {
  @Test(arguments: Engine.allInstructionSets)
  func everySmallSizeOfBabyBear(engine: Engine) throws {
    for log in 0...10 { try agreesWithDefinition(BabyBear.self, log: log, on: engine) }
  }

  private func agreesWithDefinition<F: TransformField & RandomElement>(_: F.Type, log: Int, on engine: Engine) throws {
    let rows = 1 << log
    var columns = randomColumns(F.self, rows: rows, count: 3, seed: UInt64(log), on: engine)
    let coefficients = (0..<3).map { columns.elements($0) }
    let ntt = try NTT<F>(rows: rows)
    ntt.forward(&columns, on: engine)
    let domain = powers(of: F.rootOfUnity(log: log), count: rows)
    for c in 0..<3 {
      let values = domain.map { evaluate(coefficients[c], at: $0) }
      #expect(columns.elements(c) == values, "column \(c) of \(rows) rows on \(engine.instructionSet)")
    }
    ntt.inverse(&columns, on: engine)
    for c in 0..<3 {
      #expect(columns.elements(c) == coefficients[c], "inverse, column \(c) of \(rows) rows on \(engine.instructionSet)")
    }
  }
}
