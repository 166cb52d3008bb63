// What `apus info` reports: the machine, and why an engine looks as it does on it.

import ApusField
import ApusStatements
import CApusKernels
import CApusRuntime
import Foundation

struct MachineReport: Report {
  let cpu: String
  let instructionSets: [String]
  let chosenInstructionSet: String
  let whyInstructionSet: String
  let features: [String]
  let threads: Int
  let whyThreads: String
  let caches: String
  let hugePages: String
  let memory: String

  init() {
    var topology = apus_topology()
    apus_topology_read(&topology)
    let engine = Engine.default

    cpu = Self.cpuName
    instructionSets = InstructionSet.allCases.filter(\.isSupported).map(\.rawValue)
    chosenInstructionSet = engine.instructionSet.rawValue
    whyInstructionSet =
      engine.instructionSet == .best && !isFromEnvironment("APUS_ISA", engine.instructionSet.rawValue)
      ? "the widest that processor and system run" : "as APUS_ISA says"
    features = Self.featureNames.filter { apus_features() & $0.bit != 0 }.map(\.name)
    threads = engine.threads
    whyThreads = isFromEnvironment("APUS_THREADS", String(engine.threads)) ? "as APUS_THREADS says" : topology.limits
    caches = topology.caches
    hugePages = topology.hugePages
    memory = topology.memory_bytes == 0 ? "unknown" : formatted(bytes: Int(topology.memory_bytes))
  }

  var text: String {
    var rows = Rows()
    rows.title("apus \(Apus.version)")
    rows.row("processor", cpu)
    rows.row("sets found", instructionSets.joined(separator: ", "))
    rows.row("set chosen", "\(chosenInstructionSet): \(whyInstructionSet)")
    rows.row("features", features.isEmpty ? "none" : features.joined(separator: ", "))
    rows.row("threads", "\(threads): \(whyThreads)")
    rows.row("caches", caches)
    rows.row("huge pages", hugePages)
    rows.row("memory", memory)
    return rows.text
  }

  static var cpuName: String {
    var name = [CChar](repeating: 0, count: 128)
    apus_topology_cpu_name(&name, name.count)
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.isEmpty ? "unknown" : text
  }

  /// Beyond the sets: what single kernels use where it is there.
  private static let featureNames: [(name: String, bit: UInt32)] = [
    ("SHA", APUS_FEATURE_SHA.rawValue), ("AVX-512 IFMA", APUS_FEATURE_AVX512_IFMA.rawValue),
    ("AVX-512 VBMI", APUS_FEATURE_AVX512_VBMI.rawValue), ("GFNI", APUS_FEATURE_GFNI.rawValue),
    ("VAES", APUS_FEATURE_VAES.rawValue),
  ]
}

/// Whether the variable says what is in force. A value of no use is reported by the engine, and ignored.
private func isFromEnvironment(_ variable: String, _ value: String) -> Bool {
  ProcessInfo.processInfo.environment[variable] == value
}

extension apus_topology {
  fileprivate var limits: String {
    let mask = "\(cpus_allowed) of \(cpus_online) CPUs allowed (\(cores_allowed) cores)"
    return mask + (cpu_quota > 0 ? ", quota \(String(format: "%.3g", cpu_quota)) CPUs" : ", no quota")
  }

  fileprivate var caches: String {
    let known = [("L1d", l1d_bytes), ("L2", l2_bytes), ("L3", l3_bytes)].filter { $0.1 > 0 }
    return known.isEmpty ? "unknown" : known.map { "\($0.0) \(formatted(bytes: Int($0.1)))" }.joined(separator: ", ")
  }

  fileprivate var hugePages: String {
    let mode =
      switch transparent_huge_pages {
      case 0: "never"
      case 1: "where a program asks (madvise), as apus does"
      case 2: "always"
      default: "unknown"
      }
    let size = huge_page_bytes > 0 ? formatted(bytes: Int(huge_page_bytes)) : "none"
    return "\(size), transparent: \(mode)"
  }
}
