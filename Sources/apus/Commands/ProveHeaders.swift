// `apus prove headers`: Bitcoin headers form a chain with proof of work.

import ApusSTARK
import ApusStatements
import ArgumentParser

struct ProveHeaders: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "headers",
    abstract: "Prove that Bitcoin headers link to each other and have proof of work.",
    discussion: """
      The input is raw headers of 80 bytes, lines of 160 hexadecimal digits, or a CSV table; without one, 144 headers \
      from height 822,528 that are part of this program.

      A proof covers headers of one difficulty period: heights 2016 · k to 2016 · k + 2015. Where the height of the \
      first header is known (from a table, from --start-height, or because a checkpoint is among the headers), a longer \
      input becomes one proof for each period, in files whose names carry the height of their first header, so that \
      their alphabetic order is the chain's: --output headers.proof gives headers-822528.proof, headers-824544.proof \
      and so on. Each file is written as soon as its proof is verified.

      Each time must be after the median of the 11 before it. For the first headers some of these belong to blocks \
      before the input: --times-before gives them; times that are not given count as earlier than any. A proof shows \
      them, and proofs connect where one starts with the times that the one before ends with.
      """)

  @Option(help: ArgumentHelp("File of headers, - for standard input.", valueName: "file"))
  var input: String?

  @Option(help: ArgumentHelp("Height of the first header.", valueName: "height"))
  var startHeight: Int?

  @Option(
    help: ArgumentHelp(
      "Times of the up to 11 blocks right before the first header, the oldest first, in seconds since 1970.",
      valueName: "time,…"), transform: parseTimes)
  var timesBefore: [UInt32] = []

  @Option(help: ArgumentHelp("Prove the first so many headers of the input alone.", valueName: "n"))
  var count: Int?

  @Option(help: ArgumentHelp("Where to put the proof; a file there is replaced.", valueName: "file"))
  var output = "headers.proof"

  @OptionGroup(title: "Proving")
  var proving: ProvingOptions

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> ProvingReport {
    let run = try ProvingRun(proving)
    let source = try HeaderSource(path: input, count: count, startHeight: startHeight, timesBefore: timesBefore)
    let chains = try source.chains()
    let outputs = try paths(for: chains).map { path throws(Failure) in try OutputFile(path) }

    var proofs: [MadeProof] = []
    for (chain, output) in zip(chains, outputs) {
      let number = chains.count > 1 ? " (\(proofs.count + 1) of \(chains.count))" : ""
      let statement = HeaderStatement(chain.claim)
      let made = try run.prove(
        statement, claim: .headers(chain.claim), progressTitle: output.path + number,
        items: .init(name: "headers", count: chain.headers.count), proofs: chains.count
      ) { statement.trace(of: chain.headers, on: $0) }
      do { try output.write(made.file.bytes) } catch { throw error.keeping(proofs.count, of: chains.count) }
      proofs.append(MadeProof(made, source: source.remark, output: output.path))
    }
    return ProvingReport(proofs: proofs)
  }

  /// One for each chain: the path as given, or with heights in it.
  private func paths(for chains: [HeaderChain]) -> [String] {
    guard chains.count > 1 else { return [output] }
    let heights = chains.map { String($0.claim.startHeight ?? 0) }
    let width = heights.map(\.count).max() ?? 0
    return heights.map { height in
      OutputFile.path(output, inserting: "-" + String(repeating: "0", count: width - height.count) + height)
    }
  }
}

extension Failure {
  /// Whole proofs that were written before stay where they are, and the message says so.
  fileprivate func keeping(_ written: Int, of all: Int) -> Failure {
    guard written > 0 else { return self }
    return Failure(status: status, message: message + " (\(written) of \(all) proofs are written and whole)")
  }
}
