// Reports of `apus bench --json`, read back: every member must be there, and no other.

import ApusBench
import ApusStatements
import Foundation

/// Far above what all suites write.
private let maximumByteCount = 64 << 20

/// Reads a report that `apus bench` wrote.
func readBenchReport(_ path: String) throws(Failure) -> BenchReport {
  let bytes = try InputFile.read(path, limit: maximumByteCount)
  guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)) else {
    throw .unusable("\(InputFile.name(of: path)) is not JSON")
  }
  return try failing(.unusable, about: InputFile.name(of: path)) { try StrictObject.read(value, report) }
}

private func report(_ object: inout StrictObject) throws(JSONError) -> BenchReport {
  guard try object.string("format") == BenchReport.format else {
    throw JSONError(place: "format", problem: "expected \"\(BenchReport.format)\"")
  }
  let version = try object.integer("version")
  guard version == BenchReport.version else {
    throw JSONError(place: "version", problem: "expected \(BenchReport.version), found \(version)")
  }
  return BenchReport(
    machine: try object.object("machine", machine), limits: try object.object("limits", limits),
    groups: try object.array("groups", group))
}

private func machine(_ object: inout StrictObject) throws(JSONError) -> BenchMachine {
  let source = try object.string("cycleSource")
  guard let cycleSource = CycleSource(rawValue: source) else {
    throw JSONError(place: "machine.cycleSource", problem: "unknown source \(quoted(source.utf8))")
  }
  return BenchMachine(
    cpu: try object.string("cpu"), threads: try object.integer("threads"), gigahertz: try object.number("gigahertz"),
    cycleSource: cycleSource)
}

private func limits(_ object: inout StrictObject) throws(JSONError) -> MachineLimits {
  MachineLimits(
    vectors: try object.array("vectors") { item throws(JSONError) in
      VectorRate(
        vectorBytes: try item.integer("vectorBytes"), instructions: try item.number("instructions"),
        products: try item.number("products"))
    },
    bandwidths: try object.array("bandwidths") { item throws(JSONError) in
      Bandwidth(
        level: try item.string("level"), capacity: try item.integer("capacity"), read: try item.number("read"),
        copy: try item.number("copy"))
    })
}

private func group(_ object: inout StrictObject) throws(JSONError) -> GroupResult {
  GroupResult(name: try object.string("name"), cases: try object.array("cases", result))
}

private func result(_ object: inout StrictObject) throws(JSONError) -> CaseResult {
  CaseResult(
    label: try object.object("label", label), work: try object.object("work", work),
    calls: try object.integer("calls"), nanoseconds: try object.object("nanoseconds", summary),
    cycles: try object.number("cycles"), bound: try object.objectOrNull("bound", bound))
}

private func bound(_ object: inout StrictObject) throws(JSONError) -> Bound {
  Bound(nanoseconds: try object.number("nanoseconds"), cause: try object.string("cause"))
}

private func label(_ object: inout StrictObject) throws(JSONError) -> CaseLabel {
  CaseLabel(
    kernel: try object.string("kernel"), field: try object.string("field"), engine: try object.string("engine"),
    rows: try object.integer("rows"), columns: try object.integer("columns"), threads: try object.integer("threads"))
}

private func work(_ object: inout StrictObject) throws(JSONError) -> Work {
  Work(
    elements: try object.integer("elements"), butterflies: try object.integer("butterflies"),
    bytes: try object.integer("bytes"), workingSet: try object.integer("workingSet"),
    instructions: try object.integer("instructions"), products: try object.integer("products"),
    vectorBytes: try object.integer("vectorBytes"))
}

private func summary(_ object: inout StrictObject) throws(JSONError) -> Summary {
  let summary = Summary(
    count: try object.integer("count"), minimum: try object.number("minimum"),
    lowerQuartile: try object.number("lowerQuartile"), median: try object.number("median"),
    upperQuartile: try object.number("upperQuartile"), medianDeviation: try object.number("medianDeviation"))
  guard summary.median > 0, summary.minimum <= summary.median else {
    throw JSONError(place: "nanoseconds", problem: "expected a median above 0 and not below the minimum")
  }
  return summary
}
