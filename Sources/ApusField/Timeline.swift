// Who worked on what, and when: for who wants to see where a run's time goes.

internal import Synchronization

/// Collects the spans in which an engine's threads worked. See ``Engine/recording(_:)``.
public final class Timeline: Sendable {
  public struct Span: Sendable, Equatable {
    /// What was computed: `DeepQuotient.evaluate`.
    public let name: String
    /// Below ``Engine/threads``, or ``Timeline/stageThread``.
    public let thread: Int
    /// Since the timeline was made.
    public let start, end: Duration
  }

  /// The row of spans that no thread of the engine stands for.
  public static let stageThread = -1

  private let origin = ContinuousClock.now
  private let recorded = Mutex<[Span]>([])

  public init() {}

  /// What was recorded so far, in the order in which it ended.
  public var spans: [Span] { recorded.withLock { $0 } }

  public func record(
    _ name: String, thread: Int, from start: ContinuousClock.Instant, to end: ContinuousClock.Instant
  ) {
    let span = Span(name: name, thread: thread, start: start - origin, end: end - origin)
    recorded.withLock { $0.append(span) }
  }
}

extension Engine {
  /// The same engine, which tells the timeline what its threads do.
  public func recording(_ timeline: Timeline) -> Engine {
    var engine = self
    engine.timeline = timeline
    return engine
  }
}

/// When each worker of one run began its first piece and ended its last.
final class WorkerSpans: @unchecked Sendable {
  // A slot is written by its worker alone, and read when the run has ended.
  private let slots: UnsafeMutableBufferPointer<(start: ContinuousClock.Instant, end: ContinuousClock.Instant)?>

  init(workers: Int) {
    slots = .allocate(capacity: workers)
    slots.initialize(repeating: nil)
  }
  deinit { slots.deallocate() }

  func time(_ worker: Int, _ work: () -> Void) {
    let begun = ContinuousClock.now
    work()
    slots[worker] = (slots[worker]?.start ?? begun, .now)
  }

  func record(in timeline: Timeline, as name: String) {
    for (worker, slot) in slots.enumerated() {
      if let slot { timeline.record(name, thread: worker, from: slot.start, to: slot.end) }
    }
  }
}

/// Where in the sources a run was started.
struct RunSite {
  let file: StaticString
  let function: StaticString

  /// `DeepQuotient.evaluate` for `ApusSTARK/DeepQuotient.swift` and `evaluate(coset:sums:into:)`.
  var name: String {
    let file = "\(file)".split(separator: "/").last?.split(separator: ".").first ?? ""
    let function = "\(function)".split(separator: "(").first ?? ""
    return "\(file).\(function)"
  }
}
