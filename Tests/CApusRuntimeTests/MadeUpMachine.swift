// A machine that exists only as files: what /proc and /sys would say, in a folder of its own.

import CApusRuntime
import Foundation
import Testing

final class MadeUpMachine {
  private let folder: URL
  /// The path that stands for the empty one.
  var root: String { folder.path }

  init(_ files: [String: String]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files { try write(Data(text.utf8), to: path) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ data: Data, to path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    // Not Data.write(to:), which waits for the disk.
    let stream = try #require(fopen(file.path, "w"))
    defer { fclose(stream) }
    data.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
  }

  func read(allowed: [Int32] = Array(0..<8)) -> apus_topology {
    var topology = apus_topology()
    apus_topology_read_at(root, allowed, allowed.count, &topology)
    return topology
  }

  /// Eight hardware threads on four cores, one socket.
  static let hardware: [String: String] = {
    var files = [
      "sys/devices/system/cpu/online": "0-7\n",
      "sys/devices/system/node/online": "0-1\n",
      "sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
      "sys/kernel/mm/transparent_hugepage/hpage_pmd_size": "2097152\n",
      "proc/meminfo": "MemTotal:       16384000 kB\nMemFree:         1000000 kB\n",
    ]
    for cpu in 0..<8 {
      files["sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list"] = "\(cpu % 4),\(cpu % 4 + 4)\n"
    }
    for (index, cache) in [
      ("1", "Data", "48K"), ("1", "Instruction", "32K"), ("2", "Unified", "2048K"),
      ("3", "Unified", "36M"),
    ].enumerated() {
      let folder = "sys/devices/system/cpu/cpu0/cache/index\(index)"
      files["\(folder)/level"] = "\(cache.0)\n"
      files["\(folder)/type"] = "\(cache.1)\n"
      files["\(folder)/size"] = "\(cache.2)\n"
    }
    return files
  }()

  /// The hardware and control groups on it.
  static func grouped(cgroup: String, mounts: [String], _ limits: [String: String]) throws -> MadeUpMachine {
    let other = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw"
    var files = hardware.merging(limits) { $1 }
    files["proc/self/cgroup"] = cgroup
    files["proc/self/mountinfo"] = ([other] + mounts).joined(separator: "\n") + "\n"
    return try MadeUpMachine(files)
  }
}
