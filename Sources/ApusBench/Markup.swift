// HTML and SVG as text: elements that close, and text in which nothing is markup.

/// `<name attributes>content</name>`.
func element(
  _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String = ""
) -> String {
  let list = attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
  return content.isEmpty ? "<\(name)\(list)/>" : "<\(name)\(list)>\(content)</\(name)>"
}

/// Text that shows as it is, between tags and inside quotation marks.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case _ where scalar.value < 0x20: result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A coordinate: tenths of a pixel are enough.
func coordinate(_ value: Double) -> String { fixed(value, 1) }
func coordinate(_ value: Int) -> String { "\(value)" }
