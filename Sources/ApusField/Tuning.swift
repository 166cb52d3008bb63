// Choices that change how fast an engine works and never what it computes. Keys, ranges and presets are those of
// apus_tuning.h in CApusRuntime.

package import CApusRuntime

/// How an engine uses its machine.
///
/// The defaults are good on any machine; `apus tune` finds what is better on one, and writes it into a profile.
public struct Tuning: Equatable, Sendable {
  /// Where an engine's threads are pinned. Hardware threads of one core are the last to be shared in either order.
  public enum Affinity: Int, CaseIterable, Sendable {
    /// Where the system puts them, and may move them to.
    case none
    /// One NUMA node after the other.
    case compact
    /// NUMA nodes in turns.
    case spread
  }

  /// One for each usable CPU (affinity mask and cgroup quota) if `nil`, and never more; 1 to 1024.
  public var threads: Int?
  public var affinity = Affinity.none
  /// How long idle threads spin for more work before they sleep; 0 to 50.
  public var spinMicroseconds = 20
  /// Whether buffers from 2 MiB on ask for huge pages.
  public var hugePages = true
  /// Rows that a thread takes at a time in work on columns; a power of two from 256 to 65,536.
  public var blockRows = 4096
  /// Leaves of the subtrees that a thread takes at a time when a Merkle tree is built; a power of two from 128 to
  /// 65,536.
  public var subtreeLeaves = 1024
  /// Work on fewer field elements than this is done by the calling thread alone; 0 to 2^24.
  public var splitCells = 0
  /// Instruction sets of single kernel families.
  public var instructionSets = InstructionSetChoices()

  public init() {}

  /// Reads a profile that `apus tune` wrote.
  ///
  /// - Throws: ``TuningError``; ``TuningError/otherProcessor(path:reason:)`` for a sound profile that was made on
  ///   another processor, or where other CPUs were allowed: a reason to warn, and to go on with a default tuning.
  public init(profile path: String) throws(TuningError) {
    var values = apus_tuning()
    var error = apus_tuning_error()
    let status = apus_tuning_read(path, &values, &error)
    guard status == APUS_TUNING_OK else { throw TuningError(status, error, path: path) }
    self.init(values)
  }

  package init(_ values: apus_tuning) {
    func value(_ knob: apus_knob) -> Int { withUnsafePointer(to: values) { Int(apus_tuning_get($0, knob)) } }
    threads = value(APUS_KNOB_THREADS) == 0 ? nil : value(APUS_KNOB_THREADS)
    affinity = Affinity(rawValue: value(APUS_KNOB_AFFINITY)) ?? .none
    spinMicroseconds = value(APUS_KNOB_SPIN_MICROSECONDS)
    hugePages = value(APUS_KNOB_HUGE_PAGES) != 0
    blockRows = value(APUS_KNOB_BLOCK_ROWS)
    subtreeLeaves = value(APUS_KNOB_SUBTREE_LEAVES)
    splitCells = value(APUS_KNOB_SPLIT_CELLS)
    for (family, size, knob) in Self.setKnobs {
      let set = value(knob)
      instructionSets[family, size] = set == 0 ? nil : InstructionSet.allCases[set - 1]
    }
  }

  /// As profiles hold it.
  ///
  /// - Throws: ``EngineError/invalidTuning(_:)``, for a value out of its range.
  package func values() throws(EngineError) -> apus_tuning {
    var values = apus_tuning()
    apus_tuning_reset(&values)
    var numbers = [
      (APUS_KNOB_THREADS, threads ?? 0), (APUS_KNOB_AFFINITY, affinity.rawValue),
      (APUS_KNOB_SPIN_MICROSECONDS, spinMicroseconds), (APUS_KNOB_HUGE_PAGES, hugePages ? 1 : 0),
      (APUS_KNOB_BLOCK_ROWS, blockRows), (APUS_KNOB_SUBTREE_LEAVES, subtreeLeaves), (APUS_KNOB_SPLIT_CELLS, splitCells),
    ]
    for (family, size, knob) in Self.setKnobs {
      let set = instructionSets[family, size].flatMap { InstructionSet.allCases.firstIndex(of: $0) }
      numbers.append((knob, set.map { $0 + 1 } ?? 0))
    }
    for (knob, number) in numbers {
      guard let word = Int32(exactly: number), apus_tuning_set(&values, knob, word) != 0 else {
        throw .invalidTuning(Self.problem(knob, number))
      }
    }
    return values
  }

  private static func problem(_ knob: apus_knob, _ number: Int) -> String {
    guard let range = apus_tuning_range(knob)?.pointee else { preconditionFailure("every knob has a range") }
    let kind = range.power_of_two != 0 ? "a power of two" : "a number"
    return "\(String(cString: range.key)) is \(kind) from \(range.least) to \(range.most), not \(number)"
  }

  private static let setKnobs: [(KernelFamily, SizeClass, apus_knob)] = KernelFamily.allCases.flatMap { family in
    SizeClass.allCases.map { size in
      let offset = family.rawValue * SizeClass.allCases.count + size.rawValue
      return (family, size, apus_knob(APUS_KNOB_ISA_FIELD_SMALL.rawValue + UInt32(offset)))
    }
  }
}

/// Why a tuning profile is not used.
public enum TuningError: Error, Equatable, CustomStringConvertible {
  /// A sound profile, made on another processor or where other CPUs were allowed.
  case otherProcessor(path: String, reason: String)
  case unreadable(path: String, reason: String)
  /// Not a profile that this version knows; `position` is that of the first wrong byte.
  case malformed(path: String, position: Int, reason: String)

  public var description: String {
    switch self {
    case .otherProcessor(let path, let reason): "\(path) is not for this machine: \(reason)"
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .malformed(let path, let position, let reason): "\(path) is no tuning profile: byte \(position): \(reason)"
    }
  }

  /// Whether the profile is sound, and only not for this machine.
  public var isAboutProcessor: Bool { if case .otherProcessor = self { true } else { false } }

  init(_ status: apus_tuning_status, _ error: apus_tuning_error, path: String) {
    let reason = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    self =
      switch status {
      case APUS_TUNING_OTHER_PROCESSOR: .otherProcessor(path: path, reason: reason)
      case APUS_TUNING_UNREADABLE: .unreadable(path: path, reason: reason)
      default: .malformed(path: path, position: error.position, reason: reason)
      }
  }
}
