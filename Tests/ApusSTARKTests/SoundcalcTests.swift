// Terms of published systems against what soundcalc says of them: github.com/ethereum/soundcalc at commit 809896f,
// its reports/*.md, which give whole bits, rounded down.

import ApusSTARK
import Glibc
import Testing

@Suite struct SoundcalcTests {
  /// A system as a report describes it, and the report's rows.
  struct System: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let extensionBits: Double
    let logRows, logBlowup: Int
    let batch, constraints, degree, points: Int
    /// Work before the DEEP point, before batching, before each fold.
    var deepWork = 0
    var batchWork = 0
    var foldWork = 0
    let queries, queryWork: Int
    let folds: [Int]
    let unique: Row
    /// With the multiplicity that the report's gap is rounded up to.
    let johnson: (multiplicity: Int, row: Row)
  }
  struct Row: Sendable {
    var ali: Int?
    var deep: Int?
    let batching: Int
    let folds: [Int]
    let query: Int
  }

  private static let koalaBear4 = 4 * Glibc.log2(127 * 0x1p24 + 1)
  private static let babyBear4 = 4 * Glibc.log2(15 * 0x1p27 + 1)
  private static let goldilocks3 = 3 * Glibc.log2(0x1p64 - 0x1p32 + 1)
  private static let mersenne4 = 4 * Glibc.log2(0x1p31 - 1)

  static let systems = [
    System(
      testDescription: "Airbender", extensionBits: mersenne4, logRows: 24, logBlowup: 1, batch: 1225,
      constraints: 928, degree: 2, points: 2, deepWork: 12, foldWork: 5, queries: 87, queryWork: 28,
      folds: [4, 4, 4, 3, 3],
      unique: Row(ali: 114, deep: 110, batching: 90, folds: [106, 110, 114, 118, 121], query: 64),
      johnson: (15, Row(batching: 68, folds: [83, 87, 91, 95, 98], query: 67))),
    System(
      testDescription: "Pico riscv", extensionBits: koalaBear4, logRows: 22, logBlowup: 1, batch: 1435,
      constraints: 4729, degree: 3, points: 2, queries: 84, queryWork: 16, folds: [Int](repeating: 1, count: 22),
      unique: Row(ali: 111, batching: 92, folds: Array(103...122) + [122, 123], query: 50),
      johnson: (15, Row(batching: 69, folds: Array(81...102), query: 53))),
    System(
      testDescription: "OpenVM app", extensionBits: babyBear4, logRows: 23, logBlowup: 1, batch: 80_000,
      constraints: 15_000, degree: 3, points: 2, deepWork: 5, batchWork: 20, queries: 193, queryWork: 20,
      folds: [Int](repeating: 1, count: 23),
      unique: Row(ali: 109, deep: 103, batching: 105, folds: Array(102...122) + [122, 123], query: 100),
      johnson: (15, Row(batching: 82, folds: Array(79...101), query: 106))),
    System(
      testDescription: "ZisK Dma", extensionBits: goldilocks3, logRows: 21, logBlowup: 1, batch: 46, constraints: 49,
      degree: 3, points: 3, queries: 229, queryWork: 16, folds: [3, 3, 3, 3, 3, 2],
      unique: Row(ali: 186, deep: 168, batching: 166, folds: [172, 175, 178, 181, 184, 187], query: 111),
      johnson: (67, Row(batching: 133, folds: [138, 141, 144, 147, 150, 154], query: 128))),
    System(
      testDescription: "ZisK Final_Compressed", extensionBits: goldilocks3, logRows: 15, logBlowup: 4, batch: 145,
      constraints: 158, degree: 8, points: 4, queries: 54, queryWork: 22, folds: [3, 3, 3],
      unique: Row(ali: 184, deep: 173, batching: 166, folds: [174, 177, 180], query: 71),
      johnson: (38, Row(batching: 134, folds: [141, 144, 147], query: 128))),
  ]

  @Test(arguments: systems)
  func uniqueDecodingAgrees(system: System) throws {
    let bounds = try ProximityBounds(
      .unique, logRows: system.logRows, openedPoints: 1, logBlowup: system.logBlowup)
    try compare(system, bounds, with: system.unique)
    #expect(queryBits(system, bounds) == system.unique.query)
  }

  @Test(arguments: systems)
  func theJohnsonRegimeAgrees(system: System) throws {
    let (multiplicity, row) = system.johnson
    func bounds(_ multiplicity: Int) throws -> ProximityBounds {
      try ProximityBounds(
        .johnson(multiplicity: multiplicity), logRows: system.logRows, openedPoints: 1, logBlowup: system.logBlowup)
    }
    try compare(system, bounds(multiplicity), with: row)
    // A query is judged by the gap itself, which lies between those of two multiplicities.
    #expect(try queryBits(system, bounds(multiplicity - 1)) <= row.query)
    #expect(try queryBits(system, bounds(multiplicity)) >= row.query)
  }

  private func compare(_ system: System, _ bounds: ProximityBounds, with row: Row) throws {
    let input = SoundnessInput(
      extensionBits: system.extensionBits, logRows: system.logRows, constraintCount: system.constraints,
      degree: system.degree, quotientPieces: 1, openedValues: system.batch, openedPoints: system.points)
    let bits = input.rounds(folds: system.folds, bounds: bounds).map(\.bits)
    if let ali = row.ali { #expect(whole(bits[0], 0) == ali) }
    if let deep = row.deep { #expect(whole(bits[1], system.deepWork) == deep) }
    #expect(whole(bits[2], system.batchWork) == row.batching)
    #expect(bits.dropFirst(3).map { whole($0, system.foldWork) } == row.folds)
  }

  private func queryBits(_ system: System, _ bounds: ProximityBounds) -> Int {
    whole(Double(system.queries) * bounds.bitsOfAQuery, system.queryWork)
  }

  private func whole(_ bits: Double, _ work: Int) -> Int { Int((bits + Double(work)).rounded(.down)) }

  // MARK: Lookups

  /// soundcalc counts roots alone: N · width. Vanishing denominators are the difference, one bit at most.
  @Test(arguments: [
    // Airbender: lookups, rows of lookup and table together, width, work, bits.
    (mersenne4, 208, 2 * ((1 << 24) - 1), 4, 5, 94), (mersenne4, 34, (1 << 24) - 1 + 65_536, 1, 5, 99),
    (mersenne4, 86, (1 << 24) - 1 + 524_288, 1, 5, 98), (mersenne4, 1, 2 * ((1 << 24) - 1), 10, 5, 100),
    // ZisK Dma.
    (goldilocks3, 1, 2 << 21, 11, 0, 166), (goldilocks3, 1, 1 << 21, 2, 0, 169), (goldilocks3, 2, 1 << 21, 1, 0, 169),
  ])
  func lookupsAgree(extensionBits: Double, lookups: Int, rows: Int, width: Int, work: Int, bits: Int) {
    let ours = LookupSoundness(columns: lookups, rows: rows, width: width).bits(extensionBits: extensionBits)
    let denominators = Glibc.log2(Double(width + 1) / Double(width))
    #expect(denominators <= 1)
    #expect(Int((ours + denominators + Double(work)).rounded(.down)) == bits)
  }

  @Test func lookupsByHand() {
    // 3 · 2^10 fractions of one value in a field of 2^124: 2^124 / (3 · 2^10 · 2).
    let bits = LookupSoundness(columns: 3, rows: 1024).bits(extensionBits: 124)
    #expect(abs(bits - (113 - Glibc.log2(3))) < 1e-9)
    #expect(abs(LookupSoundness(columns: 3, rows: 2048).bits(extensionBits: 124) - (bits - 1)) < 1e-9)
    #expect(abs(LookupSoundness(columns: 3, rows: 1024, width: 7).bits(extensionBits: 124) - (bits - 2)) < 1e-9)
  }

  // MARK: The second opinion

  /// Logarithms of line counts in the tests of Plonky3's p3-security 0.8.0, which cites Dao, Kominers and Thaler.
  @Test(arguments: [(2, 1, 3, 11.2521397647305), (20, 2, 3, 30.83710364131352), (20, 2, 10, 35.59199114347699)])
  func theSecondOpinionAgrees(logRows: Int, logBlowup: Int, multiplicity: Int, expected: Double) throws {
    // So many rows that the opened point does not show, and then the shorter line.
    let bounds = try ProximityBounds(
      .johnson(multiplicity: multiplicity), logRows: 40, openedPoints: 1, logBlowup: logBlowup)
    let count = try #require(bounds.secondOpinion(logRows: logRows))
    #expect(abs(Glibc.log2(count) - expected) < 1e-12)
  }

  @Test func uniqueDecodingHasNoSecondOpinion() throws {
    #expect(try ProximityBounds(.unique, logRows: 20, openedPoints: 1, logBlowup: 2).secondOpinion(logRows: 20) == nil)
  }
}
