// Measuring the limits: the best of several runs, for a limit is what the machine does when nothing disturbs it.

internal import CApusRuntime

extension MachineLimits {
  /// - Parameter seconds: for all of it, shared evenly.
  public static func measured(seconds: Double) -> MachineLimits {
    let widths = [16, 32, 64].filter { apus_limits_has_vectors(UInt32($0)) != 0 }
    let levels = memoryLevels()
    let share = seconds / Double(2 * widths.count + 2 * levels.count)
    return MachineLimits(
      vectors: widths.map { vectorRate(UInt32($0), seconds: share) },
      bandwidths: levels.map { bandwidth($0, vectorBytes: UInt32(widths[widths.count - 1]), seconds: share) })
  }

  private struct Level {
    let name: String
    let capacity: Int
    /// Bytes that are worked on to measure it.
    let probe: Int
  }

  /// What the system does not tell is taken to be as in most servers.
  private static func memoryLevels() -> [Level] {
    var topology = apus_topology()
    apus_topology_read(&topology)
    func size(_ told: Int, or usual: Int) -> Int { told > 0 ? told : usual }
    let l1 = size(topology.l1d_bytes, or: 32 << 10)
    let l2 = size(topology.l2_bytes, or: 1 << 20)
    let l3 = size(topology.l3_bytes, or: 32 << 20)
    // Half a cache, so that what else is in it does not push the probe out; and memory enough to miss every cache.
    return [
      Level(name: "L1", capacity: l1, probe: l1 / 2), Level(name: "L2", capacity: l2, probe: l2 / 2),
      Level(name: "L3", capacity: l3, probe: l3 / 4), Level(name: "DRAM", capacity: 0, probe: min(4 * l3, 512 << 20)),
    ]
  }

  private static func vectorRate(_ vectorBytes: UInt32, seconds: Double) -> VectorRate {
    let rounds = 10_000
    let instructions = Double(12 * rounds)
    let add = instructions / fastest(seconds: seconds) { apus_limits_add(vectorBytes, rounds) }
    let multiply = instructions / fastest(seconds: seconds) { apus_limits_multiply(vectorBytes, rounds) }
    return VectorRate(
      vectorBytes: Int(vectorBytes), instructions: add, products: multiply * Double(vectorBytes / 8))
  }

  private static func bandwidth(_ level: Level, vectorBytes: UInt32, seconds: Double) -> Bandwidth {
    let half = level.probe / 1024 * 512
    // Huge pages, as columns have them: else the bandwidth of address translation is measured.
    guard let arena = apus_arena_create(), let memory = apus_arena_acquire(arena, 2 * half) else {
      return Bandwidth(level: level.name, capacity: level.capacity, read: 0, copy: 0)
    }
    defer {
      apus_arena_release(arena, memory, 2 * half)
      apus_arena_destroy(arena)
    }
    memory.initializeMemory(as: UInt8.self, repeating: 1, count: 2 * half)
    // Small probes are repeated, so that a run lasts well beyond the clock's grain.
    let repeats = max(1, (1 << 18) / half)
    let bytes = Double(2 * half * repeats)
    let read = fastest(seconds: seconds) {
      for _ in 0..<repeats { apus_limits_read(vectorBytes, memory, 2 * half) }
    }
    let copy = fastest(seconds: seconds) {
      for _ in 0..<repeats { apus_limits_copy(vectorBytes, memory + half, memory, half) }
    }
    return Bandwidth(level: level.name, capacity: level.capacity, read: bytes / read, copy: bytes / copy)
  }

  /// Nanoseconds of the fastest of the runs that fit into the time.
  private static func fastest(seconds: Double, _ body: () -> Void) -> Double {
    body()
    var best = UInt64.max
    let begin = apus_now_nanoseconds()
    repeat {
      let start = apus_now_nanoseconds()
      body()
      best = min(best, apus_now_nanoseconds() - start)
    } while Double(apus_now_nanoseconds() - begin) < seconds * 1e9
    return Double(max(best, 1))
  }
}
