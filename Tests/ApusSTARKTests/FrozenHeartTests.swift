// Public values chosen after the challenges: what a transcript that forgets to absorb them would allow.

import ApusField
import ApusSTARK
import Testing

/// Each of six public values is the first value of the column.
struct SixClaims: Provable {
  enum Column: Int, CaseIterable, TraceColumn { case value }
  static let name = "six claims"

  let rows = 32
  var claims = [BabyBear](repeating: 11, count: 6)
  var publicValues: [BabyBear] { claims }

  func constrain(_ c: inout Constraints<Column>) {
    let c = c
    c.onFirstRow { for i in 0..<6 { $0.require(c[.value], equals: c.public(i), "claim \(i)") } }
  }

  func trace(on engine: Engine) -> Columns<BabyBear> { engine.powers(of: 3, from: 11, rows: rows) }
}

@Suite(.secondOpinion) struct FrozenHeartTests {
  /// Constraint i enters the identity with weight alpha^i; a change d_i of claim i moves it by -alpha^i L(z) d_i. These
  /// are six base-field unknowns in one equation over the quintic extension: there is a change that the identity at
  /// (alpha, z) does not notice.
  @Test func publicValuesSolvedForAfterTheChallengesAreRefused() throws {
    let honest = SixClaims()
    let cheater = try Cheater(honest)
    let outcome = try cheater.prove()
    let verifier = Verifier(demanding: .proven100)
    try verifier.verify(outcome.bytes, of: honest)

    let change = try #require(dependency(of: (0..<6).map { outcome.alpha.power($0) }))
    var forged = honest
    for i in 0..<6 { forged.claims[i] += change[i] }
    #expect(forged.claims != honest.claims)

    // With the honest statement's challenges the same openings satisfy the forged one.
    let identity = OutOfDomainIdentity<BabyBear5>(CapturedStatement(forged), shape: cheater.stages.shape)
    #expect(identity.holds(openings: outcome.openings, alpha: outcome.alpha, z: outcome.z))
    // The verifier's own challenges depend on the claims.
    let reason = VerificationError.constraintsNotSatisfied
    #expect(throws: reason) { try verifier.verify(outcome.bytes, of: forged) }
    SecondOpinion.ask(about: outcome.bytes, of: forged, demanding: .proven100, expecting: reason)
  }

  /// Base-field factors, not all zero, with which the six elements sum to zero; `nil` if the first five are dependent.
  private func dependency(of elements: [BabyBear5]) -> [BabyBear]? {
    // Rows: limbs. Gauss-Jordan on the first five columns, the sixth is the right-hand side.
    var matrix = (0..<5).map { limb in elements.map { $0.coefficients[limb] } }
    for column in 0..<5 {
      guard let pivot = (column..<5).first(where: { matrix[$0][column] != .zero }) else { return nil }
      matrix.swapAt(column, pivot)
      let inverse = matrix[column][column].inverse!
      matrix[column] = matrix[column].map { $0 * inverse }
      for row in 0..<5 where row != column {
        let factor = matrix[row][column]
        for i in 0..<6 { matrix[row][i] -= factor * matrix[column][i] }
      }
    }
    return matrix.map { .zero - $0[5] } + [.one]
  }
}
