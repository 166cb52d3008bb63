// The format, held fast from both sides: proofs keep their bytes, and a verifier that knows the document reads them.

import ApusDigest
import ApusExamples
import ApusField
import ApusSTARK
import ApusStatements
import Testing

@Suite struct SpecimenTests {
  /// A change here is a change of the format or of what is proven: Protocol.md and the version in a proof's head change
  /// with it.
  @Test(arguments: Specimen.all)
  func aProofHasTheBytesThatItAlwaysHad(_ specimen: Specimen) throws {
    let bytes = try specimen.proof().bytes
    #expect(hexadecimal(BLAKE3.hash(bytes).prefix(16)) == specimen.digest)
  }

  @Test(.enabled(if: SecondOpinion.python != nil, SecondOpinion.absence))
  func theIndependentVerifierAcceptsHonestProofs() throws {
    let opinion = SecondOpinion()
    for specimen in Specimen.all {
      let (statement, bytes) = try specimen.proof()
      opinion.ask(about: bytes, of: statement, demanding: specimen.preset)
    }
    try opinion.judge()
  }

  /// Sizes, queries and work for every height: of few constraints and of many, of every number of pieces and points.
  @Test(.enabled(if: SecondOpinion.python != nil, SecondOpinion.absence), arguments: SecurityPreset.all)
  func theIndependentVerifierDerivesTheSameParameters(preset: SecurityPreset) throws {
    var statements: [CapturedStatement<BabyBear>] = sizes(preset)
    let headers = try HeaderInput(reading: OneDay.csv).headers
    for count in [1, 2, 5, 16, 144] {
      statements.append(CapturedStatement(HeaderStatement(try HeaderChain(Array(headers.prefix(count))).claim)))
    }
    try compare(statements, preset)
    try compare(sizes(preset) as [CapturedStatement<Goldilocks>], preset)
  }

  private func sizes<F>(_ preset: SecurityPreset) -> [CapturedStatement<F>] {
    var statements: [CapturedStatement<F>] = []
    for log in 5...24 {
      statements.append(CapturedStatement(DoublingOver<F>(rows: 1 << log)))
      statements.append(CapturedStatement(CarouselOver<F>(rows: 1 << log)))
      for exponent in [2, 3, 5] where exponent <= (1 << preset.logBlowup) + 1 {
        var walk = WalkOver<F>(rows: 32, exponent: exponent)
        walk.rows = 1 << log
        statements.append(CapturedStatement(walk))
      }
    }
    return statements
  }

  private func compare<F>(_ statements: [CapturedStatement<F>], _ preset: SecurityPreset) throws {
    let sizes = try SecondOpinion.sizes(of: statements, preset)
    #expect(sizes.count == statements.count)
    for (statement, sizes) in zip(statements, sizes) {
      let shape = try ProofShape(of: statement, preset: preset, hash: .blake3)
      // The last two terms are the digests' collisions, which no work helps.
      let work = shape.security.terms.dropLast(2).map(\.grinding)
      let expected = [shape.columnCount, shape.quotientPieces, shape.openedValues, shape.security.queries] + work
      #expect(sizes == expected.map { "\($0)" }.joined(separator: " "), "\(statement.name), \(statement.rows) rows")
    }
  }
}
