// What the suites cover, and the list of them.

public import ApusBench
public import ApusField
import Glibc

/// How far the suites go.
public struct SuiteOptions: Sendable {
  /// Small sizes, and the widest instruction set beside the portable one.
  public let isQuick: Bool
  public let instructionSets: [InstructionSet]
  /// Transforms of many columns are measured on these, quick or not.
  let allInstructionSets: [InstructionSet]
  /// Work that is spread over threads is measured on one and on so many.
  public let threads: Int

  /// - Parameter instructionSet: this one alone; all that this machine runs if `nil`.
  public init(isQuick: Bool, instructionSet: InstructionSet?, threads: Int) {
    self.isQuick = isQuick
    self.threads = threads
    let supported = InstructionSet.allCases.filter(\.isSupported)
    let all = instructionSet.map { [$0] } ?? supported
    allInstructionSets = all
    instructionSets = isQuick ? all.filter { $0 == .portable || $0 == all.last } : all
  }

  /// An engine on one thread for each instruction set, tuned as the environment says.
  func engines() throws -> [Engine] { try instructionSets.map { try engine($0, threads: 1) } }

  /// Every set on one thread, and the widest on all of them.
  func allEngines() throws -> [Engine] {
    try allInstructionSets.dropLast().map { try engine($0, threads: 1) } + widestEngines()
  }

  /// The widest set on one thread, and on all of them where that is another number.
  func widestEngines() throws -> [Engine] {
    try Set([1, threads]).sorted().map { try engine(instructionSets.last, threads: $0) }
  }

  /// The widest set on two threads, four, and so on, and on all of them; none where there is but one.
  func sharingEngines() throws -> [Engine] {
    let doubled = sequence(first: 2) { $0 * 2 }.prefix { $0 < threads }
    return try (doubled + [threads]).filter { $0 > 1 }.map { try engine(instructionSets.last, threads: $0) }
  }

  private func engine(_ set: InstructionSet?, threads: Int) throws -> Engine {
    try Engine(instructionSet: set, threads: threads, tuning: EngineEnvironment.current.tuning)
  }

  /// Whether a group's memory leaves half of the machine's to others.
  func isRoom(forBytes bytes: Int) -> Bool {
    bytes <= sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 2
  }
}

/// All groups, in the order in which a report shows them.
///
/// - Throws: `EngineError`, if the machine does not run what the options ask for.
public func allGroups(_ options: SuiteOptions) throws -> [BenchGroup] {
  let suites: [(SuiteOptions) throws -> [BenchGroup]] = [
    elementwiseSuite, extensionSuite, matrixSuite, transformSuite, permutationSuite, hashSuite, evaluatorSuite,
    proverSuite, growthSuite, scriptSuite,
  ]
  return try suites.flatMap { try $0(options) }
}
