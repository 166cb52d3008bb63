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
  let cpus: String
  let threads: Int
  let whyThreads: String
  let tuning: String
  let whyTuning: String
  let caches: String
  let hugePages: String
  let memory: String

  init() {
    var topology = apus_topology()
    apus_topology_read(&topology)
    let engine = Engine.default
    let environment = EngineEnvironment.current

    cpu = Self.cpuName
    instructionSets = InstructionSet.allCases.filter(\.isSupported).map(\.rawValue)
    chosenInstructionSet = engine.instructionSet.rawValue
    whyInstructionSet =
      environment.instructionSet == nil ? "the widest that processor and system run" : "as APUS_ISA says"
    features = Self.featureNames.filter { apus_features() & $0.bit != 0 }.map(\.name)
    threads = engine.threads
    cpus = topology.cpus
    whyThreads =
      environment.threads != nil
      ? "as APUS_THREADS says"
      : engine.tuning.threads != nil ? "as the profile says, within usable CPUs" : "one for each usable CPU"
    tuning = engine.tuning.changes.isEmpty ? "defaults" : engine.tuning.changes.joined(separator: ", ")
    whyTuning =
      environment.profile.map { "as APUS_TUNING says, \($0)" }
      ?? (environment.warnings.contains { $0.isAboutTuning } ? "the profile is for another machine" : "no profile")
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
    rows.row("CPUs", cpus)
    rows.row("threads", "\(threads): \(whyThreads)")
    rows.row("tuning", "\(tuning): \(whyTuning)")
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

extension EngineWarning {
  fileprivate var isAboutTuning: Bool { if case .tuning = self { true } else { false } }
}

extension Tuning {
  /// What differs from the defaults, as profiles call it.
  fileprivate var changes: [String] {
    // An engine's tuning is in range.
    guard let values = try? values() else { return [] }
    return (0..<APUS_KNOB_COUNT.rawValue).compactMap { number in
      let knob = apus_knob(number)
      let value = withUnsafePointer(to: values) { apus_tuning_get($0, knob) }
      guard let range = apus_tuning_range(knob)?.pointee, value != range.preset else { return nil }
      return "\(String(cString: range.key)) \(range.words.map { String(cString: $0[Int(value)]) } ?? "\(value)")"
    }
  }
}

extension apus_topology {
  fileprivate var cpus: String {
    let mask = "\(cpus_allowed) of \(cpus_online) allowed (\(cores_allowed) cores, NUMA nodes: \(numa_nodes))"
    let quota = cpu_quota > 0 ? "cgroup quota \(String(format: "%.3g", cpu_quota)) CPUs" : "no cgroup quota"
    return "\(mask), \(quota): \(usable_threads) usable"
  }

  fileprivate var caches: String {
    let known = [("L1d", l1d_bytes), ("L2", l2_bytes), ("L3", l3_bytes)].filter { $0.1 > 0 }
    return known.isEmpty ? "unknown" : known.map { "\($0.0) \(formatted(bytes: Int($0.1)))" }.joined(separator: ", ")
  }

  fileprivate var hugePages: String {
    let mode =
      switch transparent_huge_pages {
      case 0: "never"
      case 1: "where a program asks (madvise), as apus does unless tuned not to"
      case 2: "always"
      default: "unknown"
      }
    let size = huge_page_bytes > 0 ? formatted(bytes: Int(huge_page_bytes)) : "none"
    return "\(size), transparent: \(mode)"
  }
}
