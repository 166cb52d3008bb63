// Horizontal bars from zero, each with its name before it and its value behind it.

struct BarChart {
  struct Bar {
    let name: String
    let value: Double
    /// What stands behind the bar.
    let caption: String
    let color: ChartColor
  }

  let title: String
  let bars: [Bar]
  /// The value that a full bar stands for; the greatest if `nil`.
  var full: Double?

  private static let (width, nameWidth, captionWidth, rowHeight) = (900, 340, 130, 24)

  var html: String {
    let height = Self.rowHeight * bars.count + 4
    let drawn = bars.enumerated().map { row(number: $0, $1) }.joined()
    let picture = element(
      "svg", ["viewBox": "0 0 \(Self.width) \(height)", "role": "img", "aria-label": title], drawn)
    return element("figure", [:], element("figcaption", [:], escaped(title)) + picture) + "\n"
  }

  private func row(number: Int, _ bar: Bar) -> String {
    let y = Self.rowHeight * number
    let span = Double(Self.width - Self.nameWidth - Self.captionWidth)
    let greatest = full ?? bars.map(\.value).max() ?? 0
    let length = greatest > 0 ? span * min(max(bar.value / greatest, 0), 1) : 0
    let name = element(
      "text", ["x": coordinate(Self.nameWidth - 10), "y": coordinate(y + 16), "text-anchor": "end"], escaped(bar.name))
    let body = element(
      "rect",
      [
        "class": bar.color.rawValue, "x": coordinate(Self.nameWidth), "y": coordinate(y + 4),
        "width": coordinate(max(length, 1)), "height": coordinate(Self.rowHeight - 8), "rx": "2",
      ], element("title", [:], escaped("\(bar.name): \(bar.caption)")))
    let caption = element(
      "text", ["x": coordinate(Double(Self.nameWidth) + length + 8), "y": coordinate(y + 16), "class": "quiet"],
      escaped(bar.caption))
    return name + body + caption
  }
}
