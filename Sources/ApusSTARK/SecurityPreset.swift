// The parameter sets that proofs may name. A proof carries an id; everything behind the id stands here.

public import ApusMerkle

/// A named set of parameters, reached through its id only.
public struct SecurityPreset: Sendable, Equatable, CustomStringConvertible {
  /// What a proof carries.
  public let id: UInt8
  public let name: String
  /// Proven bits that every term must reach.
  public let level: Int
  /// The low-degree extension's domain is `2^logBlowup` times the trace's.
  public let logBlowup: Int
  /// FRI folds by at most `2^maximumArityLog` at a time, until `2^finalLog` coefficients are left.
  public let maximumArityLog: Int
  public let finalLog: Int
  /// The most leading zero bits that a proof of work is asked for, at each place.
  public let maximumGrinding: Int

  package init(
    id: UInt8, name: String, level: Int, logBlowup: Int, maximumArityLog: Int, finalLog: Int, maximumGrinding: Int
  ) {
    self.id = id
    self.name = name
    self.level = level
    self.logBlowup = logBlowup
    self.maximumArityLog = maximumArityLog
    self.finalLog = finalLog
    self.maximumGrinding = maximumGrinding
  }

  public static let proven100 = SecurityPreset(
    id: 1, name: "proven100", level: 100, logBlowup: 2, maximumArityLog: 3, finalLog: 5, maximumGrinding: 20)
  public static let proven128 = SecurityPreset(
    id: 2, name: "proven128", level: 128, logBlowup: 2, maximumArityLog: 3, finalLog: 5, maximumGrinding: 20)
  public static let all = [proven100, proven128]

  public static func named(_ name: String) -> SecurityPreset? { all.first { $0.name == name } }
  static func withID(_ id: UInt8) -> SecurityPreset? { all.first { $0.id == id } }

  public var description: String { name }

  /// Whether challenges are drawn from the smaller extension of a field that has two.
  public var hasSmallExtension: Bool { false }
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
  public var collisionBits: Double {
    switch self {
    case .blake3, .sha256, .keccak256: 128
    // Eight BabyBear elements.
    case .poseidon2: 8 * log2(Double(2_013_265_921)) / 2
    }
  }
}
