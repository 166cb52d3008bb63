// Time and cycles. Where the system does not let a program count its cycles, the time stamp counter stands in, times
// the measured ratio of the two clocks.

internal import CApusRuntime

/// Where figures of cycles come from.
public enum CycleSource: String, Sendable {
  /// The processor's own counter of core cycles in user mode.
  case counter = "perf counter"
  /// The time stamp counter, scaled by what a chain of additions says the core's clock is.
  case timeStamp = "time stamp counter"
}

/// What a clock shows at one moment.
public struct ClockReading: Sendable {
  public let nanoseconds: UInt64
  public let cycles: Double

  public init(nanoseconds: UInt64, cycles: Double) {
    self.nanoseconds = nanoseconds
    self.cycles = cycles
  }
}

public protocol BenchClock {
  var now: ClockReading { get }
}

/// The machine's clock, for the thread that made it.
public final class MachineClock: BenchClock {
  public let source: CycleSource
  /// Core cycles per nanosecond, measured.
  public let gigahertz: Double
  /// Core cycles per tick of the time stamp counter.
  public let cyclesPerTick: Double
  private let counter: Int32

  public init() {
    counter = apus_cycles_open()
    source = counter >= 0 ? .counter : .timeStamp
    (gigahertz, cyclesPerTick) = Self.measureCore()
  }

  deinit { apus_cycles_close(counter) }

  public var now: ClockReading {
    let nanoseconds = apus_now_nanoseconds()
    let cycles =
      switch source {
      case .counter: Double(apus_cycles_read(counter))
      case .timeStamp: Double(apus_time_stamp()) * cyclesPerTick
      }
    return ClockReading(nanoseconds: nanoseconds, cycles: cycles)
  }

  /// The fastest of several runs of a known number of cycles: whatever else happens only adds to the time.
  private static func measureCore() -> (gigahertz: Double, cyclesPerTick: Double) {
    let cycles: UInt64 = 1 << 21
    apus_spend_cycles(16 * cycles)  // until the clock has risen
    var (ticks, nanoseconds) = (UInt64.max, UInt64.max)
    for _ in 0..<25 {
      let (start, stamp) = (apus_now_nanoseconds(), apus_time_stamp())
      apus_spend_cycles(cycles)
      ticks = min(ticks, apus_time_stamp() - stamp)
      nanoseconds = min(nanoseconds, apus_now_nanoseconds() - start)
    }
    return (Double(cycles) / Double(max(nanoseconds, 1)), Double(cycles) / Double(max(ticks, 1)))
  }
}
