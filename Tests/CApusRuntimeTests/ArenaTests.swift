// The arena: alignment, reuse, figures, and sizes that no machine has.

import ApusTestSupport
import CApusRuntime
import Dispatch
import Foundation
import Testing

private let mebibyte = 1 << 20

@Suite
final class ArenaTests: @unchecked Sendable {
  let arena: OpaquePointer

  init() throws { arena = try #require(apus_arena_create()) }
  deinit { apus_arena_destroy(arena) }

  func acquire(_ bytes: Int) throws -> UnsafeMutableRawPointer { try #require(apus_arena_acquire(arena, bytes)) }
  func release(_ buffer: UnsafeMutableRawPointer, _ bytes: Int) { apus_arena_release(arena, buffer, bytes) }
  var usage: apus_arena_usage { apus_arena_get_usage(arena) }

  @Test(arguments: [
    0, 1, 63, 64, 65, 4096, 2 * mebibyte - 1, 2 * mebibyte, 2 * mebibyte + 1, 5 * mebibyte + 12_345,
  ])
  func alignsAndIsWritable(bytes: Int) throws {
    let buffers = try (0..<5).map { _ in try acquire(bytes) }
    #expect(Set(buffers).count == 5)
    for (i, buffer) in buffers.enumerated() {
      #expect(Int(bitPattern: buffer) % (bytes < 2 * mebibyte ? 64 : 2 * mebibyte) == 0)
      memset(buffer, Int32(i + 1), bytes)
    }
    for (i, buffer) in buffers.enumerated() {
      #expect(UnsafeRawBufferPointer(start: buffer, count: bytes).allSatisfy { $0 == i + 1 })
      release(buffer, bytes)
    }
    #expect(usage.in_use == 0)
  }

  @Test func handsOutKeptMemoryAgain() throws {
    let first = try acquire(16 * mebibyte)
    release(first, 16 * mebibyte)
    for bytes in [16, 15, 12, 2].map({ $0 * mebibyte }) + [15 * mebibyte + 1] {
      let again = try acquire(bytes)
      #expect(again == first, "\(bytes) bytes")
      #expect(usage.in_use == bytes)
      #expect(usage.kept == 16 * mebibyte - (bytes + 2 * mebibyte - 1) / (2 * mebibyte) * (2 * mebibyte))
      release(again, bytes)
      #expect(usage.kept == 16 * mebibyte)
    }
    let other = try acquire(16 * mebibyte + 1)  // too large for it
    #expect(other != first)
    #expect(usage.kept == 16 * mebibyte)
    release(other, 16 * mebibyte + 1)
  }

  /// What was cut grows together again, in whichever order the pieces come back; what was mapped apart stays apart.
  @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1], [0, 2, 1, 3]])
  func piecesGrowTogetherAgain(order: [Int]) throws {
    let whole = try acquire(24 * mebibyte)
    release(whole, 24 * mebibyte)
    let sizes = [4, 10, 2, 8].map { $0 * mebibyte }
    let pieces = try sizes.map { try acquire($0) }
    #expect(usage.kept == 0)
    #expect(pieces == [0, 4, 14, 16].map { whole + $0 * mebibyte })
    for i in order { release(pieces[i], sizes[i]) }
    #expect(usage.kept == 24 * mebibyte)
    let again = try acquire(24 * mebibyte)
    #expect(again == whole)
    release(again, 24 * mebibyte)
  }

  /// Pieces on both sides of a hole that went back to the system never become one.
  @Test func aHoleStaysAHole() throws {
    let whole = try acquire(12 * mebibyte)
    release(whole, 12 * mebibyte)
    let pieces = try (0..<3).map { _ in try acquire(4 * mebibyte) }
    release(pieces[1], 4 * mebibyte)
    apus_arena_trim(arena)
    memset(pieces[0], 1, 4 * mebibyte)
    memset(pieces[2], 2, 4 * mebibyte)
    release(pieces[0], 4 * mebibyte)
    release(pieces[2], 4 * mebibyte)
    #expect(usage.kept == 8 * mebibyte)
    let large = try acquire(8 * mebibyte)
    memset(large, 3, 8 * mebibyte)
    #expect(usage.kept == 8 * mebibyte)
    release(large, 8 * mebibyte)
  }

  @Test(arguments: 0..<8)
  func randomPiecesNeverOverlap(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var live: [(buffer: UnsafeMutableRawPointer, bytes: Int, mark: UInt64)] = []
    func check(_ piece: (buffer: UnsafeMutableRawPointer, bytes: Int, mark: UInt64)) {
      for offset in stride(from: 0, to: piece.bytes - 8, by: 64 << 10) + [piece.bytes - 8] {
        #expect(piece.buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self) == piece.mark)
      }
    }
    for step in 0..<400 {
      if live.count < 12, random.next() % 3 > 0 {
        let bytes = 2 * mebibyte + Int(random.next() % UInt64(20 * mebibyte)) & ~7
        let mark = random.next()
        let buffer = try acquire(bytes)
        for offset in stride(from: 0, to: bytes - 8, by: 64 << 10) + [bytes - 8] {
          buffer.storeBytes(of: mark, toByteOffset: offset, as: UInt64.self)
        }
        live.append((buffer, bytes, mark))
      } else if !live.isEmpty {
        let piece = live.remove(at: Int(random.next() % UInt64(live.count)))
        check(piece)
        release(piece.buffer, piece.bytes)
      }
      if step % 100 == 99 { apus_arena_trim(arena) }
      #expect(usage.in_use == live.reduce(0) { $0 + $1.bytes })
    }
    for piece in live {
      check(piece)
      release(piece.buffer, piece.bytes)
    }
    apus_arena_trim(arena)
    #expect(usage.in_use == 0 && usage.kept == 0)
  }

  @Test func prefersTheTightestBuffer() throws {
    let sizes = [40, 34, 38].map { $0 * mebibyte }
    let buffers = try sizes.map { try acquire($0) }
    for (buffer, bytes) in zip(buffers, sizes) { release(buffer, bytes) }
    let tight = try acquire(33 * mebibyte)
    #expect(tight == buffers[1])
    let next = try acquire(33 * mebibyte)
    #expect(next == buffers[2])
    release(tight, 33 * mebibyte)
    release(next, 33 * mebibyte)
  }

  @Test func countsWhatIsHandedOutAndKept() throws {
    let small = try acquire(1000)
    let large = try acquire(3 * mebibyte)
    #expect(usage.in_use == 1000 + 3 * mebibyte)
    #expect(usage.kept == 0)
    release(small, 1000)
    release(large, 3 * mebibyte)
    #expect(usage.in_use == 0)
    #expect(usage.kept == 4 * mebibyte)  // whole huge pages
    #expect(usage.peak == 1000 + 3 * mebibyte)
    let other = try acquire(2 * mebibyte)
    apus_arena_trim(arena)
    #expect(usage.in_use == 2 * mebibyte)
    #expect(usage.kept == 0)
    memset(other, 1, 2 * mebibyte)  // handed out, so not given back
    release(other, 2 * mebibyte)
    #expect(usage.kept == 2 * mebibyte)
    #expect(usage.peak == 1000 + 3 * mebibyte)
  }

  /// Negative numbers are C's largest sizes.
  @Test(arguments: [-1, -64, -2 * mebibyte, -4 * mebibyte - 1, -4 * mebibyte, Int.max, Int.max - 4 * mebibyte, 1 << 60])
  func refusesSizesThatNoMachineHas(bytes: Int) throws {
    #expect(apus_arena_acquire(arena, bytes) == nil)
    #expect(usage.in_use == 0 && usage.peak == 0)
    release(try acquire(2 * mebibyte), 2 * mebibyte)
  }

  @Test func servesSeveralThreads() {
    DispatchQueue.concurrentPerform(iterations: 6) { thread in
      for i in 0..<60 {
        let bytes = [100, 2 * mebibyte, 5 * mebibyte, 6 * mebibyte][(i + thread) % 4]
        guard let buffer = apus_arena_acquire(arena, bytes) else { continue }
        let words = buffer.bindMemory(to: Int.self, capacity: bytes / 8)
        words[bytes / 8 - 1] = thread
        words[0] = thread
        sched_yield()
        if words[0] != thread || words[bytes / 8 - 1] != thread { Issue.record("a buffer with two owners") }
        apus_arena_release(arena, buffer, bytes)
        if i % 20 == 19 { apus_arena_trim(arena) }
      }
    }
    #expect(usage.in_use == 0)
    apus_arena_trim(arena)
    #expect(usage.kept == 0)
  }

  /// The kernel lists what was advised: "hg" and "nh" among a mapping's flags.
  @Test func asksForHugePagesUnlessTold() throws {
    func flags(_ buffer: UnsafeMutableRawPointer) -> String? {
      let lines = (try? String(contentsOfFile: "/proc/self/smaps", encoding: .utf8))?.split(separator: "\n") ?? []
      var isInside = false
      for line in lines {
        if let range = line.split(separator: " ").first?.split(separator: "-"), range.count == 2,
          let start = UInt(range[0], radix: 16), let end = UInt(range[1], radix: 16)
        {
          isInside = (start..<end).contains(UInt(bitPattern: buffer))
        }
        if isInside, line.hasPrefix("VmFlags:") { return String(line) }
      }
      return nil
    }
    for (wanted, flag, other) in [(Int32(0), " nh", " hg"), (1, " hg", " nh")] {
      apus_arena_set_huge_pages(arena, wanted)
      let buffer = try acquire(4 * mebibyte)
      // A kernel without huge pages takes no advice.
      if let flags = flags(buffer), flags.contains(flag) || flags.contains(other) {
        #expect(flags.contains(flag) && !flags.contains(other), "\(flags)")
      }
      release(buffer, 4 * mebibyte)
      apus_arena_trim(arena)
    }
  }
}
