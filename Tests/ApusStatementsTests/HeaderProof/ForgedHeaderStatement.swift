// The header statement's constraints with public numbers and rows that no claim can have.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

/// What a verifier would check if it took limbs and rows from the prover instead of deriving them from a claim.
struct ForgedHeaderStatement: Statement {
  typealias Column = HeaderColumn
  static let name = HeaderStatement.name

  var rows: Int
  var publicValues: [BabyBear]
  var publicRows: [Int]
  var label: [UInt8] = []
  private let honest: HeaderStatement

  init(like honest: HeaderStatement) {
    rows = honest.rows
    publicValues = honest.publicValues
    publicRows = honest.publicRows
    label = honest.label
    self.honest = honest
  }

  func constrain(_ c: inout Constraints<HeaderColumn>) { honest.constrain(&c) }
}

/// Where a claim's numbers stand among the public values.
enum PublicNumbers {
  static let previous = 0..<16
  static let last = 16..<32
  static let bits = 32..<34
  static let target = 34..<50
  static let firstTime = 50..<52
  /// The latest time first.
  static let timesBefore = 52..<74
  static let lastTimes = 74..<96
  static let count = 96
}

struct ForgedHeaderStatementTests {
  /// Otherwise no attack on the forged statement would say anything about the real one.
  @Test func constraintsAreTheRealOnes() throws {
    let chain = try HeaderChain(Array(dayInput().headers.prefix(3)))
    let real = HeaderStatement(chain.claim)
    var forged = ForgedHeaderStatement(like: real)
    forged.publicValues[PublicNumbers.target.lowerBound] += .one
    forged.publicRows[1] -= 1
    #expect(ConstraintGraph(of: forged).digest == ConstraintGraph(of: real).digest)
    #expect(real.publicValues.count == PublicNumbers.count)
  }
}
