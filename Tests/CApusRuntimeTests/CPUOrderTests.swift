// In which order threads take the CPUs of made-up machines.

import CApusRuntime
import Testing

@Suite struct CPUOrderTests {
  /// Two sockets of four cores of two hardware threads: CPUs 0 to 7 are the cores' first threads, 8 to 15 the second.
  static let twoSockets: [String: String] = {
    var files = [
      "sys/devices/system/node/online": "0-1\n", "sys/devices/system/node/node0/cpulist": "0-3,8-11\n",
      "sys/devices/system/node/node1/cpulist": "4-7,12-15\n",
    ]
    for cpu in 0..<16 {
      files["sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list"] = "\(cpu % 8),\(cpu % 8 + 8)\n"
    }
    return files
  }()

  func order(
    _ affinity: apus_affinity, _ files: [String: String] = twoSockets, allowed: [Int32] = Array(0..<16)
  ) throws -> [Int32] {
    let machine = try MadeUpMachine(files)
    var cpus = [Int32](repeating: -1, count: allowed.count)
    let count = apus_topology_cpu_order_at(machine.root, affinity, allowed, allowed.count, &cpus)
    return Array(cpus.prefix(count))
  }

  @Test func compactFillsANodeFirst() throws {
    #expect(try order(APUS_AFFINITY_COMPACT) == [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15])
  }

  @Test func spreadTakesNodesInTurns() throws {
    #expect(try order(APUS_AFFINITY_SPREAD) == [0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15])
  }

  @Test func noneIsNoOrder() throws {
    #expect(try order(APUS_AFFINITY_NONE) == [])
    #expect(try order(apus_affinity(7)) == [])
  }

  @Test func onlyAllowedCPUs() throws {
    #expect(try order(APUS_AFFINITY_SPREAD, allowed: [1, 9, 10, 13]) == [1, 13, 10, 9])
    #expect(try order(APUS_AFFINITY_COMPACT, allowed: [1, 9, 10, 13]) == [1, 10, 9, 13])
    #expect(try order(APUS_AFFINITY_COMPACT, allowed: []) == [])
  }

  @Test func machinesThatTellNothing() throws {
    for affinity in [APUS_AFFINITY_COMPACT, APUS_AFFINITY_SPREAD] {
      #expect(try order(affinity, [:], allowed: [2, 3, 5]) == [2, 3, 5])
      let junk = ["sys/devices/system/node/online": "1-0", "sys/devices/system/node/node0/cpulist": "x"]
      #expect(try order(affinity, junk, allowed: [2, 3, 5]) == [2, 3, 5])
    }
  }

  @Test func thisMachine() throws {
    let allowed = allowedCPUs()
    for affinity in [APUS_AFFINITY_COMPACT, APUS_AFFINITY_SPREAD] {
      var cpus = [Int32](repeating: -1, count: allowed.count)
      #expect(apus_topology_cpu_order(affinity, &cpus, cpus.count) == allowed.count)
      #expect(cpus.sorted() == allowed)
      var one: [Int32] = [-1, -1]
      #expect(apus_topology_cpu_order(affinity, &one, 1) == allowed.count)
      #expect(one == [cpus[0], -1])
    }
  }
}
