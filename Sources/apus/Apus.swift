import ArgumentParser

@main
struct Apus: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "GPU-free proofs on x86-64 servers.")
}
