// The command line: what each command does stands in Commands/, one file each; here is what they share, how they end.

import ApusField
import ApusSTARK
import ApusStatements
import ArgumentParser
import Foundation

@main
struct Apus: ParsableCommand {
  static let version = "0.1.0"
  /// When the program started; set by the first use, which is in `main`.
  static let start = ContinuousClock.now

  static let configuration = CommandConfiguration(
    abstract: "GPU-free proofs on x86-64 servers.",
    discussion: """
      Exit status: 0 if all is good, 1 if a proof or what it should prove is invalid, 2 for bad usage, input that cannot \
      be read or compared, or output that cannot be written.
      """,
    version: "apus \(version) (proof files of version \(ProofFile.version), proofs of version \(Proof.version))",
    subcommands: [
      Prove.self, Verify.self, Heavier.self, Inspect.self, ScriptCommand.self, Bench.self, Tune.self, Security.self,
      Info.self,
    ])

  static func main() {
    _ = start
    // A limit on file sizes then shows as an error of the write, which has words, and not as a signal, which has none.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      // Tuning starts from the defaults, and may be about to write the profile that is missing.
      if !(command is Tune) { try EngineEnvironment.current.report() }
      try command.run()
    } catch let failure as Failure {
      quit(failure)
    } catch {
      // Help and versions come this way too.
      if exitCode(for: error) == .success { exit(withError: error) }
      quit(Failure(usage: error))
    }
  }

  private static func quit(_ failure: Failure) -> Never {
    StandardError.write("error: \(failure.message)\n")
    Foundation.exit(failure.status.rawValue)
  }
}

extension Failure {
  /// Arguments that cannot be parsed: one line with the way to the right help, instead of the whole usage.
  fileprivate init(usage error: any Error) {
    let message = Apus.message(for: error).split(separator: "\n").joined(separator: " ")
    let help = Apus.fullMessage(for: error).split(separator: "'").dropLast().last { $0.hasSuffix("--help") }
    let lowered = message.prefix(1).lowercased() + message.dropFirst()
    self = .unusable(lowered + " (see '\(help ?? "apus --help")')")
  }
}

extension EngineEnvironment {
  /// Says once what of the environment is ignored.
  ///
  /// - Throws: for a profile that cannot be used on any machine: whoever names one wants it used.
  fileprivate func report() throws(Failure) {
    for warning in warnings {
      switch warning {
      case .tuning(let error) where !error.isAboutProcessor: throw .unusable("APUS_TUNING: \(error)")
      default: StandardError.write("apus: warning: \(warning)\n")
      }
    }
  }
}
