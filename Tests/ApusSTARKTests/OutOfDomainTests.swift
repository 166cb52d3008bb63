// Openings at the out-of-domain points and the DEEP quotient built on them, against their definitions.

import ApusField
import ApusNTT
import ApusSTARK
import ApusTestSupport
import Testing

/// A statement's sizes with random columns in the place of its trace and quotient.
private struct RandomColumns {
  let stages: ProverStages<BabyBear5>
  let z, gamma: BabyBear5
  let trace, quotient: [NaivePolynomial<BabyBear>]

  init(rows: Int, exponent: Int, engine: Engine) throws {
    stages = try ProverStages<BabyBear5>(
      Walk(rows: rows, exponent: exponent), preset: .proven100, hash: .blake3, on: engine)
    var generator = SeededGenerator(seed: UInt64(rows + exponent))
    z = .random(using: &generator)
    gamma = .random(using: &generator)
    func polynomials(_ count: Int) -> [NaivePolynomial<BabyBear>] {
      (0..<count).map { _ in
        NaivePolynomial(coefficients: (0..<rows).map { _ in BabyBear.random(using: &generator) })
      }
    }
    trace = polynomials(4)
    quotient = polynomials(stages.shape.quotientColumns)
  }

  /// Values on the whole extension, point by point.
  func extended(_ polynomials: [NaivePolynomial<BabyBear>]) -> CosetColumns<BabyBear> {
    let shape = stages.shape
    let columns = CosetColumns<BabyBear>(
      uninitialized: shape.rows, count: polynomials.count, cosets: shape.blowup, on: stages.engine)
    for position in 0..<shape.rows * shape.blowup {
      let x = EvaluationDomain<BabyBear>(shape: shape).point(at: position)
      for (column, polynomial) in polynomials.enumerated() {
        columns.pointer(column, coset: position / shape.rows)[position % shape.rows] = polynomial.value(at: x)
      }
    }
    return columns
  }

  /// In the order of a proof: each polynomial and the point where it is opened.
  var opened: [(polynomial: NaivePolynomial<BabyBear>, point: BabyBear5)] {
    let g = BabyBear.rootOfUnity(log: stages.shape.logRows)
    // x at -1, 0 and 1; idle and echo at 0; sum at 0 and 3.
    return [(0, -1), (0, 0), (0, 1), (1, 0), (2, 0), (3, 0), (3, 3)].map { column, rotation in
      (trace[column], z * g.power((rotation + stages.shape.rows) % stages.shape.rows))
    } + quotient.map { ($0, z) }
  }
}

@Suite struct OutOfDomainTests {
  @Test(arguments: Engine.allInstructionSets, [(32, 2), (64, 3), (128, 5)])
  func openingsAreThePolynomialsValues(engine: Engine, size: (rows: Int, exponent: Int)) throws {
    let random = try RandomColumns(rows: size.rows, exponent: size.exponent, engine: engine)
    let openings = random.stages.openings(
      trace: random.extended(random.trace), quotient: random.extended(random.quotient), z: random.z)
    #expect(openings == random.opened.map { $0.polynomial.value(at: $0.point) })
  }

  /// D(x) = sum over opened values of gamma^i (f_i(x) - f_i(zeta_i)) / (x - zeta_i), on prover's and verifier's side.
  @Test(arguments: Engine.allInstructionSets, [(32, 2), (64, 3), (128, 5)])
  func deepQuotientFollowsItsDefinition(engine: Engine, size: (rows: Int, exponent: Int)) throws {
    let random = try RandomColumns(rows: size.rows, exponent: size.exponent, engine: engine)
    let (stages, shape) = (random.stages, random.stages.shape)
    let trace = random.extended(random.trace)
    let quotient = random.extended(random.quotient)
    // Claims need not be true for the formula to hold.
    var generator = SeededGenerator(seed: 5)
    let claims = random.opened.map { _ in BabyBear5.random(using: &generator) }
    let codeword = try stages.codeword(
      trace: trace, quotient: quotient, openings: claims, z: random.z, gamma: random.gamma)

    let positions = [0, 1, 2, 3, shape.rows - 1, shape.rows, 2 * shape.rows + 7, 4 * shape.rows - 1]
    let expected = positions.map { position in
      let x = EvaluationDomain<BabyBear>(shape: shape).point(at: position)
      return zip(random.opened, claims).enumerated().reduce(BabyBear5.zero) { sum, term in
        let (i, ((polynomial, point), claim)) = term
        let difference = BabyBear5(polynomial.value(at: x)) - claim
        return sum + random.gamma.power(i) * difference * (BabyBear5(x) - point).inverse!
      }
    }
    #expect(positions.map { codeword.quintic(at: $0) } == expected)

    let combination = DeepCombination<BabyBear5>(shape: shape, openings: claims, z: random.z, gamma: random.gamma)
    func rows(_ polynomials: [NaivePolynomial<BabyBear>]) -> [[BabyBear]] {
      positions.map { position in
        polynomials.map { $0.value(at: EvaluationDomain<BabyBear>(shape: shape).point(at: position)) }
      }
    }
    #expect(
      combination.values(
        traceRows: rows(random.trace), quotientRows: rows(random.quotient), at: positions, shape: shape) == expected)
  }

  /// The identity holds for a true trace at any point, and for the verifier's sum written out from the definition.
  @Test func identityIsTheBatchedConstraints() throws {
    for exponent in [2, 3, 5] {
      let walk = Walk(rows: 32, exponent: exponent)
      let stages = try ProverStages<BabyBear5>(walk, preset: .proven100, hash: .blake3, on: .default)
      var generator = SeededGenerator(seed: 8)
      let (alpha, z) = (BabyBear5.random(using: &generator), BabyBear5.random(using: &generator))
      let trace = try stages.extend(walk.trace)
      var openings = stages.openings(trace: trace, quotient: try stages.quotient(of: trace, alpha: alpha), z: z)
      #expect(stages.identity.holds(openings: openings, alpha: alpha, z: z))
      #expect(!stages.identity.holds(openings: openings, alpha: alpha + .one, z: z))
      for index in openings.indices where index != 3 {
        openings[index] += .one
        #expect(!stages.identity.holds(openings: openings, alpha: alpha, z: z), "opening \(index)")
        openings[index] -= .one
      }
    }
  }

  /// The quotient's pieces sum up, limb by limb, to the quotient that the bytecode evaluates.
  @Test(arguments: [2, 3, 5])
  func piecesAssembleToTheQuotient(exponent: Int) throws {
    let walk = Walk(rows: 32, exponent: exponent)
    let stages = try ProverStages<BabyBear5>(walk, preset: .proven100, hash: .blake3, on: .default)
    let alpha = BabyBear5(coefficients: [1, 2, 3, 4, 5])
    let trace = try stages.extend(walk.trace)
    let pieces = try stages.quotient(of: trace, alpha: alpha)
    for coset in 0..<4 {
      let values = stages.quotientValues(coset: coset, of: trace, alpha: alpha)
      for row in 0..<32 {
        let power = EvaluationDomain<BabyBear>(shape: stages.shape).point(at: 32 * coset + row).power(32)
        for limb in 0..<5 {
          let sum = (0..<stages.shape.quotientPieces).reversed().reduce(BabyBear.zero) {
            $0 * power + pieces[coset: coset, row: row, column: 5 * $1 + limb]
          }
          #expect(sum == values[row, limb])
        }
      }
    }
  }
}
