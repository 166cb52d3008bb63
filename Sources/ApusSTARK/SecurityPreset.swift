// The parameter sets that proofs may name. A proof carries an id; everything behind the id stands here.

public import ApusMerkle

/// How many queries FRI makes.
public enum QueryRule: Sendable, Equatable {
  /// As few as a level of proven bits takes.
  case reaching(level: Int)
  /// So many, whatever that proves.
  case fixed(Int)
}

/// Which extension of the trace's field challenges come from.
public enum ExtensionKind: Sendable, Equatable {
  /// Large enough for 128 proven bits: BabyBear's of degree 5, Goldilocks' of degree 3.
  case standard
  /// BabyBear's of degree 4, cheaper and below 128 bits; where a field has one extension only, that one.
  case short
}

/// The most leading zero bits that a proof of work is asked for, at each place.
public enum WorkRule: Sendable, Equatable {
  case atMost(Int)
  /// Three more than log2 of the rows, between bounds: a like share of the prover's own work for traces of every size.
  case withRows(ClosedRange<Int>)

  /// For a trace of `2^logRows` rows.
  public func bits(logRows: Int) -> Int {
    switch self {
    case .atMost(let bits): bits
    case .withRows(let bounds): min(bounds.upperBound, max(bounds.lowerBound, logRows + 3))
    }
  }
}

/// A named set of parameters, reached through its id only.
public struct SecurityPreset: Sendable, Equatable, CustomStringConvertible {
  /// What a proof carries.
  public let id: UInt8
  public let name: String
  public let queries: QueryRule
  public let extensionKind: ExtensionKind
  /// The low-degree extension's domain is `2^logBlowup` times the trace's.
  public let logBlowup: Int
  /// FRI folds by at most `2^maximumArityLog` at a time, until `2^finalLog` coefficients are left.
  public let maximumArityLog: Int
  public let finalLog: Int
  /// With a fixed number of queries, this is asked for before them, and nothing elsewhere.
  public let work: WorkRule

  package init(
    id: UInt8, name: String, queries: QueryRule, extensionKind: ExtensionKind = .standard, logBlowup: Int,
    maximumArityLog: Int, finalLog: Int, work: WorkRule
  ) {
    self.id = id
    self.name = name
    self.queries = queries
    self.extensionKind = extensionKind
    self.logBlowup = logBlowup
    self.maximumArityLog = maximumArityLog
    self.finalLog = finalLog
    self.work = work
  }

  public static let proven100 = SecurityPreset(
    id: 1, name: "proven100", queries: .reaching(level: 100), logBlowup: 2, maximumArityLog: 3, finalLog: 5,
    work: .atMost(20))
  // Arity and final polynomial give the smallest proofs of all at this blowup; the work is the least with which a period
  // of headers stays below 330 KiB (`apus security --statement headers --rows 2^19 --search`).
  public static let proven128 = SecurityPreset(
    id: 2, name: "proven128", queries: .reaching(level: 128), logBlowup: 2, maximumArityLog: 3, finalLog: 8,
    work: .withRows(20...24))
  /// The same level in three quarters of the bytes, for twice the prover's time and memory.
  public static let proven128Small = SecurityPreset(
    id: 3, name: "proven128-small", queries: .reaching(level: 128), logBlowup: 3, maximumArityLog: 3, finalLog: 8,
    work: .withRows(20...24))
  /// What other proof systems measure themselves with; promises no level.
  public static let peers = SecurityPreset(
    id: 4, name: "peers", queries: .fixed(100), extensionKind: .short, logBlowup: 1, maximumArityLog: 3, finalLog: 0,
    work: .atMost(16))
  public static let all = [proven100, proven128, proven128Small, peers]

  public static func named(_ name: String) -> SecurityPreset? { all.first { $0.name == name } }
  static func withID(_ id: UInt8) -> SecurityPreset? { all.first { $0.id == id } }

  /// The most leading zero bits of any proof of work.
  public var maximumGrinding: Int { work.bits(logRows: ProofShape.maximumRows.trailingZeroBitCount) }

  /// Proven bits that every term must reach; 0 where no level is promised.
  public var level: Int {
    switch queries {
    case .reaching(let level): level
    case .fixed: 0
    }
  }

  public var description: String { name }
}

extension SecurityPreset {
  /// log2 of each FRI fold's arity, in order.
  ///
  /// - Parameter stops: log2 of the rows of shorter codewords, which join when folding comes to their size.
  package func foldLogs(logRows: Int, stoppingAt stops: [Int] = []) -> [Int] {
    var folds: [Int] = []
    var left = logRows
    while left > finalLog {
      let stop = stops.filter { $0 < left }.max() ?? finalLog
      folds.append(min(maximumArityLog, left - max(finalLog, stop)))
      left -= folds[folds.count - 1]
    }
    return folds
  }
}

extension MerkleHash {
  public static func named(_ name: String) -> MerkleHash? { allCases.first { $0.name == name } }

  public var name: String {
    switch self {
    case .blake3: "blake3"
    case .sha256: "sha256"
    case .poseidon2: "poseidon2"
    case .keccak256: "keccak256"
    }
  }

  /// Bits of collision resistance: half the digest's.
  ///
  /// - Parameter order: of the field whose elements are hashed.
  public func collisionBits(order: UInt64) -> Double {
    switch self {
    case .blake3, .sha256, .keccak256: 128
    // Eight BabyBear elements, or four of Goldilocks, whose order is so close to 2^64 that 128 bits lack 10^-9.
    case .poseidon2: order < 1 << 32 ? 4 * log2(Double(order)) : 2 * log2(Double(order))
    }
  }

  /// Whether digests over the field resist collisions with so many bits.
  package func reaches(level: Int, order: UInt64) -> Bool {
    collisionBits(order: order) + SecurityReport.tolerance >= Double(level)
  }
}
