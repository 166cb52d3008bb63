// Kernels that are chosen together, and the two classes of sizes for which they are.

internal import CApusRuntime

/// Kernels of one kind, for which a tuning chooses an instruction set.
public enum KernelFamily: Int, CaseIterable, Sendable {
  /// Arithmetic on columns of base and extension elements.
  case field
  case ntt
  case poseidon2
  case blake3
  case sha256
  /// Keccak-256 and SHA3-256.
  case keccak256
  /// Constraint programs over rows.
  case evaluate
}

/// Columns that fit a core's caches many times over, and those that do not.
public enum SizeClass: Int, CaseIterable, Sendable {
  case small, large

  /// Rows from which on columns are large.
  public static let largeRows = Int(APUS_TUNING_LARGE_ROWS)

  public init(rows: Int) { self = rows < Self.largeRows ? .small : .large }
}

/// An instruction set for each kernel family and size class; `nil` stands for the engine's own.
public struct InstructionSetChoices: Equatable, Sendable {
  private var sets = [InstructionSet?](repeating: nil, count: KernelFamily.allCases.count * SizeClass.allCases.count)

  /// Nothing chosen.
  public init() {}

  public subscript(family: KernelFamily, size: SizeClass) -> InstructionSet? {
    get { sets[family.rawValue * SizeClass.allCases.count + size.rawValue] }
    set { sets[family.rawValue * SizeClass.allCases.count + size.rawValue] = newValue }
  }

  /// With only those choices that this machine runs.
  var supported: InstructionSetChoices {
    var result = self
    for (index, set) in sets.enumerated() where set?.isSupported == false { result.sets[index] = nil }
    return result
  }
}
