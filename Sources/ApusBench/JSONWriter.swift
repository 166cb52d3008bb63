// JSON text, written by hand so that keys stand in the order in which they are read.

/// A JSON value whose objects keep their order.
indirect enum JSONValue {
  case string(String)
  case integer(Int)
  case number(Double)
  case null
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// Two spaces for each level; what holds nothing but plain values stands in one line.
  func text(indent: Int = 0) -> String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .integer(let value): "\(value)"
    // JSON has no word for what is no number; `null` is what a reader can refuse.
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .null: "null"
    case .array(let items): list("[", items.map { $0.text(indent: indent + 1) }, "]", indent)
    case .object(let members):
      list("{", members.map { Self.quoted($0.key) + ": " + $0.value.text(indent: indent + 1) }, "}", indent)
    }
  }

  private func list(_ open: String, _ items: [String], _ close: String, _ indent: Int) -> String {
    guard !isFlat else { return open + items.joined(separator: ", ") + close }
    let space = String(repeating: "  ", count: indent)
    return open + "\n" + items.map { space + "  " + $0 }.joined(separator: ",\n") + "\n" + space + close
  }

  private var isFlat: Bool {
    switch self {
    case .string, .integer, .number, .null: true
    case .array(let items): items.allSatisfy(\.isPlain)
    case .object(let members): members.allSatisfy(\.value.isPlain)
    }
  }

  private var isPlain: Bool {
    switch self {
    case .string, .integer, .number, .null: true
    case .array(let items): items.isEmpty
    case .object(let members): members.isEmpty
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
