// `apus security`: what is proven about proofs of some size, before any is made, and which parameters reach a level.

import ApusField
import ApusSTARK
import ApusStatements
import ArgumentParser

struct Security: ReportingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every soundness term of a statement's proofs, with their size and cost; or search parameters.",
    discussion: """
      Sizes are expected ones and hold within a few percent; memory is a bound from above. Times are estimates from a \
      model measured on another machine: prove something to know them.
      """)

  @OptionGroup(title: "What is proven")
  var statement: StatementOptions

  @Option(help: "Parameters to report on.")
  var preset: SecurityPreset = .proven128

  @Option(help: "Hash of the Merkle trees.")
  var hash = HashArgument(.blake3)

  @Option(help: "Threads that the time is estimated for; as many as this machine offers if not given.")
  var threads: Int?

  @Flag(help: "Search all parameters that reach a level instead, and show those that no others beat.")
  var search = false

  @Option(help: ArgumentHelp("Proven bits to search for; 128 if not given.", valueName: "bits"))
  var level: Int?

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> SecurityFacts {
    let sizes = try statement.sizes()
    let threads = self.threads ?? Engine.default.threads
    guard (1...1024).contains(threads) else {
      throw .unusable("the number of threads must be from 1 to 1024, not \(threads)")
    }
    let logRows = statement.rows.trailingZeroBitCount
    guard search else {
      if level != nil { throw .unusable("--level belongs to --search: a preset has its own") }
      return try facts(sizes, logRows: logRows, threads: threads)
    }
    guard statement.rollIns.isEmpty else {
      throw .unusable("--roll-in and --search exclude each other: sizes of proofs of several heights are not known yet")
    }
    let level = level ?? 128
    guard (1...128).contains(level) else {
      throw .unusable("the level must be from 1 to 128, where hash collisions end, not \(level)")
    }
    let field = statement.field.field(.standard)
    guard hash.hash.reaches(level: level, order: field.order) else {
      let bits = oneDecimal(hash.hash.collisionBits(order: field.order))
      throw .unusable("\(hash.hash.name) digests resist collisions with \(bits) bits only")
    }
    let candidates = try failing(.unusable) {
      try ParameterSearch(sizes, logRows: logRows, field: field, hash: hash.hash, level: level).best()
    }
    return SecurityFacts(
      title: statement.title, sizes: sizes, field: field, rows: statement.rows, hash: hash.hash, report: nil,
      candidates: candidates, threads: threads)
  }

  private func facts(
    _ sizes: StatementSizes, logRows: Int, threads: Int
  ) throws(Failure) -> SecurityFacts {
    let field = statement.field.field(preset.extensionKind)
    let report = try failing(.unusable) {
      guard hash.hash.reaches(level: preset.level, order: field.order) else {
        throw ProofShapeError.hashTooWeak(
          preset: preset, hash: hash.hash, bits: hash.hash.collisionBits(order: field.order))
      }
      return try SecurityReport(
        preset: preset, input: sizes.input(logRows: logRows, field: field, rollIns: statement.rollIns), hash: hash.hash)
    }
    return SecurityFacts(
      title: statement.title, sizes: sizes, field: field, rows: statement.rows, hash: hash.hash, report: report,
      candidates: [], threads: threads)
  }
}
