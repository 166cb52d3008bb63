// What the topology reader makes of machines that are made up, broken, and real.

import ApusTestSupport
import CApusRuntime
import Foundation
import Testing

@Suite
struct TopologyTests {
  @Test func readsTheHardware() throws {
    let machine = try MadeUpMachine(MadeUpMachine.hardware).read()
    #expect(machine.cpus_online == 8)
    #expect(machine.cpus_allowed == 8)
    #expect(machine.cores_allowed == 4)
    #expect(machine.cpu_quota == 0)
    #expect(machine.usable_threads == 8)
    #expect(machine.numa_nodes == 2)
    #expect(machine.l1d_bytes == 48 << 10)
    #expect(machine.l2_bytes == 2 << 20)
    #expect(machine.l3_bytes == 36 << 20)
    #expect(machine.page_bytes == 4096)
    #expect(machine.huge_page_bytes == 2 << 20)
    #expect(machine.transparent_huge_pages == 1)
    #expect(machine.memory_bytes == 16_384_000 << 10)
  }

  @Test(arguments: [([0], 1), ([0, 4], 1), ([0, 1], 2), ([1, 4, 5], 2), ([2, 3, 6, 7], 2)] as [([Int32], Int)])
  func countsTheCoresOfAllowedCPUs(allowed: [Int32], cores: Int) throws {
    let machine = try MadeUpMachine(MadeUpMachine.hardware).read(allowed: allowed)
    #expect(machine.cpus_online == 8)
    #expect(machine.cores_allowed == cores)
    #expect(machine.usable_threads == allowed.count)
  }

  @Test func countsCoresByIdWithoutSiblingLists() throws {
    var files: [String: String] = [:]
    for (cpu, (package, core)) in [(0, 0), (0, 0), (0, 1), (1, 0), (1, 1), (1, 1)].enumerated() {
      files["sys/devices/system/cpu/cpu\(cpu)/topology/physical_package_id"] = "\(package)\n"
      files["sys/devices/system/cpu/cpu\(cpu)/topology/core_id"] = "\(core)\n"
    }
    #expect(try MadeUpMachine(files).read(allowed: Array(0..<6)).cores_allowed == 4)
  }

  @Test(arguments: [
    ("[always] madvise never", 2), ("always [madvise] never", 1), ("always madvise [never]", 0), ("", -1),
  ])
  func readsTheHugePageMode(text: String, mode: Int32) throws {
    let machine = try MadeUpMachine(["sys/kernel/mm/transparent_hugepage/enabled": text]).read()
    #expect(machine.transparent_huge_pages == mode)
  }

  @Test func knowsNothingWithoutFiles() throws {
    let machine = try MadeUpMachine([:]).read(allowed: [3, 5, 9])
    #expect(machine.cpus_online == 3)
    #expect(machine.cpus_allowed == 3)
    #expect(machine.cores_allowed == 3)
    #expect(machine.usable_threads == 3)
    #expect(machine.numa_nodes == 1)
    #expect(machine.l1d_bytes == 0 && machine.l2_bytes == 0 && machine.l3_bytes == 0)
    #expect(machine.huge_page_bytes == 0)
    #expect(machine.transparent_huge_pages == -1)
    #expect(machine.memory_bytes == 0)
    #expect(try MadeUpMachine([:]).read(allowed: []).usable_threads == 1)
  }

  /// Cuts, repeats and replaces parts of every file, and gives each some noise. What comes out may be wrong, but never
  /// out of bounds.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func survivesJunk(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let machine = try ControlGroupTests.everything()
    let words = ["-", ",", "0-", "-1", "99999999999999999999", "18446744073709551615", "/..", ":", "\n", " - ", "\0"]
    for (path, text) in ControlGroupTests.everythingFiles {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes.insert(contentsOf: words.randomElement(using: &random)!.utf8, at: at)
        case 1: bytes.removeSubrange(at...)
        case 2: bytes.insert(contentsOf: (0..<9).map { _ in UInt8.random(in: 0...255, using: &random) }, at: at)
        default: bytes += bytes[at...]
        }
      }
      try machine.write(Data(bytes), to: path)
    }
    let topology = machine.read()
    #expect(topology.cpus_online >= 8)
    #expect((1...8).contains(topology.cores_allowed))
    #expect((1...8).contains(topology.usable_threads))
    #expect(topology.numa_nodes >= 1)
    #expect(topology.cpu_quota >= 0 && topology.cpu_quota.isFinite)
    #expect((-1...2).contains(topology.transparent_huge_pages))
  }

  @Test(arguments: ["3-1", "0-1048576", "x", "-", "0-", "0,", "99999999999999999999", ""])
  func ignoresListsThatAreNone(list: String) throws {
    let machine = try MadeUpMachine(["sys/devices/system/node/online": list, "sys/devices/system/cpu/online": list])
    #expect(machine.read().numa_nodes == 1)
    #expect(machine.read().cpus_online == 8)
  }

  @Test func readsThisMachine() {
    var machine = apus_topology()
    apus_topology_read(&machine)
    let allowed = allowedCPUs()
    #expect(machine.cpus_online == sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    #expect(machine.cpus_allowed == allowed.count)
    #expect(allowed == allowed.sorted() && Set(allowed).count == allowed.count)
    #expect((1...machine.cpus_allowed).contains(machine.cores_allowed))
    #expect((1...machine.cpus_allowed).contains(machine.usable_threads))
    #expect(machine.memory_bytes > 64 << 20)
  }

  @Test func listsAsManyCPUsAsFit() {
    let all = allowedCPUs()
    var one: [Int32] = [-1, -1]
    #expect(apus_topology_allowed_cpus(&one, 1) == all.count)
    #expect(one == [all[0], -1])
  }

  @Test func cutsTheProcessorName() {
    func name(_ capacity: Int) -> [CChar] {
      var text = [CChar](repeating: 127, count: 64)
      apus_topology_cpu_name(&text, capacity)
      return text
    }
    let full = name(64).prefix { $0 != 0 }
    #expect(full.count < 49 && full.first != 32 && full.last != 32)
    #expect(name(0)[0] == 127)
    #expect(name(1)[0...1] == [0, 127])
    #expect(Array(name(4)[..<5]) == Array(full.prefix(3)) + [0, 127])
  }

  @Test func measuresPeakMemoryAndTime() {
    let before = apus_now_nanoseconds()
    let bytes = 64 << 20
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    memset(memory, 1, bytes)
    #expect(apus_peak_resident_bytes() > bytes)
    memory.deallocate()
    #expect(apus_peak_resident_bytes() > bytes)
    usleep(1000)
    #expect(apus_now_nanoseconds() - before >= 1_000_000)
  }
}
