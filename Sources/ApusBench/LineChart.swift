// Values against the working set, on a logarithmic axis on which the caches' sizes are marked.

struct LineChart {
  struct Line {
    let name: String
    let color: ChartColor
    /// By ascending x, above zero.
    let points: [(x: Double, y: Double)]
    /// The least values possible, where they are known: the same line, dashed.
    var bounds: [(x: Double, y: Double)] = []
  }

  let title: String
  let lines: [Line]
  /// Places on the x axis that have names.
  let marks: [(name: String, x: Double)]

  private static let (width, height) = (900.0, 320.0)
  private static let (left, right, top, bottom) = (60.0, 880.0, 24.0, 280.0)

  var html: String {
    let drawn = axes + marks.map(mark).joined() + lines.map(line).joined()
    let picture = element(
      "svg",
      ["viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))", "role": "img", "aria-label": title], drawn)
    let legend = lines.map { element("span", ["class": "key \($0.color.rawValue)"], escaped($0.name)) }.joined(
      separator: " ")
    return element(
      "figure", [:], element("figcaption", [:], escaped(title)) + element("p", ["class": "legend"], legend) + picture)
      + "\n"
  }

  // MARK: Scales

  private var xs: (low: Double, high: Double) {
    let all = lines.flatMap { $0.points.map(\.x) }
    let (low, high) = (all.min() ?? 1, all.max() ?? 2)
    return low < high ? (low, high) : (low / 2, high * 2)
  }

  /// The step between lines of the grid: 1, 2 or 5 times a power of ten, of which at most five fit.
  private var step: Double {
    let greatest = max(lines.flatMap { $0.points.map(\.y) }.max() ?? 1, 1e-9)
    var step = 1.0
    while step * 5 > greatest { step /= 10 }
    while step * 5 < greatest { step *= 10 }
    for finer in [step / 5, step / 2] where finer * 5 >= greatest { return finer }
    return step
  }

  private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    let (low, high) = (binaryLogarithm(xs.low), binaryLogarithm(xs.high))
    let across = (binaryLogarithm(point.x) - low) / (high - low)
    let up = point.y / (5 * step)
    return (Self.left + across * (Self.right - Self.left), Self.bottom - up * (Self.bottom - Self.top))
  }

  // MARK: Parts

  private var axes: String {
    var text = ""
    for number in 0...5 {
      let y = place((xs.low, Double(number) * step)).y
      text += element(
        "line",
        [
          "class": "grid", "x1": coordinate(Self.left), "x2": coordinate(Self.right), "y1": coordinate(y),
          "y2": coordinate(y),
        ])
      text += element(
        "text", ["class": "quiet", "x": coordinate(Self.left - 8), "y": coordinate(y + 4), "text-anchor": "end"],
        number == 0 ? "0" : significant(Double(number) * step))
    }
    for x in Set(lines.flatMap { $0.points.map(\.x) }).sorted() {
      text += element(
        "text",
        [
          "class": "quiet", "x": coordinate(place((x, 0)).x), "y": coordinate(Self.bottom + 20),
          "text-anchor": "middle",
        ], binarySize(x))
    }
    return text
  }

  private func mark(_ mark: (name: String, x: Double)) -> String {
    guard mark.x >= xs.low, mark.x <= xs.high else { return "" }
    let x = place((mark.x, 0)).x
    return element(
      "line",
      [
        "class": "mark", "x1": coordinate(x), "x2": coordinate(x), "y1": coordinate(Self.top),
        "y2": coordinate(Self.bottom),
      ])
      + element(
        "text", ["class": "quiet", "x": coordinate(x + 4), "y": coordinate(Self.top - 6)], escaped(mark.name))
  }

  private func line(_ line: Line) -> String {
    let places = line.points.map(place)
    let dots = zip(line.points, places).map { point, place in
      element(
        "circle",
        ["class": line.color.rawValue, "cx": coordinate(place.x), "cy": coordinate(place.y), "r": "4"],
        element("title", [:], escaped("\(line.name), \(binarySize(point.x)): \(significant(point.y))")))
    }
    return path(places, "line \(line.color.rawValue)") + dots.joined()
      + path(line.bounds.map(place), "line bound \(line.color.rawValue)")
  }

  private func path(_ places: [(x: Double, y: Double)], _ classes: String) -> String {
    guard places.count > 1 else { return "" }
    let points = places.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
    return element("polyline", ["class": classes, "points": points])
  }
}

/// For axes: whole and nearest places are enough, and no library of functions is at hand here.
func binaryLogarithm(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return 0 }
  // log2(m · 2^e) = e + log2 m; ten squarings give ten binary digits of log2 m.
  var (result, rest, digit) = (Double(value.exponent), value.significand, 0.5)
  for _ in 0..<10 {
    rest *= rest
    if rest >= 2 { (rest, result) = (rest / 2, result + digit) }
    digit /= 2
  }
  return result
}

/// Bytes in the largest binary unit that leaves at least one.
func binarySize(_ bytes: Double) -> String {
  var (value, unit) = (bytes, 0)
  let units = ["B", "KiB", "MiB", "GiB", "TiB"]
  while value >= 1024, unit + 1 < units.count { (value, unit) = (value / 1024, unit + 1) }
  return "\(value == value.rounded() ? fixed(value, 0) : significant(value)) \(units[unit])"
}
