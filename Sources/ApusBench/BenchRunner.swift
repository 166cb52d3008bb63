// Measuring: groups one after the other, and within a group every case once in each round.

/// How long and how carefully to measure.
public struct BenchBudget: Sendable {
  /// For all cases together, preparation not counted.
  public var seconds: Double
  /// What one sample should last: so many calls make up one.
  public var sampleSeconds: Double
  public var minimumRounds: Int
  public var maximumRounds: Int

  public init(
    seconds: Double, sampleSeconds: Double = 0.001, minimumRounds: Int = 5, maximumRounds: Int = 1001
  ) {
    self.seconds = seconds
    self.sampleSeconds = sampleSeconds
    self.minimumRounds = minimumRounds
    self.maximumRounds = maximumRounds
  }
}

public struct BenchRunner {
  private let clock: any BenchClock
  private let limits: MachineLimits
  private let budget: BenchBudget
  private let onGroup: (_ group: BenchGroup) -> Void

  /// - Parameters:
  ///   - limits: what cases are held against.
  ///   - onGroup: told each group as it begins.
  public init(
    clock: any BenchClock, limits: MachineLimits, budget: BenchBudget,
    onGroup: @escaping (_ group: BenchGroup) -> Void = { _ in }
  ) {
    self.clock = clock
    self.limits = limits
    self.budget = budget
    self.onGroup = onGroup
  }

  /// Takes the groups out of the array, one after the other: what a group holds on to is freed before the next begins.
  ///
  /// - Throws: what a case's preparation throws.
  public func run(emptying groups: inout [BenchGroup]) throws -> [GroupResult] {
    let cases = groups.reduce(0) { $0 + $1.cases.count }
    var results: [GroupResult] = []
    groups.reverse()
    while let group = groups.popLast() {
      guard !group.cases.isEmpty else { continue }
      onGroup(group)
      let share = budget.seconds * Double(group.cases.count) / Double(cases)
      results.append(
        GroupResult(
          name: group.name, cases: try measure(group, seconds: share), showsGrowth: group.showsGrowth))
    }
    return results
  }

  private func measure(_ group: BenchGroup, seconds: Double) throws -> [CaseResult] {
    var runs = try group.cases.map { try Run($0, clock: clock, sampleSeconds: budget.sampleSeconds) }
    let start = clock.now.nanoseconds
    var rounds = 0
    while rounds < budget.minimumRounds
      || rounds < budget.maximumRounds && Double(clock.now.nanoseconds - start) < seconds * 1e9
    {
      // Back and forth, so that no case always follows the same one.
      let order = rounds % 2 == 0 ? Array(runs.indices) : runs.indices.reversed()
      for index in order { runs[index].sample(clock) }
      rounds += 1
    }
    return runs.map { $0.result(limits) }
  }
}

/// A case under way.
private struct Run {
  let one: BenchCase
  let body: () -> Void
  let calls: Int
  var nanoseconds: [Double] = []
  var cycles: [Double] = []

  /// Warms up, and finds how many calls a sample takes.
  init(_ one: BenchCase, clock: any BenchClock, sampleSeconds: Double) throws {
    self.one = one
    body = try one.prepare()
    body()
    var calls = 1
    while true {
      let start = clock.now.nanoseconds
      for _ in 0..<calls { body() }
      let passed = Double(clock.now.nanoseconds - start) / 1e9
      guard passed < sampleSeconds, calls < 1 << 20 else { break }
      // Not by more than fourfold at a time: the first calls still find cold caches and a slow clock.
      let wanted = Double(calls) * sampleSeconds / max(passed, 1e-9)
      calls = max(calls + 1, Int(min(wanted * 1.05, Double(calls) * 4)))
    }
    self.calls = calls
  }

  mutating func sample(_ clock: any BenchClock) {
    let start = clock.now
    for _ in 0..<calls { body() }
    let end = clock.now
    nanoseconds.append(Double(end.nanoseconds - start.nanoseconds) / Double(calls))
    cycles.append((end.cycles - start.cycles) / Double(calls))
  }

  func result(_ limits: MachineLimits) -> CaseResult {
    CaseResult(
      label: one.label, work: one.work, calls: calls, nanoseconds: Summary(of: nanoseconds),
      cycles: Summary(of: cycles).median, bound: limits.bound(of: one.work, threads: one.label.threads))
  }
}
