// The engine that `Engine.default` gives, shaped by APUS_ISA, APUS_THREADS and APUS_TUNING.

import Glibc

/// What the environment says about `Engine.default`.
public struct EngineEnvironment: Sendable {
  /// `APUS_ISA`: portable, avx2 or avx512.
  public private(set) var instructionSet: InstructionSet?
  /// `APUS_THREADS`.
  public private(set) var threads: Int?
  /// The path in `APUS_TUNING`, if the profile there is in force.
  public private(set) var profile: String?
  /// The tuning in that profile, or the default one.
  public private(set) var tuning = Tuning()
  /// What could not be used, and was ignored.
  public private(set) var warnings: [EngineWarning] = []

  /// - Parameter variable: the value of an environment variable, or `nil`.
  package init(_ variable: (_ name: String) -> String?) {
    func value(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let name = value("APUS_ISA") {
      instructionSet = InstructionSet(rawValue: name).flatMap { $0.isSupported ? $0 : nil }
      if instructionSet == nil { warnings.append(.instructionSet(name)) }
    }
    if let text = value("APUS_THREADS") {
      threads = Int(text).flatMap { (1...Engine.maximumThreads).contains($0) ? $0 : nil }
      if threads == nil { warnings.append(.threads(text)) }
    }
    if let path = value("APUS_TUNING") {
      do {
        tuning = try Tuning(profile: path)
        profile = path
      } catch { warnings.append(.tuning(error)) }
    }
  }

  /// This process's.
  public static let current = EngineEnvironment { name in getenv(name).map { String(cString: $0) } }
}

/// A setting that `Engine.default` does not follow.
public enum EngineWarning: Equatable, Sendable, CustomStringConvertible {
  /// `APUS_ISA` names a set that does not exist, or that this machine does not run.
  case instructionSet(String)
  /// `APUS_THREADS` is no number in range.
  case threads(String)
  /// `APUS_TUNING` names a profile that is not used.
  case tuning(TuningError)

  public var description: String {
    switch self {
    case .instructionSet(let name):
      """
      APUS_ISA=\(name) is not one of \(InstructionSet.allCases.filter(\.isSupported)); using \(InstructionSet.best)
      """
    case .threads(let text): "APUS_THREADS=\(text) is not a number from 1 to \(Engine.maximumThreads); ignored"
    case .tuning(let error): "APUS_TUNING is ignored: \(error)"
    }
  }
}

extension Engine {
  /// What this machine runs best, unless `APUS_ISA` (portable, avx2, avx512), `APUS_THREADS` or `APUS_TUNING` (a
  /// profile that `apus tune` wrote) say otherwise; the first two win over the profile. What cannot be used of them is
  /// ignored, and listed in ``EngineEnvironment/warnings``.
  public static let `default`: Engine = {
    let environment = EngineEnvironment.current
    func engine(threads: Int?) throws(EngineError) -> Engine {
      try Engine(instructionSet: environment.instructionSet, threads: threads, tuning: environment.tuning)
    }
    if let engine = try? engine(threads: environment.threads) { return engine }
    // The system did not start as many threads.
    guard let single = try? engine(threads: 1) else { fatalError("no memory for an engine of one thread") }
    return single
  }()
}
