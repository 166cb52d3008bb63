// FRI's folds against interpolation, and which fibres a query opens.

import ApusField
import ApusSTARK
import ApusTestSupport
import Testing

@Suite struct FoldTests {
  /// A fold is the value at beta of the polynomial of degree below the arity through the fibre.
  @Test(arguments: 1...4)
  func aFoldInterpolatesTheFibre(arityLog: Int) {
    var generator = SeededGenerator(seed: UInt64(arityLog))
    for _ in 0..<20 {
      let (x, beta) = (BabyBear.random(using: &generator), BabyBear5.random(using: &generator))
      let w = BabyBear.rootOfUnity(log: arityLog)
      let fibre = (0..<1 << arityLog).map { (x: x * w.power($0), y: BabyBear5.random(using: &generator)) }
      let constants = FoldConstants<BabyBear5>(beta: beta, arityLog: arityLog)
      #expect(constants.fold(fibre.map(\.y), inverseX: x.inverse!) == interpolated(fibre, at: beta))
    }
  }

  /// Whole codewords: a polynomial with coefficients c folds to the one with coefficients sum of beta^t c[arity i + t].
  @Test(arguments: Engine.allInstructionSets, [5, 6, 7, 8, 9, 12])
  func aLayerFoldsToThePolynomialsFold(engine: Engine, logRows: Int) throws {
    let stages = try ProverStages<BabyBear5>(
      Doubling(rows: 1 << logRows), preset: .proven100, hash: .blake3, on: engine)
    let (shape, fri) = (stages.shape, FRIProver<BabyBear5>(shape: stages.shape.fri, on: engine))
    var generator = SeededGenerator(seed: UInt64(logRows))
    var coefficients = (0..<shape.rows).map { _ in BabyBear5.random(using: &generator) }
    var codeword = CosetColumns<BabyBear>(uninitialized: shape.rows, count: 5, cosets: shape.blowup, on: engine)
    var domain = EvaluationDomain<BabyBear>(shape: shape)
    for position in sample(domain) {
      let value = NaivePolynomial(coefficients: coefficients).value(at: BabyBear5(domain.point(at: position)))
      for limb in 0..<5 {
        codeword.pointer(limb, coset: position / domain.rows)[position % domain.rows] = value.coefficients[limb]
      }
    }
    for (number, arityLog) in shape.foldLogs.enumerated() {
      let beta = BabyBear5.random(using: &generator)
      let arity = 1 << arityLog
      coefficients = stride(from: 0, to: coefficients.count, by: arity).map { i in
        (0..<arity).reversed().reduce(.zero) { $0 * beta + coefficients[i + $1] }
      }
      let layer = fri.layer(number, committing: codeword)
      codeword = layer.folded(at: beta)
      domain = domain.folded(arityLog)
      for position in sample(domain) {
        let x = BabyBear5(domain.point(at: position))
        #expect(codeword.quintic(at: position) == NaivePolynomial(coefficients: coefficients).value(at: x))
      }
    }
    #expect(try fri.finalCoefficients(of: codeword) == coefficients)
  }

  /// All positions: naive evaluation is quadratic, but these codewords are short.
  private func sample(_ domain: EvaluationDomain<BabyBear>) -> Range<Int> { 0..<domain.rows * domain.cosets }

  @Test(arguments: 1...4)
  func fibresArePointsWithOneImage(arityLog: Int) throws {
    let domain = EvaluationDomain<BabyBear>(shape: try Prover().shape(of: Doubling(rows: 64)))
    let positions = [0, 1, 5, 17, 33, 63, 64, 70, 131, 192, 255]
    let queries = FoldQueries(positions: positions, rows: 64, arityLog: arityLog)
    let image = domain.folded(arityLog)
    #expect(zip(queries.leaves, queries.leaves.dropFirst()).allSatisfy(<))
    var known: [Int] = []
    for (leaf, members) in zip(queries.leaves, queries.known) {
      #expect(members.count == 1 << arityLog)
      for (member, number) in members.enumerated() {
        let position = FoldQueries.position(leaf: leaf, member: member, rows: 64, arityLog: arityLog)
        #expect(domain.point(at: position).power(1 << arityLog) == image.point(at: leaf))
        // Member j is the first one times w^j.
        let first = domain.point(at: FoldQueries.position(leaf: leaf, member: 0, rows: 64, arityLog: arityLog))
        #expect(domain.point(at: position) == first * BabyBear.rootOfUnity(log: arityLog).power(member))
        if let number {
          #expect(positions[number] == position)
          known.append(position)
        }
      }
    }
    #expect(known.sorted() == positions)
    #expect(queries.known.joined().count { $0 == nil } == (queries.leaves.count << arityLog) - positions.count)
  }
}
