// Choosing between ways to do the same work: all are measured in turns, and a way that is not the usual one has to be
// faster beyond noise.

/// Ways to do one piece of work, the usual one first, then in the order in which they are preferred.
public struct TuningTrial {
  public let knob: String
  /// What is measured, for people.
  public let workload: String
  public let candidates: [(name: String, prepare: () throws -> () -> Void)]

  /// - Precondition: there is a candidate.
  public init(
    knob: String, workload: String, candidates: [(name: String, prepare: () throws -> () -> Void)]
  ) {
    precondition(!candidates.isEmpty, "nothing to choose from")
    self.knob = knob
    self.workload = workload
    self.candidates = candidates
  }
}

/// What was chosen, and from which figures.
public struct TuningChoice: Sendable {
  public enum Reason: Equatable, Sendable {
    /// There was nothing else.
    case onlyCandidate
    /// The time was up before.
    case notMeasured
    /// The usual way, and nothing is faster.
    case fastest
    /// Nothing is faster beyond noise: of those that are as fast, the first.
    case withinNoise
    /// The share of time that it saves.
    case faster(saving: Double)
  }

  public let knob: String
  public let workload: String
  public let names: [String]
  /// Nanoseconds of each candidate; empty if nothing was measured.
  public let times: [Summary]
  public let chosen: Int
  public let reason: Reason

  /// Decides by the figures of the candidates, at least one.
  public init(knob: String, workload: String, names: [String], times: [Summary]) {
    let fastest = times.indices.min { times[$0].median < times[$1].median } ?? 0
    chosen = times.indices.first { !times[fastest].isFaster(than: times[$0]) } ?? 0
    reason =
      switch chosen {
      case 0: fastest == 0 ? .fastest : .withinNoise
      default: .faster(saving: 1 - times[chosen].median / times[0].median)
      }
    self.knob = knob
    self.workload = workload
    self.names = names
    self.times = times
  }

  init(_ trial: TuningTrial, withoutMeasuring reason: Reason) {
    knob = trial.knob
    workload = trial.workload
    names = trial.candidates.map(\.name)
    times = []
    chosen = 0
    self.reason = reason
  }
}

extension Summary {
  /// By the rule that tells apart two runs of one case.
  fileprivate func isFaster(than other: Summary) -> Bool {
    Change(group: "", label: CaseLabel(kernel: "", engine: "", rows: 0), before: other, after: self).verdict == .faster
  }
}

/// Makes choices until its time is up.
public struct TuningSearch {
  private let clock: any BenchClock
  private let deadline: UInt64

  /// - Parameter seconds: for all choices together. A choice that has begun is made, with few rounds if need be.
  public init(clock: any BenchClock, seconds: Double) {
    self.clock = clock
    deadline = clock.now.nanoseconds + UInt64(seconds * 1e9)
  }

  /// - Parameter shares: into how many parts the time left is cut, of which this choice gets one.
  /// - Throws: what a candidate's preparation throws.
  public func choose(_ trial: TuningTrial, shares: Int) throws -> TuningChoice {
    guard trial.candidates.count > 1 else { return TuningChoice(trial, withoutMeasuring: .onlyCandidate) }
    let now = clock.now.nanoseconds
    guard now < deadline else { return TuningChoice(trial, withoutMeasuring: .notMeasured) }
    let seconds = Double(deadline - now) / 1e9 / Double(max(shares, 1))
    let cases = trial.candidates.map { candidate in
      BenchCase(
        CaseLabel(kernel: trial.knob, engine: candidate.name, rows: 0), Work(elements: 0), prepare: candidate.prepare)
    }
    // Preparing and warming up count, too: what they leave of the share is for the rounds.
    let budget = BenchBudget(seconds: seconds / 2, sampleSeconds: min(0.001, seconds / 500), minimumRounds: 7)
    let limits = MachineLimits(vectors: [], bandwidths: [])
    var groups = [BenchGroup(trial.knob, cases)]
    let results = try BenchRunner(clock: clock, limits: limits, budget: budget).run(emptying: &groups)
    return TuningChoice(
      knob: trial.knob, workload: trial.workload, names: trial.candidates.map(\.name),
      times: results.flatMap { $0.cases.map(\.nanoseconds) })
  }
}
