// `apus info`: what this machine offers, and what a run would use of it.

import ArgumentParser

struct Info: ReportingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the processor, instruction sets, threads, caches and memory that proving would use.")

  var json: Bool { false }

  func report() throws(Failure) -> MachineReport { MachineReport() }
}
