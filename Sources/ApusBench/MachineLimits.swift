// What the machine can do at most, on one core: the limits that kernels are held against.

internal import CApusRuntime

/// Bandwidth at one level of the memory.
public struct Bandwidth: Hashable, Sendable {
  /// `L1`, `L2`, `L3` or `DRAM`.
  public let level: String
  /// The level's size; 0 for memory.
  public let capacity: Int
  /// Bytes in a nanosecond that are loaded.
  public let read: Double
  /// Bytes in a nanosecond that are copied: each is read once and written once, and counted once for each.
  public let copy: Double

  public init(level: String, capacity: Int, read: Double, copy: Double) {
    self.level = level
    self.capacity = capacity
    self.read = read
    self.copy = copy
  }
}

/// How many products of 32-bit words vectors of one size make.
public struct ProductRate: Hashable, Sendable {
  public let vectorBytes: Int
  /// Products in a nanosecond.
  public let rate: Double

  public init(vectorBytes: Int, rate: Double) {
    self.vectorBytes = vectorBytes
    self.rate = rate
  }
}

public struct MachineLimits: Hashable, Sendable {
  public let products: [ProductRate]
  /// From the nearest level to the farthest.
  public let bandwidths: [Bandwidth]

  public init(products: [ProductRate], bandwidths: [Bandwidth]) {
    self.products = products
    self.bandwidths = bandwidths
  }

  /// The shortest time, in nanoseconds, in which `threads` cores can do the work; `nil` if nothing is known of it.
  ///
  /// Bytes are held against the nearest level that keeps half of the working set, at the better of its two bandwidths.
  /// Cores are taken to have caches of their own and memory bandwidth of their own. So the bound is never too high.
  public func bound(of work: Work, threads: Int) -> (nanoseconds: Double, cause: String)? {
    var bounds: [(nanoseconds: Double, cause: String)] = []
    if work.products > 0, let limit = products.first(where: { $0.vectorBytes == work.vectorBytes }), limit.rate > 0 {
      bounds.append((Double(work.products) / limit.rate, "products"))
    }
    let share = work.workingSet / max(threads, 1)
    if work.workingSet > 0, let level = bandwidths.first(where: { share / 2 <= $0.capacity }) ?? bandwidths.last {
      let best = max(level.read, level.copy)
      if best > 0 { bounds.append((Double(work.bytes) / best, level.level)) }
    }
    return bounds.max { $0.nanoseconds < $1.nanoseconds }.map { ($0.nanoseconds / Double(max(threads, 1)), $0.cause) }
  }
}
