// What work on columns runs on: an instruction set's kernels, a pool of threads, an arena of buffers, a tuning.

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
  /// A tuning's value is out of its range.
  case invalidTuning(String)

  public var description: String {
    switch self {
    case .unsupported(let isa): "this machine does not run \(isa); it runs \(InstructionSet.best) and below"
    case .invalidThreadCount(let n): "the number of threads must be from 1 to \(Engine.maximumThreads), not \(n)"
    case .threadsNotStarted(let n): "the system did not start \(n) threads; ask for fewer"
    case .invalidTuning(let problem): problem
    }
  }
}

/// Kernels, threads and memory for work on columns. A value: copies share their pool and arena.
///
/// Results do not depend on the engine, to the bit; only speed does.
public struct Engine: Sendable {
  public static let maximumThreads = 1024

  /// Of all kernels for which ``tuning`` chooses no other.
  public let instructionSet: InstructionSet
  public let tuning: Tuning
  package let runtime: Runtime
  var timeline: Timeline?

  /// - Parameters:
  ///   - instructionSet: of all kernels, whatever the tuning says; if `nil`, the widest supported one where the tuning
  ///     chooses none.
  ///   - threads: as the tuning says if `nil`.
  ///   - cpus: CPUs to pin the threads to, in order; empty: as the tuning says.
  public init(
    instructionSet: InstructionSet? = nil, threads: Int? = nil, cpus: [Int] = [], tuning: Tuning = Tuning()
  ) throws(EngineError) {
    let isa = instructionSet ?? .best
    guard isa.isSupported else { throw .unsupported(isa) }
    if let threads, !(1...Self.maximumThreads).contains(threads) { throw .invalidThreadCount(threads) }
    _ = try tuning.values()
    let runtime = try Runtime(threads: threads, cpus: cpus, tuning: tuning)
    self.init(isa, instructionSet == nil ? tuning : tuning.withoutInstructionSets, runtime)
  }

  private init(_ isa: InstructionSet, _ tuning: Tuning, _ runtime: Runtime) {
    var tuning = tuning
    tuning.instructionSets = tuning.instructionSets.supported
    instructionSet = isa
    self.tuning = tuning
    self.runtime = runtime
  }

  /// The same pool and arena with another instruction set, of all kernels.
  public func with(_ isa: InstructionSet) throws(EngineError) -> Engine {
    guard isa.isSupported else { throw .unsupported(isa) }
    var engine = Engine(isa, tuning.withoutInstructionSets, runtime)
    engine.timeline = timeline
    return engine
  }

  /// The same pool and arena with other block sizes and instruction sets.
  package func with(_ tuning: Tuning) throws(EngineError) -> Engine {
    _ = try tuning.values()
    var engine = Engine(instructionSet, tuning, runtime)
    engine.timeline = timeline
    return engine
  }

  /// The instruction set of a family's kernels for columns of so many rows.
  package func instructionSet(for family: KernelFamily, rows: Int) -> InstructionSet {
    tuning.instructionSets[family, SizeClass(rows: rows)] ?? instructionSet
  }

  public var threads: Int { apus_pool_threads(runtime.pool) }

  /// One engine for each instruction set that this machine runs, sharing the default pool.
  public static var allInstructionSets: [Engine] {
    let shared = Engine.default
    return InstructionSet.allCases.filter(\.isSupported).map {
      Engine($0, shared.tuning.withoutInstructionSets, shared.runtime)
    }
  }

  /// Calls `work` over `0 ..< count` in pieces of `grain`, on all threads, and returns when all are done.
  /// `worker` is below `threads` and unique among the calls that run at one time.
  ///
  /// - Parameter cells: field elements that one index stands for. If all of them are fewer than the tuning's
  ///   ``Tuning/splitCells``, the calling thread does all the work, in one piece.
  package func forEachRange(
    _ count: Int, grain: Int = 1, cells: Int, file: StaticString = #fileID, function: StaticString = #function,
    _ work: @Sendable (_ range: Range<Int>, _ worker: Int) -> Void
  ) {
    let isSmall = count.multipliedReportingOverflow(by: cells).partialValue < tuning.splitCells
    forEachRange(count, grain: isSmall ? max(count, 1) : grain, file: file, function: function, work)
  }

  /// The same for work that is large, or not done on field elements.
  package func forEachRange(
    _ count: Int, grain: Int = 1, file: StaticString = #fileID, function: StaticString = #function,
    _ work: @Sendable (_ range: Range<Int>, _ worker: Int) -> Void
  ) {
    guard count > 0 else { return }
    guard let timeline else { return run(count, grain: grain, work) }
    let spans = WorkerSpans(workers: threads)
    run(count, grain: grain) { range, worker in spans.time(worker) { work(range, worker) } }
    spans.record(in: timeline, as: RunSite(file: file, function: function).name)
  }

  private func run(
    _ count: Int, grain: Int, _ work: @Sendable (_ range: Range<Int>, _ worker: Int) -> Void
  ) {
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

  init(threads: Int?, cpus: [Int], tuning: Tuning) throws(EngineError) {
    var topology = apus_topology()
    apus_topology_read(&topology)
    // A profile does not know of a quota that came later; a number that somebody asks for is taken as it is.
    let threads =
      threads ?? (cpus.isEmpty ? min(tuning.threads ?? Int.max, topology.usable_threads) : cpus.count)
    let list = cpus.isEmpty ? tuning.affinity.cpuOrder : cpus.map(Int32.init(clamping:))
    let created = list.withUnsafeBufferPointer { cpus in
      var options = apus_pool_options()
      options.threads = threads
      options.cpus = cpus.isEmpty ? nil : cpus.baseAddress
      options.cpu_count = cpus.count
      options.spin_microseconds = UInt32(tuning.spinMicroseconds)
      return apus_pool_create(&options)
    }
    guard let created else { throw .threadsNotStarted(threads) }
    guard let arena = apus_arena_create() else {
      apus_pool_destroy(created)
      throw .threadsNotStarted(threads)
    }
    apus_arena_set_huge_pages(arena, tuning.hugePages ? 1 : 0)
    pool = created
    self.arena = arena
  }

  deinit {
    apus_pool_destroy(pool)
    apus_arena_destroy(arena)
  }
}

extension Tuning {
  fileprivate var withoutInstructionSets: Tuning {
    var tuning = self
    tuning.instructionSets = InstructionSetChoices()
    return tuning
  }
}

extension Tuning.Affinity {
  /// The allowed CPUs in the order in which threads take them; empty where they are not pinned.
  fileprivate var cpuOrder: [Int32] {
    let order = apus_affinity(UInt32(rawValue))
    var first: Int32 = 0
    var cpus = [Int32](repeating: 0, count: apus_topology_cpu_order(order, &first, 0))
    let count = apus_topology_cpu_order(order, &cpus, cpus.count)
    return Array(cpus.prefix(count))
  }
}
