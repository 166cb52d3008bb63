// The report for machines. The keys are a promise: whoever changes their meaning raises `BenchReport.version`.

extension BenchReport {
  /// One object, and the end of the line.
  public var json: String {
    let value: JSONValue = .object([
      ("format", .string(Self.format)), ("version", .integer(Self.version)), ("machine", machine.json),
      ("limits", limits.json), ("groups", .array(groups.map { json(of: $0) })),
    ])
    return value.text() + "\n"
  }

  private func json(of group: GroupResult) -> JSONValue {
    .object([("name", .string(group.name)), ("cases", .array(group.cases.map(\.json)))])
  }
}

extension BenchMachine {
  fileprivate var json: JSONValue {
    .object([
      ("cpu", .string(cpu)), ("threads", .integer(threads)), ("gigahertz", .number(gigahertz)),
      ("cycleSource", .string(cycleSource.rawValue)),
    ])
  }
}

extension MachineLimits {
  fileprivate var json: JSONValue {
    .object([("vectors", .array(vectors.map(\.json))), ("bandwidths", .array(bandwidths.map(\.json)))])
  }
}

extension VectorRate {
  fileprivate var json: JSONValue {
    .object([
      ("vectorBytes", .integer(vectorBytes)), ("instructions", .number(instructions)), ("products", .number(products)),
    ])
  }
}

extension Bandwidth {
  fileprivate var json: JSONValue {
    .object([
      ("level", .string(level)), ("capacity", .integer(capacity)), ("read", .number(read)), ("copy", .number(copy)),
    ])
  }
}

extension CaseResult {
  fileprivate var json: JSONValue {
    .object([
      ("label", label.json), ("work", work.json), ("calls", .integer(calls)), ("nanoseconds", nanoseconds.json),
      ("cycles", .number(cycles)), ("bound", bound?.json ?? .null),
    ])
  }
}

extension Bound {
  fileprivate var json: JSONValue { .object([("nanoseconds", .number(nanoseconds)), ("cause", .string(cause))]) }
}

extension CaseLabel {
  fileprivate var json: JSONValue {
    .object([
      ("kernel", .string(kernel)), ("field", .string(field)), ("engine", .string(engine)), ("rows", .integer(rows)),
      ("columns", .integer(columns)), ("threads", .integer(threads)),
    ])
  }
}

extension Work {
  fileprivate var json: JSONValue {
    .object([
      ("elements", .integer(elements)), ("butterflies", .integer(butterflies)), ("bytes", .integer(bytes)),
      ("workingSet", .integer(workingSet)), ("instructions", .integer(instructions)),
      ("products", .integer(products)), ("vectorBytes", .integer(vectorBytes)),
    ])
  }
}

extension Summary {
  fileprivate var json: JSONValue {
    .object([
      ("count", .integer(count)), ("minimum", .number(minimum)), ("lowerQuartile", .number(lowerQuartile)),
      ("median", .number(median)), ("upperQuartile", .number(upperQuartile)),
      ("medianDeviation", .number(medianDeviation)),
    ])
  }
}
