// The C pool as tests like to call it: with closures, and destroyed when nobody holds it any more.

import CApusRuntime

final class Pool: @unchecked Sendable {
  let handle: OpaquePointer

  /// `nil` when the pool was not created; `errno` says why.
  init?(threads: Int, cpus: [Int32] = [], spinMicroseconds: UInt32 = 20) {
    let created = cpus.withUnsafeBufferPointer { list in
      var options = apus_pool_options()
      options.threads = threads
      options.cpus = list.isEmpty ? nil : list.baseAddress
      options.cpu_count = list.count
      options.spin_microseconds = spinMicroseconds
      return apus_pool_create(&options)
    }
    guard let created else { return nil }
    handle = created
  }

  deinit { apus_pool_destroy(handle) }

  var threads: Int { apus_pool_threads(handle) }
  var spinMicroseconds: UInt32 { apus_pool_spin_microseconds(handle) }

  func run(_ count: Int, grain: Int, _ work: @Sendable (_ range: Range<Int>, _ worker: Int) -> Void) {
    withoutActuallyEscaping(work) { work in
      var body = work
      withUnsafeMutablePointer(to: &body) { context in
        apus_pool_run(
          handle, count, grain,
          { context, begin, end, worker in
            context!.assumingMemoryBound(to: (@Sendable (Range<Int>, Int) -> Void).self).pointee(begin..<end, worker)
          }, context)
      }
    }
  }
}

/// The CPUs that the calling thread may run on.
func allowedCPUs() -> [Int32] {
  var cpus = [Int32](repeating: -1, count: 65_536)
  let count = apus_topology_allowed_cpus(&cpus, cpus.count)
  return Array(cpus.prefix(count))
}
