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

/// What vectors of one size do.
public struct VectorRate: Hashable, Sendable {
  public let vectorBytes: Int
  /// Instructions in a nanosecond, of those that every vector port executes: additions and exclusive ors.
  public let instructions: Double
  /// Products of 32-bit words in a nanosecond: an instruction makes `vectorBytes / 8` of them.
  public let products: Double

  public init(vectorBytes: Int, instructions: Double, products: Double) {
    self.vectorBytes = vectorBytes
    self.instructions = instructions
    self.products = products
  }
}

/// The shortest time in which a case's work can be done, and what it is that takes so long.
public struct Bound: Hashable, Sendable {
  public let nanoseconds: Double
  /// `instructions`, `products`, or the level of the memory that the bytes come from.
  public let cause: String

  public init(nanoseconds: Double, cause: String) {
    self.nanoseconds = nanoseconds
    self.cause = cause
  }
}

public struct MachineLimits: Hashable, Sendable {
  public let vectors: [VectorRate]
  /// From the nearest level to the farthest.
  public let bandwidths: [Bandwidth]

  public init(vectors: [VectorRate], bandwidths: [Bandwidth]) {
    self.vectors = vectors
    self.bandwidths = bandwidths
  }

  /// The shortest time in which `threads` cores can do the work; `nil` if nothing is known of it.
  ///
  /// Each level of the memory must deliver the bytes that the level before it cannot keep, as a share of the working
  /// set, at the better of its two bandwidths. Cores are taken to have caches of their own and memory bandwidth of their
  /// own. So the bound is never too high.
  public func bound(of work: Work, threads: Int) -> Bound? {
    let threads = max(threads, 1)
    var bounds: [Bound] = []
    func add(_ amount: Double, per rate: Double, _ cause: String) {
      guard amount > 0, rate > 0 else { return }
      bounds.append(Bound(nanoseconds: amount / rate / Double(threads), cause: cause))
    }
    if let vectors = vectors.first(where: { $0.vectorBytes == work.vectorBytes }) {
      add(Double(work.instructions), per: vectors.instructions, "instructions")
      add(Double(work.products), per: vectors.products, "products")
    }
    let workingSet = Double(work.workingSet) / Double(threads)
    for (level, nearer) in zip(bandwidths, [0] + bandwidths.map(\.capacity)) where workingSet > 0 {
      let missing = 1 - Double(nearer) / workingSet
      add(Double(work.bytes) * missing, per: max(level.read, level.copy), level.level)
    }
    return bounds.max { $0.nanoseconds < $1.nanoseconds }
  }
}
