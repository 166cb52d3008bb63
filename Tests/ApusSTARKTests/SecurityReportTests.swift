// The report's figures: known values, and the formulas written down once more.

import ApusField
import ApusMerkle
import ApusSTARK
import Glibc
import Testing

@Suite struct SecurityReportTests {
  // MARK: Known values

  /// Sizes, and what a program that tries every multiplicity, in another language, computes for them: queries, regime,
  /// and the bits of every round before work.
  struct Fact: Sendable {
    let preset: SecurityPreset
    let input: SoundnessInput
    let queries: Int
    let multiplicity: Int?
    let bits: [Double]

    init(
      _ preset: SecurityPreset, _ logRows: Int, _ openedValues: Int, _ constraints: Int, _ degree: Int, _ points: Int,
      queries: Int, multiplicity: Int?, bits: [Double]
    ) {
      self.preset = preset
      input = .init(
        preset, logRows, constraints: constraints, degree: degree, openedValues: openedValues, points: points)
      self.queries = queries
      self.multiplicity = multiplicity
      self.bits = bits
    }

    static let all = [
      Fact(
        .proven100, 5, 9, 5, 2, 2, queries: 84, multiplicity: 186,
        bits: [143.713224, 130.935939, 122.348429, 80.001228]),
      Fact(
        .proven100, 5, 17, 6, 3, 4, queries: 88, multiplicity: 122,
        bits: [144.097815, 131.743639, 125.682052, 80.004047]),
      Fact(
        .proven100, 9, 17, 6, 3, 4, queries: 81, multiplicity: 107,
        bits: [144.206911, 128.043670, 107.645327, 111.837972, 115.645327, 80.000501]),
      Fact(
        .proven100, 12, 20, 3, 2, 2, queries: 81, multiplicity: 60,
        bits: [146.030979, 127.112351, 104.397399, 108.837972, 111.837972, 115.645327, 80.001693]),
      Fact(
        .proven100, 16, 632, 210, 3, 2, queries: 81, multiplicity: 59,
        bits: [139.925412, 122.744850, 95.343830, 104.837972, 107.837972, 110.837972, 114.060364, 80.012065]),
      Fact(
        .proven100, 19, 632, 210, 3, 2, queries: 81, multiplicity: 59,
        bits: [
          139.925392, 119.744822, 92.343830, 101.837972, 104.837972, 107.837972, 110.837972, 114.060364, 80.013625,
        ]),
      Fact(
        .proven100, 20, 632, 210, 3, 3, queries: 81, multiplicity: 59,
        bits: [
          139.925392, 118.744820, 91.343830, 100.837972, 103.837972, 106.837972, 109.837972, 112.837972, 80.013681,
        ]),
      Fact(
        .proven100, 22, 5000, 900, 5, 6, queries: 81, multiplicity: 59,
        bits: [
          137.825855, 116.159856, 86.357903, 98.837972, 101.837972, 104.837972, 107.837972, 110.837972, 114.060364,
          80.013765,
        ]),
      Fact(
        .proven100, 24, 2000, 1000, 5, 5, queries: 81, multiplicity: 59,
        bits: [
          137.673851, 114.159855, 85.680264, 96.837972, 99.837972, 102.837972, 105.837972, 108.837972, 111.837972,
          115.645327, 80.013831,
        ]),
      Fact(
        .proven128, 5, 9, 5, 2, 2, queries: 114, multiplicity: 81,
        bits: [144.907528, 133.324547, 122.829505, 108.002509]),
      Fact(
        .proven128, 5, 17, 6, 3, 4, queries: 119, multiplicity: 97,
        bits: [144.427123, 132.402255, 125.682052, 108.006783]),
      Fact(
        .proven128, 9, 17, 6, 3, 4, queries: 110, multiplicity: 58,
        bits: [145.084739, 129.799326, 110.420165, 115.420165, 108.020291]),
      Fact(
        .proven128, 12, 20, 3, 2, 2, queries: 111, multiplicity: 27,
        bits: [147.168483, 129.387358, 109.964689, 114.405262, 118.212616, 108.022498]),
      Fact(
        .proven128, 16, 632, 210, 3, 2, queries: 118, multiplicity: 9,
        bits: [142.572302, 128.038631, 108.578250, 118.072392, 121.072392, 124.294784, 108.793106]),
      Fact(
        .proven128, 19, 632, 210, 3, 2, queries: 117, multiplicity: 8,
        bits: [142.732747, 125.359531, 106.380557, 115.874698, 118.874698, 121.874698, 125.097090, 106.766526]),
      Fact(
        .proven128, 20, 632, 210, 3, 3, queries: 116, multiplicity: 8,
        bits: [142.732747, 124.359530, 105.380557, 114.874698, 117.874698, 120.874698, 123.874698, 105.854071]),
      Fact(
        .proven128, 22, 5000, 900, 5, 6, queries: 126, multiplicity: 4,
        bits: [
          141.550748, 123.609641, 104.981790, 117.461858, 120.461858, 123.461858, 126.461858, 129.684250, 104.589320,
        ]),
      Fact(
        .proven128, 24, 2000, 1000, 5, 5, queries: 126, multiplicity: 4,
        bits: [
          141.398744, 121.609641, 104.304151, 115.461858, 118.461858, 121.461858, 124.461858, 127.461858, 131.269212,
          104.589423,
        ]),
      Fact(
        .proven128Small, 5, 9, 5, 2, 2, queries: 75, multiplicity: 246,
        bits: [142.810812, 129.131115, 119.397443, 109.000444]),
      Fact(
        .proven128Small, 5, 17, 6, 3, 4, queries: 77, multiplicity: 58,
        bits: [144.664088, 132.876186, 123.182069, 108.004341]),
      Fact(
        .proven128Small, 9, 17, 6, 3, 4, queries: 73, multiplicity: 49,
        bits: [144.825747, 129.281342, 108.670293, 113.670293, 108.020991]),
      Fact(
        .proven128Small, 12, 20, 3, 2, 2, queries: 74, multiplicity: 18,
        bits: [147.240389, 129.531171, 110.324220, 114.764792, 118.572147, 108.048843]),
      Fact(
        .proven128Small, 16, 632, 210, 3, 2, queries: 79, multiplicity: 6,
        bits: [142.619790, 128.133607, 108.815627, 118.309768, 121.309768, 124.532161, 109.375561]),
      Fact(
        .proven128Small, 19, 632, 210, 3, 2, queries: 78, multiplicity: 5,
        bits: [142.860779, 125.615594, 107.020581, 116.514722, 119.514722, 122.514722, 125.737114, 106.274511]),
      Fact(
        .proven128Small, 20, 632, 210, 3, 3, queries: 78, multiplicity: 5,
        bits: [142.860778, 124.615592, 106.020581, 115.514722, 118.514722, 121.514722, 124.514722, 106.274564]),
      Fact(
        .proven128Small, 22, 5000, 900, 5, 6, queries: 82, multiplicity: 3,
        bits: [
          141.413318, 123.334781, 104.294158, 116.774227, 119.774227, 122.774227, 125.774227, 128.996619, 104.763737,
        ]),
      Fact(
        .peers, 5, 9, 5, 2, 2, queries: 100, multiplicity: 1000,
        bits: [110.882860, 96.182101, 93.490550, 96.683194, 99.905581, 45.554741]),
      Fact(
        .peers, 5, 17, 6, 3, 4, queries: 100, multiplicity: 1000,
        bits: [110.661057, 95.777014, 96.472852, 100.665483, 103.887825, 41.431633]),
      Fact(
        .peers, 9, 17, 6, 3, 4, queries: 100, multiplicity: 1000,
        bits: [110.581708, 91.700154, 74.516506, 78.709151, 81.709151, 84.709151, 49.366521]),
      Fact(
        .peers, 12, 20, 3, 2, 2, queries: 100, multiplicity: 280,
        bits: [113.411095, 92.779473, 65.708174, 70.148746, 73.148746, 76.148746, 79.148746, 49.707392]),
      Fact(
        .peers, 16, 632, 210, 3, 2, queries: 100, multiplicity: 76,
        bits: [
          109.155951, 92.112820, 65.124089, 74.618231, 77.618231, 80.618231, 83.618231, 86.618231, 90.425586,
          49.051766,
        ]),
      Fact(
        .peers, 19, 632, 210, 3, 2, queries: 100, multiplicity: 53,
        bits: [
          109.671853, 90.144633, 64.703694, 74.197835, 77.197835, 80.197835, 83.197835, 86.197835, 89.197835,
          93.005190, 48.645072,
        ]),
      Fact(
        .peers, 20, 632, 210, 3, 3, queries: 100, multiplicity: 47,
        bits: [
          109.843463, 89.487854, 64.561751, 74.055892, 77.055892, 80.055892, 83.055892, 86.055892, 89.055892,
          92.278284, 48.473118,
        ]),
      Fact(
        .peers, 22, 5000, 900, 3, 6, queries: 100, multiplicity: 27,
        bits: [
          108.532423, 89.064844, 63.518302, 75.998371, 78.998371, 81.998371, 84.998371, 87.998371, 90.998371,
          93.998370, 97.805725, 47.352676,
        ]),
      Fact(
        .peers, 24, 2000, 1000, 3, 5, queries: 100, multiplicity: 25,
        bits: [
          108.489353, 87.282712, 63.385335, 74.543043, 77.543043, 80.543043, 83.543043, 86.543043, 89.543043,
          92.543042, 95.543041, 47.143063,
        ]),
    ]
  }

  @Test(arguments: Fact.all)
  func reportAgreesWithTheOtherProgram(fact: Fact) throws {
    let report = try SecurityReport(preset: fact.preset, input: fact.input, hash: .blake3)
    #expect(report.queries == fact.queries)
    #expect(report.regime == fact.multiplicity.map { .johnson(multiplicity: $0) } ?? .unique)
    let rounds = report.terms.dropLast(2)
    #expect(rounds.count == fact.bits.count)
    for (term, bits) in zip(rounds, fact.bits) { #expect(abs(term.bits - bits) < 1e-5, "\(term.name)") }
  }

  // MARK: The formulas

  static let sizes = (5...24).flatMap { logRows in
    [(1, 1, 6, 1), (8, 3, 30, 4), (210, 3, 632, 2), (3000, 5, 20_000, 7)].map { (logRows, $0) }
  }
  static func inputs(_ preset: SecurityPreset) -> [SoundnessInput] {
    sizes.map { logRows, size in
      let (constraints, degree, values, points) = size
      return SoundnessInput(
        preset, logRows, constraints: constraints, degree: min(degree, (1 << preset.logBlowup) + 1),
        openedValues: values, points: points)
    }
  }

  @Test(arguments: SecurityPreset.all)
  func everyTermFollowsItsFormula(preset: SecurityPreset) throws {
    for input in Self.inputs(preset) {
      guard let report = try? SecurityReport(preset: preset, input: input, hash: .blake3) else { continue }
      let formulas = SoundnessFormulas(preset: preset, input: input, regime: report.regime)
      let rounds = Array(report.terms.dropLast(3))
      #expect(rounds.map(\.name) == formulas.rounds.map(\.name))
      for (term, expected) in zip(rounds, formulas.rounds) {
        #expect(abs(term.bits - expected.bits) < 1e-9)
        // As much work as is missing, and no more.
        let missing = preset.level == 0 ? 0 : max(0, Int((Double(preset.level) - term.bits).rounded(.up)))
        #expect(term.grinding == missing)
      }
      let queries = report.terms[rounds.count]
      #expect(queries.name == "FRI queries" && queries.grinding <= preset.work.bits(logRows: input.logRows))
      #expect(abs(queries.bits - Double(report.queries) * formulas.bitsOfAQuery!) < 1e-9)
      #expect(report.terms.suffix(2).map(\.total) == [128, 128])
      #expect(report.provenBits >= Double(preset.level))
      #expect(report.provenBits == report.terms.map { $0.bits + Double($0.grinding) }.min())
    }
  }

  /// No regime reaches the level with fewer queries; of those with as many, none takes less work.
  @Test(arguments: [SecurityPreset.proven100, .proven128, .proven128Small])
  func theFewestQueriesAreTakenAndThenTheLeastWork(preset: SecurityPreset) throws {
    for input in Self.inputs(preset) {
      let best = SoundnessFormulas.regimes.compactMap { regime -> (queries: Int, work: Double)? in
        SoundnessFormulas(preset: preset, input: input, regime: regime).needed
      }.min { $0 < $1 }
      let report = try? SecurityReport(preset: preset, input: input, hash: .blake3)
      #expect(report?.queries == best?.queries)
      #expect(report?.work == best?.work)
    }
  }

  /// No regime proves more with as many queries.
  @Test func fixedQueriesAreReadInTheBestRegime() throws {
    for input in Self.inputs(.peers) {
      let report = try SecurityReport(preset: .peers, input: input, hash: .blake3)
      #expect(report.queries == 100)
      #expect(report.terms.filter { $0.grinding > 0 }.map(\.name) == ["FRI queries"])
      let best = SoundnessFormulas.regimes.compactMap { regime -> Double? in
        let formulas = SoundnessFormulas(preset: .peers, input: input, regime: regime)
        return formulas.bitsOfAQuery.map { min(100 * $0 + 16, formulas.rounds.map(\.bits).min()!) }
      }.max()!
      #expect(abs(report.provenBits - best) < 1e-9)
    }
  }

  // MARK: Comparisons

  /// Whatever gives a cheater more to aim at never costs fewer queries.
  @Test(arguments: [SecurityPreset.proven100, .proven128, .proven128Small])
  func moreIsNeverSafer(preset: SecurityPreset) throws {
    func queries(
      _ constraints: Int, _ degree: Int, _ values: Int, _ points: Int, rollIns: [SoundnessInput.RollIn] = []
    ) throws -> Int {
      let input = SoundnessInput(
        preset, 10, constraints: constraints, degree: degree, openedValues: values, points: points, rollIns: rollIns)
      return try SecurityReport(preset: preset, input: input, hash: .blake3).queries
    }
    let counts = [1, 10, 1000, 100_000]
    for ascending in [
      try counts.map { try queries($0, 2, 20, 2) }, try [1, 2, 3, 5].map { try queries(10, $0, 20, 2) },
      try counts.map { try queries(10, 2, $0, 2) }, try [1, 2, 4, 16, 64].map { try queries(10, 2, 20, $0) },
      [try queries(10, 2, 20, 2), try queries(10, 2, 20, 2, rollIns: [.init(logRows: 8, openedValues: 5000)])],
    ] { #expect(zip(ascending, ascending.dropFirst()).allSatisfy(<=)) }
  }

  @Test func aHigherLevelTakesMoreQueriesAndALargerBlowupFewer() throws {
    for (low, high) in zip(Self.inputs(.proven100), Self.inputs(.proven128)) {
      let queries = try [(SecurityPreset.proven100, low), (.proven128, high)].map {
        try SecurityReport(preset: $0.0, input: $0.1, hash: .blake3).queries
      }
      #expect(queries[0] < queries[1])
      if let small = try? SecurityReport(preset: .proven128Small, input: high, hash: .blake3) {
        #expect(small.queries < queries[1])
      }
    }
  }

  // MARK: Refusals

  @Test func poseidon2DigestsAreTooShortFor128Bits() throws {
    for preset in [SecurityPreset.proven128, .proven128Small] {
      let error = #expect(throws: ProofShapeError.self) {
        try Prover(preset, hash: .poseidon2).shape(of: Walk(rows: 64))
      }
      #expect(
        error
          == .hashTooWeak(
            preset: preset, hash: .poseidon2, bits: MerkleHash.poseidon2.collisionBits(order: BabyBear.order)))
      #expect(
        error?.description
          == "\(preset) needs 128 bits, but poseidon2 digests resist collisions with 123.6 bits only; "
          + "choose blake3, sha256 or keccak256, or a lower level")
    }
    let report = try Prover(.proven100, hash: .poseidon2).shape(of: Walk(rows: 64)).security
    #expect(abs(report.terms.first { $0.name == "poseidon2 collisions" }!.bits - 4 * Glibc.log2(2_013_265_921)) < 1e-9)
  }

  @Test func aLevelOutOfReachIsRefused() throws {
    let lazy = SecurityPreset(
      id: 99, name: "no work", queries: .reaching(level: 128), logBlowup: 2, maximumArityLog: 3, finalLog: 5,
      work: .atMost(0))
    var walk = Walk(rows: 64)
    #expect(try Prover(lazy).shape(of: walk).security.provenBits >= 128)
    walk.rows = 1 << 24
    let error = #expect(throws: ProofShapeError.self) { try Prover(lazy).shape(of: walk) }
    #expect(
      error?.description == "no proven parameters of no work reach 128 bits for a statement of this size: "
        + "DEEP batching comes to 125.9, and at most 0 bits of work are added")
    #expect(try Prover().shape(of: walk).security.provenBits >= 128)
  }

  @Test func decimalsAreRoundedDown() {
    let texts = ["128.0", "127.9", "0.0", "100.1", "-0.3", "-3.0"]
    #expect([128, 127.99, 0.05, 100.1, -0.25, -3].map(oneDecimal) == texts)
  }

  // MARK: Where it would read differently

  @Test func nearbyChangesAreThoseOfOtherReports() throws {
    for preset in SecurityPreset.all {
      for logRows in [5, 12, 19, 24] {
        let input = SoundnessInput(preset, logRows, constraints: 210, degree: 3, openedValues: 612, points: 3)
        guard let report = try? SecurityReport(preset: preset, input: input, hash: .blake3) else { continue }
        let others = (5...24).map { other -> SecurityReport? in
          var input = input
          input.logRows = other
          return try? SecurityReport(preset: preset, input: input, hash: .blake3)
        }
        let above = others.enumerated().map { ($0.offset + 5, $0.element) }.filter { $0.0 > logRows }
        let more = above.first { ($0.1?.queries ?? 0) > report.queries }?.0
        let end = above.first { $0.1 == nil }?.0
        let unique = report.regime == .unique ? nil : above.first { $0.1?.regime == .unique }?.0
        let fewer = (5..<logRows).last { (others[$0 - 5]?.queries ?? .max) < report.queries }
        #expect(Set(report.changes.map(\.logRows)) == Set([fewer, more, unique, end].compactMap { $0 }))
        for change in report.changes {
          #expect(change.queries == others[change.logRows - 5]?.queries)
          #expect(change.regime == others[change.logRows - 5]?.regime)
        }
      }
    }
  }

  @Test func theTextSaysWhereQueriesChange() throws {
    let input = SoundnessInput(.proven128, 19, constraints: 210, degree: 3, openedValues: 612, points: 3)
    let lines = try SecurityReport(preset: .proven128, input: input, hash: .blake3).description.split(separator: "\n")
    #expect(lines.first == "proven128: 128.0 bits proven (Johnson, m = 8), 117 queries")
    #expect(lines.contains { $0.hasPrefix("  DEEP batching") && $0.contains("of work  (DKT26: ") })
    #expect(lines.suffix(2) == ["  at 2^15 rows: 116 queries, 1 fewer", "  at 2^23 rows: 118 queries, 1 more"])

    let preset = SecurityPreset(
      id: 99, name: "little work", queries: .reaching(level: 128), logBlowup: 3, maximumArityLog: 3, finalLog: 8,
      work: .atMost(20))
    let other = try SecurityReport(preset: preset, input: input, hash: .blake3).description.split(separator: "\n")
    #expect(other.contains { $0.hasSuffix("more, and unique decoding takes over") })
    let none = SecurityPreset(
      id: 99, name: "no work", queries: .reaching(level: 128), logBlowup: 2, maximumArityLog: 3, finalLog: 8,
      work: .atMost(0))
    let short = SoundnessInput(none, 12, constraints: 210, degree: 3, openedValues: 612, points: 3)
    let last = try SecurityReport(preset: none, input: short, hash: .blake3).description.split(separator: "\n").last
    #expect(last == "  from 2^17 rows: out of reach")
  }
}

extension SoundnessInput {
  /// In the extension that the preset takes of BabyBear.
  init(
    _ preset: SecurityPreset, _ logRows: Int, constraints: Int, degree: Int, openedValues: Int, points: Int,
    rollIns: [RollIn] = []
  ) {
    self.init(
      extensionBits: (preset.extensionKind == .standard ? 5 : 4) * Glibc.log2(15 * 0x1p27 + 1), logRows: logRows,
      constraintCount: constraints, degree: degree, quotientPieces: Self.quotientPieces(degree: degree),
      openedValues: openedValues, openedPoints: points, rollIns: rollIns)
  }
}

/// The formulas, with the system's logarithm.
struct SoundnessFormulas {
  let preset: SecurityPreset
  let input: SoundnessInput
  let regime: DecodingRegime

  static let regimes = [DecodingRegime.unique] + (3...1000).map { .johnson(multiplicity: $0) }

  private var rate: Double { exp2(-Double(preset.logBlowup)) }
  private var rows: Double { exp2(Double(input.logRows)) }
  private var points: Double { Double(input.openedPoints) }
  private var openedRate: Double { rate * (rows + points) / rows }

  private var listSize: Double {
    switch regime {
    case .unique: 1
    case .johnson(let m): (Double(m) + 0.5) / sqrt(openedRate)
    }
  }
  private var agreement: Double {
    switch regime {
    case .unique: (1 + openedRate) / 2
    case .johnson(let m): sqrt(openedRate) * (1 + 1 / (2 * Double(m)))
    }
  }

  /// log2 of the exceptional points of a line of words of length rows / rate.
  private func line(_ rows: Double) -> Double {
    let n = rows / rate
    switch regime {
    case .unique: return Glibc.log2((1 - rate) / 2 * n + 1)
    case .johnson(let m):
      let h = Double(max(3, min(m, Int(ceil(sqrt(rate) / (2 * (agreement - sqrt(rate)))))))) + 0.5
      return Glibc.log2(
        (2 * pow(h, 5) + 3 * h * (1 - agreement) * rate) * n / (3 * pow(rate, 1.5)) + h / sqrt(rate))
    }
  }

  /// `nil` if no distance is left.
  var bitsOfAQuery: Double? { agreement < 1 ? -Glibc.log2(agreement) : nil }

  var rounds: [(name: String, bits: Double)] {
    let (degree, pieces) = (Double(input.degree), Double(input.quotientPieces))
    let identity = max(degree * (rows + points - 1) + rows - 1, (pieces + 1) * rows + points - 1)
    let field = input.extensionBits
    var rounds = [
      ("constraint batching", field - Glibc.log2(listSize) - Glibc.log2(Double(input.constraintCount))),
      ("out-of-domain point", field - 2 * Glibc.log2(listSize) - Glibc.log2(identity)),
      ("DEEP batching", field - line(rows) - Glibc.log2(Double(max(1, input.openedValues - 1)))),
    ]
    var (left, number) = (input.logRows, 1)
    while left > preset.finalLog {
      let arityLog = min(preset.maximumArityLog, left - preset.finalLog)
      left -= arityLog
      rounds.append(("FRI fold \(number)", field - line(exp2(Double(left))) - Glibc.log2(exp2(Double(arityLog)) - 1)))
      number += 1
    }
    return rounds
  }

  /// What it takes to reach the preset's level in this regime, if it can be.
  var needed: (queries: Int, work: Double)? {
    guard let bits = bitsOfAQuery else { return nil }
    let level = Double(preset.level), most = Double(preset.work.bits(logRows: input.logRows))
    let queries = ceil((level - most) / bits)
    let works = (rounds.map(\.bits) + [queries * bits]).map { max(0, ceil(level - $0)) }
    guard works.allSatisfy({ $0 <= most }) else { return nil }
    return (Int(queries), works.reduce(0) { $0 + ($1 > 0 ? exp2($1) : 0) })
  }
}
