// A table for a terminal: columns as wide as what is in them, words to the left, numbers to the right.

struct TextTable {
  enum Alignment { case left, right }

  private let titles: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ columns: [(title: String, alignment: Alignment)]) {
    titles = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// - Precondition: one cell for each column; an empty one where there is nothing to say.
  mutating func append(_ cells: [String]) {
    precondition(cells.count == titles.count, "a row has a cell for each column")
    rows.append(cells)
  }

  /// Whole lines. A column with nothing in it is left out.
  var text: String {
    let shown = titles.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    let widths = shown.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
    return ([titles] + rows).map { row in
      var line = " "
      for (column, width) in zip(shown, widths) {
        let space = String(repeating: " ", count: width - row[column].count)
        line += " " + (alignments[column] == .left ? row[column] + space : space + row[column]) + " "
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
