// The report's figures against the study they come from and against the formulas written down once more.

import ApusField
import ApusMerkle
import ApusSTARK
import Glibc
import Testing

@Suite struct SecurityReportTests {
  // MARK: The study

  /// Sizes, and what the study's estimator computes for them: queries, regime, and the bits of every round before work.
  struct Fact: Sendable {
    let preset: SecurityPreset
    let input: SoundnessInput
    let queries: Int
    let multiplicity: Int?
    let bits: [Double]

    init(
      _ level: Int, _ logRows: Int, _ openedValues: Int, _ constraints: Int, _ degree: Int, _ points: Int,
      queries: Int, multiplicity: Int?, bits: [Double]
    ) {
      preset = level == 100 ? .proven100 : .proven128
      input = .init(logRows, constraints: constraints, degree: degree, openedValues: openedValues, points: points)
      self.queries = queries
      self.multiplicity = multiplicity
      self.bits = bits
    }

    static let all = [
      Fact(100, 5, 9, 5, 2, 2, queries: 84, multiplicity: 15, bits: [147.258329, 138.026148, 122.348429, 80.026320]),
      Fact(100, 5, 17, 6, 3, 4, queries: 88, multiplicity: 8, bits: [147.862028, 139.272064, 125.682052, 80.303270]),
      Fact(
        100, 9, 17, 6, 3, 4, queries: 81, multiplicity: 59,
        bits: [145.054673, 129.739193, 107.645327, 111.837972, 115.645327, 80.013848]),
      Fact(
        100, 12, 20, 3, 2, 2, queries: 81, multiplicity: 59,
        bits: [146.054673, 127.159738, 104.397399, 108.837972, 111.837972, 115.645327, 80.013848]),
      Fact(
        100, 16, 632, 210, 3, 2, queries: 81, multiplicity: 59,
        bits: [139.925390, 122.744806, 95.343830, 104.837972, 107.837972, 110.837972, 114.060364, 80.013848]),
      Fact(
        100, 19, 632, 210, 3, 2, queries: 81, multiplicity: 59,
        bits: [
          139.925390, 119.744816, 92.343830, 101.837972, 104.837972, 107.837972, 110.837972, 114.060364, 80.013848,
        ]),
      Fact(
        100, 20, 632, 210, 3, 3, queries: 81, multiplicity: 59,
        bits: [
          139.925390, 118.744816, 91.343830, 100.837972, 103.837972, 106.837972, 109.837972, 112.837972, 80.013848,
        ]),
      Fact(
        100, 22, 5000, 900, 5, 6, queries: 81, multiplicity: 59,
        bits: [
          137.825854, 116.159854, 86.357903, 98.837972, 101.837972, 104.837972, 107.837972, 110.837972, 114.060364,
          80.013848,
        ]),
      Fact(
        100, 24, 2000, 1000, 5, 5, queries: 81, multiplicity: 59,
        bits: [
          137.673851, 114.159855, 85.680264, 96.837972, 99.837972, 102.837972, 105.837972, 108.837972, 111.837972,
          115.645327, 80.013848,
        ]),
      Fact(128, 5, 9, 5, 2, 2, queries: 114, multiplicity: 14, bits: [147.354544, 138.218578, 122.829505, 108.228628]),
      Fact(128, 5, 17, 6, 3, 4, queries: 119, multiplicity: 8, bits: [147.862028, 139.272064, 125.682052, 108.591922]),
      Fact(
        128, 9, 17, 6, 3, 4, queries: 110, multiplicity: 40,
        bits: [145.609640, 130.849128, 110.420165, 114.612810, 118.420165, 108.028590]),
      Fact(
        128, 12, 20, 3, 2, 2, queries: 111, multiplicity: 27,
        bits: [147.168131, 129.386654, 109.964689, 114.405262, 117.405262, 121.212616, 108.061585]),
      Fact(
        128, 16, 632, 210, 3, 2, queries: 118, multiplicity: 9,
        bits: [142.572280, 128.038587, 108.578250, 118.072392, 121.072392, 124.072391, 127.294784, 108.795704]),
      Fact(
        128, 19, 632, 210, 3, 2, queries: 123, multiplicity: 6,
        bits: [
          143.119768, 126.133572, 108.315582, 117.809723, 120.809723, 123.809723, 126.809722, 130.032113, 108.796302,
        ]),
      Fact(
        128, 20, 632, 210, 3, 3, queries: 126, multiplicity: 5,
        bits: [
          143.360776, 125.615588, 108.520495, 118.014636, 121.014636, 124.014636, 127.014636, 130.014632, 108.674556,
        ]),
      Fact(
        128, 22, 5000, 900, 5, 6, queries: 160, multiplicity: nil,
        bits: [
          144.720672, 129.949489, 119.662066, 132.142134, 135.142121, 138.142018, 141.141197, 144.134641, 147.334781,
          108.491439,
        ]),
      Fact(
        128, 24, 2000, 1000, 5, 5, queries: 160, multiplicity: nil,
        bits: [
          144.568669, 127.949490, 118.984428, 130.142135, 133.142132, 136.142106, 139.141901, 142.140258, 145.127185,
          148.919743, 108.491491,
        ]),
    ]
  }

  @Test(arguments: Fact.all)
  func reportAgreesWithTheStudy(fact: Fact) throws {
    let report = try #require(SecurityReport(fact.preset, fact.input))
    #expect(report.queries == fact.queries)
    #expect(report.regime == fact.multiplicity.map { .johnson(multiplicity: $0) } ?? .unique)
    let rounds = report.terms.dropLast(2)
    #expect(rounds.count == fact.bits.count)
    for (term, bits) in zip(rounds, fact.bits) { #expect(abs(term.bits - bits) < 1e-5, "\(term.name)") }
  }

  // MARK: The formulas

  static let inputs = (5...24).flatMap { logRows in
    [(1, 1, 6, 1), (8, 3, 30, 4), (210, 3, 632, 2), (3000, 5, 20_000, 7)].map { constraints, degree, values, points in
      SoundnessInput(logRows, constraints: constraints, degree: degree, openedValues: values, points: points)
    }
  }

  @Test(arguments: SecurityPreset.all)
  func everyTermFollowsItsFormula(preset: SecurityPreset) throws {
    for input in Self.inputs {
      let report = try #require(SecurityReport(preset, input))
      let formulas = SoundnessFormulas(input: input, regime: report.regime)
      let rounds = Array(report.terms.dropLast(3))
      #expect(rounds.map(\.name) == formulas.rounds.map(\.name))
      for (term, expected) in zip(rounds, formulas.rounds) {
        #expect(abs(term.bits - expected.bits) < 1e-9)
        // As much work as is missing, and no more.
        #expect(term.grinding == max(0, Int((Double(preset.level) - term.bits).rounded(.up))))
      }
      let queries = report.terms[rounds.count]
      #expect(queries.name == "FRI queries" && queries.grinding == 20)
      #expect(abs(queries.bits - Double(report.queries) * formulas.bitsOfAQuery!) < 1e-9)
      #expect(report.terms.suffix(2).map(\.total) == [128, 128])
      #expect(report.provenBits >= Double(preset.level))
      #expect(report.provenBits == report.terms.map { $0.bits + Double($0.grinding) }.min())
    }
  }

  /// No regime reaches the level with fewer queries, and none with one query less.
  @Test(arguments: SecurityPreset.all)
  func theFewestQueriesAreTaken(preset: SecurityPreset) throws {
    for input in Self.inputs {
      let report = try #require(SecurityReport(preset, input))
      let regimes = [DecodingRegime.unique] + (3..<400).map { .johnson(multiplicity: $0) }
      let needed = regimes.compactMap { regime -> Int? in
        let formulas = SoundnessFormulas(input: input, regime: regime)
        guard let bits = formulas.bitsOfAQuery else { return nil }
        guard formulas.rounds.allSatisfy({ $0.bits + 20 >= Double(preset.level) }) else { return nil }
        return Int((Double(preset.level - 20) / bits).rounded(.up))
      }
      #expect(report.queries == needed.min())
    }
  }

  // MARK: Comparisons

  /// Whatever gives a cheater more to aim at never costs fewer queries.
  @Test(arguments: SecurityPreset.all)
  func moreIsNeverSafer(preset: SecurityPreset) throws {
    func queries(_ constraints: Int, _ degree: Int, _ values: Int, _ points: Int) throws -> Int {
      try #require(
        SecurityReport(
          preset, .init(10, constraints: constraints, degree: degree, openedValues: values, points: points))
      ).queries
    }
    let counts = [1, 10, 1000, 100_000]
    for ascending in [
      try counts.map { try queries($0, 2, 20, 2) }, try [1, 2, 3, 5].map { try queries(10, $0, 20, 2) },
      try counts.map { try queries(10, 2, $0, 2) }, try [1, 2, 4, 16, 64].map { try queries(10, 2, 20, $0) },
    ] { #expect(zip(ascending, ascending.dropFirst()).allSatisfy(<=)) }
  }

  @Test func aHigherLevelTakesMoreQueries() throws {
    for input in Self.inputs {
      let low = try #require(SecurityReport(.proven100, input)), high = try #require(SecurityReport(.proven128, input))
      #expect(low.queries < high.queries)
    }
  }

  // MARK: Refusals

  @Test func poseidon2DigestsAreTooShortFor128Bits() throws {
    let error = #expect(throws: ProofShapeError.self) {
      try Prover(.proven128, hash: .poseidon2).shape(of: Walk(rows: 64))
    }
    #expect(error == .hashTooWeak(preset: .proven128, hash: .poseidon2))
    #expect(
      error?.description == "proven128 needs 128 bits, but poseidon2 digests resist collisions with 123.6 bits only; "
        + "choose blake3, sha256 or keccak256, or a lower level")
    let report = try Prover(.proven100, hash: .poseidon2).shape(of: Walk(rows: 64)).security
    #expect(abs(report.terms.first { $0.name == "poseidon2 collisions" }!.bits - 4 * Glibc.log2(2_013_265_921)) < 1e-9)
  }

  @Test func aLevelOutOfReachIsRefused() throws {
    let lazy = SecurityPreset(
      id: 99, name: "no work", level: 128, logBlowup: 2, maximumArityLog: 3, finalLog: 5, maximumGrinding: 0)
    var walk = Walk(rows: 64)
    #expect(try Prover(lazy).shape(of: walk).security.provenBits >= 128)
    walk.rows = 1 << 24
    #expect(throws: ProofShapeError.levelOutOfReach(preset: lazy)) { try Prover(lazy).shape(of: walk) }
    #expect(try Prover().shape(of: walk).security.provenBits >= 128)
  }

  @Test func decimalsAreRoundedDown() {
    #expect([128, 127.99, 0.05, 100.1].map(oneDecimal) == ["128.0", "127.9", "0.0", "100.1"])
  }
}

extension SoundnessInput {
  init(_ logRows: Int, constraints: Int, degree: Int, openedValues: Int, points: Int) {
    var pieces = 1
    while pieces < degree - 1 { pieces *= 2 }
    self.init(
      logRows: logRows, constraintCount: constraints, degree: degree, quotientPieces: pieces,
      openedValues: openedValues, openedPoints: points)
  }
}

extension SecurityReport {
  /// With folds by at most 8 down to 32 coefficients.
  init?(_ preset: SecurityPreset, _ input: SoundnessInput) {
    self.init(preset: preset, input: input, folds: foldLogs(input.logRows), hash: .blake3)
  }
}

private func foldLogs(_ logRows: Int) -> [Int] {
  var (left, folds) = (logRows - 5, [Int]())
  while left > 0 {
    folds.append(min(3, left))
    left -= folds.last!
  }
  return folds
}

/// The study's formulas at rate 1/4, with the system's logarithm.
struct SoundnessFormulas {
  let input: SoundnessInput
  let regime: DecodingRegime

  private static let field = 5 * Glibc.log2(15 * 0x1p27 + 1)
  private let rate = 0.25
  private var rows: Double { exp2(Double(input.logRows)) }
  private var points: Double { Double(input.openedPoints) }

  private var listSize: Double {
    switch regime {
    case .unique: 1
    case .johnson(let m): (Double(m) + 0.5) / 0.5
    }
  }

  /// log2 of the exceptional points of a line of words of length 4 · rows.
  private func line(_ rows: Double) -> Double {
    let n = 4 * rows
    switch regime {
    case .unique: return Glibc.log2(0.375 * n + 1)
    case .johnson(let m):
      let (h, gamma) = (Double(m) + 0.5, 1 - 0.5 * (1 + 1 / (2 * Double(m))))
      return Glibc.log2((2 * pow(h, 5) + 3 * h * gamma * rate) * n / (3 * pow(rate, 1.5)) + h / sqrt(rate))
    }
  }

  /// `nil` if the regime does not reach polynomials of degree rows + points.
  var bitsOfAQuery: Double? {
    let effective = (rows + points) / (4 * rows)
    switch regime {
    case .unique: return -Glibc.log2((1 + effective) / 2)
    case .johnson(let m):
      let agreement = 0.5 * (1 + 1 / (2 * Double(m)))
      return agreement > sqrt(effective) ? -Glibc.log2(agreement) : nil
    }
  }

  var rounds: [(name: String, bits: Double)] {
    let (degree, pieces) = (Double(input.degree), Double(input.quotientPieces))
    let identity = max(degree * (rows + points - 1) + rows - 1, (pieces + 1) * rows + points - 1)
    var rounds = [
      ("constraint batching", Self.field - Glibc.log2(listSize) - Glibc.log2(Double(input.constraintCount))),
      ("out-of-domain point", Self.field - 2 * Glibc.log2(listSize) - Glibc.log2(identity)),
      ("DEEP batching", Self.field - line(rows) - Glibc.log2(Double(input.openedValues - 1))),
    ]
    var left = rows
    for (number, arityLog) in foldLogs(input.logRows).enumerated() {
      let arity = exp2(Double(arityLog))
      left /= arity
      rounds.append(("FRI fold \(number + 1)", Self.field - line(left) - Glibc.log2(arity - 1)))
    }
    return rounds
  }
}
