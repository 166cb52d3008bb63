// The engine that `Engine.default` gives, shaped by APUS_ISA and APUS_THREADS.

import Glibc

extension Engine {
  /// What this machine runs best, unless `APUS_ISA` (portable, avx2, avx512) or `APUS_THREADS` say otherwise. A value
  /// of theirs that cannot be used is reported on standard error and ignored.
  public static let `default`: Engine = {
    var isa: InstructionSet?
    if let name = environment("APUS_ISA") {
      isa = InstructionSet(rawValue: name)
      if isa?.isSupported != true {
        warn(
          "APUS_ISA=\(name) is not one of \(InstructionSet.allCases.filter(\.isSupported)); using \(InstructionSet.best)"
        )
        isa = nil
      }
    }
    var threads: Int?
    if let text = environment("APUS_THREADS") {
      threads = Int(text).flatMap { (1...maximumThreads).contains($0) ? $0 : nil }
      if threads == nil { warn("APUS_THREADS=\(text) is not a number from 1 to \(maximumThreads); ignored") }
    }
    if let engine = try? Engine(instructionSet: isa, threads: threads) { return engine }
    warn("the system did not start worker threads; using one")
    guard let single = try? Engine(instructionSet: isa, threads: 1) else {
      fatalError("no memory for an engine of one thread")
    }
    return single
  }()

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func warn(_ text: String) {
    let line = "apus: warning: \(text)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }
}
