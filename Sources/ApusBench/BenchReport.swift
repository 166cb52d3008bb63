// What a run found out: the machine, its limits, and every case. The table and the JSON text are two views of it.

/// One case's figures. Times are those of one call.
public struct CaseResult: Hashable, Sendable {
  public let label: CaseLabel
  public let work: Work
  /// Calls that made up one sample.
  public let calls: Int
  public let nanoseconds: Summary
  /// The median of the cycles of the thread that measured; of the other threads nothing is known.
  public let cycles: Double
  /// `nil` where nothing is known of the work.
  public let bound: Bound?

  public init(
    label: CaseLabel, work: Work, calls: Int, nanoseconds: Summary, cycles: Double, bound: Bound? = nil
  ) {
    self.label = label
    self.work = work
    self.calls = calls
    self.nanoseconds = nanoseconds
    self.cycles = cycles
    self.bound = bound
  }

  /// The bound as a share of the median: 1 is as fast as can be.
  public var shareOfLimit: Double? { bound.map { $0.nanoseconds / max(nanoseconds.median, 1e-3) } }
}

public struct GroupResult: Hashable, Sendable {
  public let name: String
  public let cases: [CaseResult]
  /// Whether the text says how times grow; the figures that it follows from are those of the cases.
  public let showsGrowth: Bool

  public init(name: String, cases: [CaseResult], showsGrowth: Bool = false) {
    self.name = name
    self.cases = cases
    self.showsGrowth = showsGrowth
  }

  /// How many times as fast a case on several threads is as the same on one; `nil` where there is no such pair.
  public func speedup(of one: CaseResult) -> Double? {
    var alone = one.label
    alone.threads = 1
    guard one.label.threads > 1, let base = cases.first(where: { $0.label == alone }) else { return nil }
    return base.nanoseconds.median / max(one.nanoseconds.median, 1e-3)
  }
}

/// Where and how a run was made.
public struct BenchMachine: Hashable, Sendable {
  public let cpu: String
  /// Threads that this process may use.
  public let threads: Int
  /// Core cycles per nanosecond, measured as the run began.
  public let gigahertz: Double
  public let cycleSource: CycleSource

  public init(cpu: String, threads: Int, gigahertz: Double, cycleSource: CycleSource) {
    self.cpu = cpu
    self.threads = threads
    self.gigahertz = gigahertz
    self.cycleSource = cycleSource
  }
}

public struct BenchReport: Hashable, Sendable {
  /// What stands in the JSON text before all else, and the version of what follows.
  public static let format = "apus bench"
  public static let version = 2

  public let machine: BenchMachine
  public let limits: MachineLimits
  public let groups: [GroupResult]

  public init(machine: BenchMachine, limits: MachineLimits, groups: [GroupResult]) {
    self.machine = machine
    self.limits = limits
    self.groups = groups
  }
}
