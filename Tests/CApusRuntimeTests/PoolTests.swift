// The worker pool: every index once, one worker per number, whoever calls and however often.
// Data races are for the sanitizers: .ci/sanitize/runtime_harness.c.

import CApusRuntime
import Dispatch
import Glibc
import Synchronization
import Testing

/// Serialised, so that threads named "apus-…" in this process are those of the test that runs.
@Suite(.serialized)
struct PoolTests {
  /// What a run did, written down under a lock.
  final class Record: Sendable {
    struct Contents {
      var times: [Int: Int] = [:]
      var busy: Set<Int> = []
      var workers: Set<Int> = []
      var faults: [String] = []
    }
    let contents = Mutex(Contents())

    func enter(_ range: Range<Int>, _ worker: Int) {
      contents.withLock {
        if !$0.busy.insert(worker).inserted { $0.faults.append("worker \(worker) is at two places") }
        $0.workers.insert(worker)
        for i in range { $0.times[i, default: 0] += 1 }
      }
    }
    func leave(_ worker: Int) { contents.withLock { _ = $0.busy.remove(worker) } }
    func fault(_ text: String) { contents.withLock { $0.faults.append(text) } }
    var faults: [String] { contents.withLock(\.faults) }

    func covers(_ count: Int, times: Int = 1) -> Bool {
      contents.withLock { c in c.times.count == count && (0..<count).allSatisfy { c.times[$0] == times } }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 16], [UInt32(0), 50])
  func coversEveryIndexOnce(threads: Int, spin: UInt32) throws {
    let pool = try #require(Pool(threads: threads, spinMicroseconds: spin))
    #expect(pool.threads == threads)
    for count in [0, 1, 2, 3, 17, 64, 1000] {
      for grain in [0, 1, 2, 7, 64, 999, 1000, 1001, Int.max, -1] {  // -1 is C's largest size
        let record = Record()
        let piece = Int(min(UInt(bitPattern: grain == 0 ? 1 : grain), UInt(max(count, 1))))
        pool.run(count, grain: grain) { range, worker in
          record.enter(range, worker)
          if !(0..<threads).contains(worker) { record.fault("worker \(worker)") }
          let isLast = range.upperBound == count
          if range.isEmpty || range.lowerBound % piece != 0 || (range.count != piece && !isLast) {
            record.fault("piece \(range)")
          }
          record.leave(worker)
        }
        #expect(record.covers(count), "\(count) indices in pieces of \(grain) on \(threads) threads")
        #expect(record.faults == [])
      }
    }
  }

  @Test func sharesTheWorkAmongUniqueWorkers() throws {
    let pool = try #require(Pool(threads: 4))
    let record = Record()
    pool.run(40, grain: 1) { range, worker in
      record.enter(range, worker)
      usleep(1000)  // gives the others time to wake up
      record.leave(worker)
    }
    #expect(record.faults == [])
    #expect(record.contents.withLock(\.workers) == [0, 1, 2, 3])
  }

  @Test func nestedCallsStayOnTheirWorker() throws {
    let pool = try #require(Pool(threads: 3))
    let record = Record()
    pool.run(20, grain: 1) { outer, worker in
      let thread = pthread_self()
      pool.run(50, grain: 8) { inner, innerWorker in
        if innerWorker != worker { record.fault("worker \(innerWorker) instead of \(worker)") }
        if pthread_equal(pthread_self(), thread) == 0 { record.fault("another thread") }
        record.enter(inner.lowerBound + 50 * outer.lowerBound..<inner.upperBound + 50 * outer.lowerBound, innerWorker)
        record.leave(innerWorker)
      }
    }
    #expect(record.covers(1000))
    #expect(record.faults == [])
  }

  @Test func nestsAcrossPools() throws {
    let outer = try #require(Pool(threads: 3))
    let inner = try #require(Pool(threads: 2))
    let record = Record()
    outer.run(10, grain: 1) { a, worker in
      inner.run(10, grain: 1) { b, innerWorker in
        record.enter(10 * a.lowerBound + b.lowerBound..<10 * a.lowerBound + b.upperBound, innerWorker)
        record.leave(innerWorker)
      }
    }
    #expect(record.covers(100))
    #expect(record.faults == [])
  }

  @Test(arguments: [1, 3])
  func severalCallersTakeTurns(threads: Int) throws {
    let pool = try #require(Pool(threads: threads))
    let record = Record()
    let inside = Mutex((caller: -1, pieces: 0))
    DispatchQueue.concurrentPerform(iterations: 6) { caller in
      for _ in 0..<50 {
        pool.run(31, grain: 2) { range, worker in
          record.enter(range, worker)
          inside.withLock {
            if $0.pieces > 0 && $0.caller != caller { record.fault("runs of \($0.caller) and \(caller) at one time") }
            $0 = (caller, $0.pieces + 1)
          }
          sched_yield()
          inside.withLock { $0.pieces -= 1 }
          record.leave(worker)
        }
      }
    }
    #expect(record.covers(31, times: 300))
    #expect(record.faults == [])
  }

  @Test func startsAndStopsManyTimes() throws {
    for i in 0..<100 {
      let pool = try #require(Pool(threads: Self.manyThreads, spinMicroseconds: i % 2 == 0 ? 0 : 50))
      if i % 3 != 0 {
        let record = Record()
        pool.run(9, grain: 1) { range, worker in
          record.enter(range, worker)
          record.leave(worker)
        }
        #expect(record.covers(9))
      }
    }
    #expect(poolThreadNames() == [])
  }

  @Test func namesItsThreads() throws {
    let pool = try #require(Pool(threads: Self.manyThreads))
    pool.run(200, grain: 1) { _, _ in usleep(1000) }  // a thread names itself when it starts
    #expect(poolThreadNames() == (Self.othersThreads..<Self.manyThreads).map { "apus-\($0)" })
  }

  @Test func pinsItsOwnThreadsOnly() throws {
    let mine = allowedCPUs()
    let pool = try #require(Pool(threads: 3, cpus: mine))
    let record = Record()
    pool.run(30, grain: 1) { range, worker in
      record.enter(range, worker)
      let expected = worker == 0 ? mine : [mine[worker % mine.count]]
      if allowedCPUs() != expected { record.fault("worker \(worker) on \(allowedCPUs())") }
      usleep(1000)
      record.leave(worker)
    }
    #expect(record.faults == [])
    #expect(record.contents.withLock(\.workers).isSubset(of: [0, 1, 2]))
    #expect(allowedCPUs() == mine)
  }

  @Test func countsThreadsFromListOrMachine() throws {
    let cpus = allowedCPUs()
    #expect(try #require(Pool(threads: 0, cpus: cpus)).threads == cpus.count)
    var topology = apus_topology()
    apus_topology_read(&topology)
    #expect(try #require(Pool(threads: 0)).threads == topology.usable_threads)
  }

  @Test func spinsOnlyWithACPUForEachThread() throws {
    var topology = apus_topology()
    apus_topology_read(&topology)
    let usable = topology.usable_threads
    #expect(try #require(Pool(threads: usable, spinMicroseconds: 30)).spinMicroseconds == 30)
    #expect(try #require(Pool(threads: usable, spinMicroseconds: 5000)).spinMicroseconds == 50)
    #expect(try #require(Pool(threads: usable + 1, spinMicroseconds: 30)).spinMicroseconds == 0)
    #expect(try #require(Pool(threads: 2, cpus: [allowedCPUs()[0]], spinMicroseconds: 30)).spinMicroseconds == 0)
  }

  /// The last CPU does not exist, so a thread is started in vain.
  @Test(arguments: [60_000, -1, Int32.max])
  func leavesNothingBehindWhenThreadsCannotStart(missing: Int32) {
    errno = 0
    let cpus = [Int32](repeating: allowedCPUs()[0], count: Self.manyThreads - 1) + [missing]
    let pool = Pool(threads: Self.manyThreads, cpus: cpus)
    let reason = errno
    #expect(pool == nil)
    #expect(reason == EINVAL)
    #expect(poolThreadNames() == [])
  }

  @Test func refusesTooManyThreads() {
    #expect(Pool(threads: 65_537) == nil)
    #expect(errno == EINVAL)
  }

  /// Other tests of this process have pools of fewer threads than this.
  private static let othersThreads = 20
  private static let manyThreads = 24

  /// Names of this process's threads that begin with "apus-" and that no other test's pool has, sorted.
  private func poolThreadNames() -> [String] {
    guard let tasks = opendir("/proc/self/task") else { return ["?"] }
    defer { closedir(tasks) }
    var names: [String] = []
    while let entry = readdir(tasks) {
      let id = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard let file = fopen("/proc/self/task/\(id)/comm", "r") else { continue }
      defer { fclose(file) }
      var line = [UInt8](repeating: 0, count: 32)
      let length = fread(&line, 1, line.count, file)
      let name = String(decoding: line.prefix(length).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      if name.hasPrefix("apus-"), let number = Int(name.dropFirst(5)), number >= Self.othersThreads {
        names.append(name)
      }
    }
    return names.sorted()
  }
}
