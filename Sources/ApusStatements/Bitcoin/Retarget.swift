// The difficulty rule: every 2,016 blocks the target follows the time that the last 2,016 took.
// Consensus: Bitcoin Core, CalculateNextWorkRequired (pow.cpp), with the main network's parameters.

public enum Retarget {
  /// Blocks that share one target.
  public static let period = 2016
  /// What a period should take, in seconds: two weeks.
  public static let timespan: Int64 = 1_209_600

  /// A block's place in its period, from 0 to 2,015. `height` must not be negative.
  public static func offset(ofHeight height: Int) -> Int { height % period }

  /// nBits of the period after one that had `target`.
  ///
  /// The two times are those of the period's own first and last block, so that they span 2,015 intervals and not 2,016:
  /// the rule has been off by one since 2009, and consensus keeps it. Header times may run backwards; a negative span
  /// counts as the shortest.
  ///
  /// - Returns: what consensus demands, not yet looked at: a target that is already tiny can end as zero.
  public static func bits(after target: Target, firstTime: UInt32, lastTime: UInt32) -> UInt32 {
    bits(after: target, span: Int64(lastTime) - Int64(firstTime))
  }

  /// Whether some two block times lead from one target to the next: at most a factor of 4 either way.
  package static func permits(_ next: Target, after target: Target) -> Bool {
    // Compact forms are ordered as the values they stand for, after the rounding that consensus applies.
    bits(after: target, span: .min) <= next.bits && next.bits <= bits(after: target, span: .max)
  }

  private static func bits(after target: Target, span: Int64) -> UInt32 {
    let clamped = min(max(span, timespan / 4), timespan * 4)
    // At most 224 + 23 bits: no overflow, as a target is at most the limit.
    let scaled = target.value.multipliedReportingOverflow(by: UInt64(clamped)).partialValue
    let next = scaled.quotientAndRemainder(dividingBy: UInt256(UInt64(timespan))).quotient
    // Consensus clamps to 2^224 − 1, whose compact form is that of our limit.
    return Target.compact(min(next, Target.limit.value))
  }
}
