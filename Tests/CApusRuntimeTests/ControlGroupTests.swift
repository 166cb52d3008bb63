// Limits of control groups: version 2, version 1, both, nested, in containers.

import CApusRuntime
import Testing

@Suite
struct ControlGroupTests {
  static let v2 = "30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"
  static let v1 = [
    "33 22 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:5 - cgroup cgroup rw,cpu,cpuacct",
    "34 22 0:31 / /sys/fs/cgroup/memory rw,nosuid shared:6 - cgroup cgroup rw,memory",
    "35 22 0:32 / /sys/fs/cgroup/cpuset rw,nosuid - cgroup cgroup rw,cpuset",
  ]
  static let v1Groups = "12:cpuset:/set\n5:cpu,cpuacct:/jobs/one\n4:memory:/jobs/two\n1:name=systemd:/x\n0::/y\n"

  @Test(
    arguments: [
      ("max 100000", 0, 8), ("150000 100000", 1.5, 2), ("100000 100000", 1, 1), ("200000 100000", 2, 2),
      ("20000 100000", 0.2, 1), ("90000000 100000", 900, 8), ("0 100000", 0, 8), ("100000 0", 0, 8), ("100000", 0, 8),
      ("", 0, 8), ("99999999999999999999 100000", 0, 8), ("-1 100000", 0, 8),
    ] as [(String, Double, Int)])
  func quotaOfVersion2(text: String, quota: Double, threads: Int) throws {
    let machine = try MadeUpMachine.grouped(
      cgroup: "0::/app\n", mounts: [Self.v2], ["sys/fs/cgroup/app/cpu.max": text + "\n"]
    ).read()
    #expect(machine.cpu_quota == quota)
    #expect(machine.usable_threads == threads)
  }

  @Test func smallestQuotaOnThePathCounts() throws {
    let paths = ["", "/a", "/a/b", "/a/b/c"]
    for tightest in paths.indices {
      var files: [String: String] = [:]
      for (i, path) in paths.enumerated() {
        files["sys/fs/cgroup\(path)/cpu.max"] = i == tightest ? "300000 100000\n" : "400000 100000\n"
        files["sys/fs/cgroup\(path)/memory.max"] = i == tightest ? "1073741824\n" : "max\n"
      }
      files["sys/fs/cgroup/a/other/cpu.max"] = "100000 100000\n"  // a neighbour, not on the path
      let machine = try MadeUpMachine.grouped(cgroup: "0::/a/b/c\n", mounts: [Self.v2], files).read()
      #expect(machine.cpu_quota == 3, "limited at \(paths[tightest])")
      #expect(machine.memory_bytes == 1 << 30, "limited at \(paths[tightest])")
    }
  }

  @Test(
    arguments: [
      ("-1", "100000", 0, 8), ("150000", "100000", 1.5, 2), ("25000", "50000", 0.5, 1), ("100000", "0", 0, 8),
      ("x", "100000", 0, 8),
    ] as [(String, String, Double, Int)])
  func quotaOfVersion1(quota: String, period: String, cpus: Double, threads: Int) throws {
    let machine = try MadeUpMachine.grouped(
      cgroup: Self.v1Groups, mounts: Self.v1,
      [
        "sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_quota_us": quota + "\n",
        "sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_period_us": period + "\n",
        "sys/fs/cgroup/cpu,cpuacct/jobs/one/cpu.cfs_quota_us": "-1\n",
        "sys/fs/cgroup/cpu,cpuacct/jobs/one/cpu.cfs_period_us": "100000\n",
      ]
    ).read()
    #expect(machine.cpu_quota == cpus)
    #expect(machine.usable_threads == threads)
  }

  @Test(arguments: [
    ("9223372036854771712", 16_384_000 << 10), ("536870912", 512 << 20), ("99999999999999", 16_384_000 << 10),
  ])
  func memoryOfVersion1(limit: String, bytes: UInt64) throws {
    let files = ["sys/fs/cgroup/memory/jobs/two/memory.limit_in_bytes": limit + "\n"]
    #expect(try MadeUpMachine.grouped(cgroup: Self.v1Groups, mounts: Self.v1, files).read().memory_bytes == bytes)
  }

  /// A container without a namespace of its own: it is told the host's path and sees only its own group.
  @Test func mountThatShowsOneGroup() throws {
    let mount = "33 22 0:30 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu"
    let files = [
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "250000\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    ]
    let own = try MadeUpMachine.grouped(cgroup: "3:cpu:/docker/abc\n", mounts: [mount], files)
    #expect(own.read().cpu_quota == 2.5)
    for other in ["/docker/abcd", "/docker", "/", "", "docker/abc"] {
      let machine = try MadeUpMachine.grouped(cgroup: "3:cpu:\(other)\n", mounts: [mount], files)
      #expect(machine.read().cpu_quota == 0, "\(other) is not below the mount")
    }
  }

  /// A group outside of this process's namespace: only the mount point is in sight.
  @Test func groupOutsideTheNamespace() throws {
    let machine = try MadeUpMachine.grouped(
      cgroup: "0::/../other\n", mounts: [Self.v2],
      ["sys/fs/cgroup/cpu.max": "200000 100000\n", "sys/fs/other/cpu.max": "100000 100000\n"])
    #expect(machine.read().cpu_quota == 2)
  }

  static let everythingFiles: [String: String] = MadeUpMachine.hardware.merging([
    "proc/self/cgroup": v1Groups, "proc/self/mountinfo": ([v2] + v1).joined(separator: "\n"),
    "sys/fs/cgroup/y/cpu.max": "250000 100000\n", "sys/fs/cgroup/y/memory.max": "1073741824\n",
    "sys/fs/cgroup/cpu,cpuacct/jobs/one/cpu.cfs_quota_us": "350000\n",
    "sys/fs/cgroup/cpu,cpuacct/jobs/one/cpu.cfs_period_us": "100000\n",
    "sys/fs/cgroup/memory/jobs/two/memory.limit_in_bytes": "536870912\n",
  ]) { $1 }

  /// Both versions at one time, each with limits.
  static func everything() throws -> MadeUpMachine { try MadeUpMachine(everythingFiles) }

  @Test func bothVersionsTogether() throws {
    let machine = try Self.everything().read()
    #expect(machine.cpu_quota == 2.5)
    #expect(machine.usable_threads == 3)
    #expect(machine.memory_bytes == 512 << 20)
  }
}
