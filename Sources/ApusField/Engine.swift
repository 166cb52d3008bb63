// What work on columns runs on: an instruction set's kernels, a pool of threads, an arena of buffers.

package import CApusKernels
internal import CApusRuntime

/// An instruction set that kernels were compiled for.
public enum InstructionSet: String, CaseIterable, Sendable, CustomStringConvertible {
  /// Any x86-64.
  case portable
  /// AVX2 and BMI2.
  case avx2
  /// AVX-512 F, BW, CD, DQ and VL.
  case avx512

  public var description: String { rawValue }

  package var code: apus_isa {
    switch self {
    case .portable: APUS_ISA_PORTABLE
    case .avx2: APUS_ISA_AVX2
    case .avx512: APUS_ISA_AVX512
    }
  }

  /// Whether this machine runs it.
  public var isSupported: Bool { apus_isa_supported(code) != 0 }
  /// The widest that this machine runs.
  public static var best: InstructionSet { allCases.last { $0.isSupported } ?? .portable }
}

public enum EngineError: Error, Equatable, CustomStringConvertible {
  case unsupported(InstructionSet)
  case invalidThreadCount(Int)
  case threadsNotStarted(Int)

  public var description: String {
    switch self {
    case .unsupported(let isa): "this machine does not run \(isa); it runs \(InstructionSet.best) and below"
    case .invalidThreadCount(let n): "the number of threads must be from 1 to \(Engine.maximumThreads), not \(n)"
    case .threadsNotStarted(let n): "the system did not start \(n) threads; ask for fewer"
    }
  }
}

/// Kernels, threads and memory for work on columns. A value: copies share their pool and arena.
///
/// Results do not depend on the engine, to the bit; only speed does.
public struct Engine: Sendable {
  public static let maximumThreads = 1024

  public let instructionSet: InstructionSet
  package let runtime: Runtime

  /// - Parameters:
  ///   - instructionSet: the widest supported one if `nil`.
  ///   - threads: one for each usable CPU (affinity mask and cgroup quota) if `nil`.
  ///   - cpus: CPUs to pin the threads to, in order; empty: not pinned.
  ///   - spinMicroseconds: how long idle threads spin inside a run before they sleep; at most 50.
  public init(
    instructionSet: InstructionSet? = nil, threads: Int? = nil, cpus: [Int] = [], spinMicroseconds: Int = 20
  ) throws(EngineError) {
    let isa = instructionSet ?? .best
    guard isa.isSupported else { throw .unsupported(isa) }
    if let threads, !(1...Self.maximumThreads).contains(threads) { throw .invalidThreadCount(threads) }
    self.instructionSet = isa
    runtime = try Runtime(threads: threads ?? 0, cpus: cpus, spinMicroseconds: spinMicroseconds)
  }

  private init(_ isa: InstructionSet, sharing engine: Engine) {
    instructionSet = isa
    runtime = engine.runtime
  }

  /// The same pool and arena with another instruction set.
  public func with(_ isa: InstructionSet) throws(EngineError) -> Engine {
    guard isa.isSupported else { throw .unsupported(isa) }
    return Engine(isa, sharing: self)
  }

  public var threads: Int { apus_pool_threads(runtime.pool) }

  /// One engine for each instruction set that this machine runs, sharing the default pool.
  public static var allInstructionSets: [Engine] {
    InstructionSet.allCases.filter(\.isSupported).map { Engine($0, sharing: .default) }
  }

  /// Calls `work` over `0 ..< count` in pieces of `grain`, on all threads, and returns when all are done.
  /// `worker` is below `threads` and unique among the calls that run at one time.
  package func forEachRange(
    _ count: Int, grain: Int = 1, _ work: @Sendable (_ range: Range<Int>, _ worker: Int) -> Void
  ) {
    guard count > 0 else { return }
    withoutActuallyEscaping(work) { work in
      var body = work
      withUnsafeMutablePointer(to: &body) { context in
        apus_pool_run(
          runtime.pool, count, grain,
          { context, begin, end, worker in
            let body = context!.assumingMemoryBound(to: (@Sendable (Range<Int>, Int) -> Void).self)
            body.pointee(begin..<end, worker)
          }, context)
      }
    }
  }
}

/// The pool and the arena behind an engine and its copies.
package final class Runtime: @unchecked Sendable {
  package let pool: OpaquePointer
  package let arena: OpaquePointer

  init(threads: Int, cpus: [Int], spinMicroseconds: Int) throws(EngineError) {
    let list = cpus.map(Int32.init)
    let created = list.withUnsafeBufferPointer { cpus in
      var options = apus_pool_options()
      options.threads = threads
      options.cpus = cpus.isEmpty ? nil : cpus.baseAddress
      options.cpu_count = cpus.count
      options.spin_microseconds = UInt32(max(0, min(spinMicroseconds, 50)))
      return apus_pool_create(&options)
    }
    guard let created else { throw .threadsNotStarted(threads) }
    guard let arena = apus_arena_create() else {
      apus_pool_destroy(created)
      throw .threadsNotStarted(threads)
    }
    pool = created
    self.arena = arena
  }

  deinit {
    apus_pool_destroy(pool)
    apus_arena_destroy(arena)
  }
}
