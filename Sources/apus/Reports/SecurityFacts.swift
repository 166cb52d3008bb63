// What `apus security` reports: one preset's terms and costs, or the candidates of a search.

import ApusMerkle
import ApusSTARK
import ApusStatements

struct SecurityFacts: Report {
  struct Term: Encodable {
    let name: String
    /// Rounded down to a tenth, as all bits here.
    let bits: Double
    let work: Int
    let total: Double
    let secondOpinion: Double?
  }
  struct Change: Encodable {
    let rows: Int
    /// None where the level is out of reach.
    let queries: Int?
    let regime: String?
  }
  struct Part: Encodable {
    let name: String
    let bytes: Int
  }
  struct Estimate: Encodable {
    let proofBytes: Int
    let proofParts: [Part]
    let provingSeconds: Double
    let threads: Int
    /// The prover's, from above.
    let memoryBytes: Int
  }
  struct Parameters: Encodable {
    let blowup: Int
    let largestArity: Int
    let finalCoefficients: Int
    let queries: Int
    let provenBits: Double
    /// Why that is enough where it reads as less than the level.
    let provenBitsNote: String?
    let regime: String
    /// Proofs of work: the largest, and the hashes of all of them.
    let largestWork: Int
    let hashes: Double
    /// Cells of the extended trace.
    let cells: Int
    /// None where heights are several: what such proofs hold is not known yet.
    let estimate: Estimate?
  }
  struct RollIn: Encodable {
    let rows: Int
    let openedValues: Int
  }

  let statement: String
  let rows, columns, constraints, degree, openedValues, openedPoints: Int
  let rollIns: [RollIn]
  let field: String
  let hash: String
  let preset: String?
  let promisedLevel: Int?
  let terms: [Term]
  let changes: [Change]
  let parameters: [Parameters]
  private let description: String?

  private enum CodingKeys: String, CodingKey {
    case statement, rows, columns, constraints, degree, openedValues, openedPoints, rollIns, field, hash, preset
    case promisedLevel
    case terms, changes, parameters
  }

  init(
    title: String, sizes: StatementSizes, field: ProofField, rows: Int, hash: MerkleHash, report: SecurityReport?,
    candidates: [ParameterSearch.Candidate], threads: Int
  ) {
    statement = title
    self.rows = rows
    columns = sizes.columns
    constraints = sizes.constraintCount
    degree = sizes.degree
    openedValues = sizes.input(logRows: rows.trailingZeroBitCount, field: field).openedValues
    openedPoints = sizes.openedPoints
    rollIns =
      report?.input.rollIns.map { RollIn(rows: 1 << $0.logRows, openedValues: $0.openedValues) } ?? []
    self.field = field.extensionName
    self.hash = hash.name
    preset = report?.preset.name
    promisedLevel = report.flatMap { $0.preset.level == 0 ? nil : $0.preset.level }
    terms = report?.terms.map(Term.init) ?? []
    changes =
      report?.changes.map { change in
        Change(rows: 1 << change.logRows, queries: change.queries, regime: change.regime?.description)
      } ?? []
    let all =
      report.map { [($0, CostEstimate(sizes, field: field, report: $0))] } ?? candidates.map { ($0.report, $0.cost) }
    parameters = all.map { Parameters($0.0, $0.1, threads: threads) }
    description = report?.description
  }

  var text: String {
    var rows = Rows()
    rows.title("\(statement): \(self.rows.grouped) rows × \(columns) columns")
    rows.row("constraints", "\(constraints), degree \(degree)")
    rows.row("openings", "\(openedValues) values at \(openedPoints) points, challenges in \(field)")
    for rollIn in rollIns {
      rows.row("rolled in", "\(rollIn.rows.grouped) rows, \(rollIn.openedValues.grouped) values")
    }
    if let description, let parameters = parameters.first {
      describe(parameters, description, in: &rows)
    } else {
      list(in: &rows)
    }
    return rows.text
  }

  private func describe(_ parameters: Parameters, _ description: String, in rows: inout Rows) {
    rows.row("blowup", "\(parameters.blowup), folds by at most \(parameters.largestArity)")
    if let estimate = parameters.estimate {
      rows.row("proof", "about \(formatted(bytes: estimate.proofBytes)) (\(hash))")
      rows.row("memory", "at most \(formatted(bytes: estimate.memoryBytes)) for the prover")
      let time = formatted(seconds: estimate.provingSeconds)
      rows.row("time", "about \(time) on \(estimate.threads) threads (a model's estimate)")
    }
    rows.title("security of \(description)")
    if terms.contains(where: { $0.secondOpinion != nil }) {
      rows.title("DKT26: a second opinion by another theorem; no parameter rests on it")
    }
  }

  private func list(in rows: inout Rows) {
    let header = ["size", "blowup", "folds by", "down to", "queries", "work", "cells", "time", "bits", "regime"]
    let least = parameters.map(\.cells).min() ?? 1
    let table = parameters.compactMap { parameters in
      parameters.estimate.map { (parameters, $0) }
    }.map { parameters, estimate in
      [
        formatted(bytes: estimate.proofBytes), "\(parameters.blowup)", "\(parameters.largestArity)",
        "\(parameters.finalCoefficients)", "\(parameters.queries)", "\(parameters.largestWork)",
        "\(oneDecimal(Double(parameters.cells) / Double(least)))×",
        formatted(seconds: estimate.provingSeconds), "\(parameters.provenBits)", parameters.regime,
      ]
    }
    let widths = header.indices.map { column in ([header] + table).map { $0[column].count }.max() ?? 0 }
    for line in [header] + table {
      let cells = zip(line, widths).map { padded("", to: $1 - $0.count) + $0 }
      rows.title("  " + cells.joined(separator: "  "))
    }
    if let note = parameters.lazy.compactMap(\.provenBitsNote).first {
      rows.title("bits that read as fewer are \(note)")
    }
    rows.title("times are estimates of a model; nothing here is beaten in size, cells and work at once")
  }
}

extension SecurityFacts.Term {
  init(_ term: SecurityReport.Term) {
    name = term.name
    bits = tenth(term.bits)
    work = term.grinding
    total = tenth(term.total)
    secondOpinion = term.secondOpinion.map(tenth)
  }
}

extension SecurityFacts.Parameters {
  fileprivate init(_ report: SecurityReport, _ cost: CostEstimate, threads: Int) {
    blowup = 1 << report.preset.logBlowup
    largestArity = 1 << report.preset.maximumArityLog
    finalCoefficients = 1 << min(report.preset.finalLog, report.input.logRows)
    queries = report.queries
    provenBits = tenth(report.provenBits)
    provenBitsNote = report.shortfallNote(report.provenBits)
    regime = report.regime.description
    largestWork = report.terms.map(\.grinding).max() ?? 0
    hashes = report.work
    cells = cost.cells
    guard report.input.rollIns.isEmpty else {
      estimate = nil
      return
    }
    estimate = SecurityFacts.Estimate(
      proofBytes: cost.size.bytes,
      proofParts: cost.size.parts.map { SecurityFacts.Part(name: $0.name, bytes: Int($0.bytes.rounded())) },
      provingSeconds: cost.seconds(threads: threads), threads: threads, memoryBytes: cost.memoryBytes)
  }
}

private func tenth(_ bits: Double) -> Double { (bits * 10).rounded(.down) / 10 }
