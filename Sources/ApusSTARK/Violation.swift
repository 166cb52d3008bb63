// A constraint that a row of a trace breaks, with what it compares and reads there.

/// A constraint that does not hold on a row of a trace. Values are canonical integers.
public struct Violation: Error, Hashable, CustomStringConvertible, Sendable {
  /// A cell that the constraint reads: of that column, `rotation` rows after the violation's.
  public struct Cell: Hashable, CustomStringConvertible, Sendable {
    public let column: String
    public let rotation: Int
    public let value: UInt64

    package init(_ column: String, rotation: Int = 0, _ value: UInt64) {
      self.column = column
      self.rotation = rotation
      self.value = value
    }

    public var description: String {
      let place = rotation == 0 ? "" : rotation < 0 ? "[\(rotation)]" : "[+\(rotation)]"
      return "\(Violation.inLine(column, upTo: 40))\(place) = \(value)"
    }
  }

  public let constraint: String
  public let row: Int
  /// What should be equal: the two sides of the equality, or of the difference, that the constraint was written as; of
  /// any other expression its value, and zero.
  public let left, right: UInt64
  /// What the constraint reads, in the columns' order.
  public let cells: [Cell]

  package init(constraint: String, row: Int, left: UInt64, right: UInt64, cells: [Cell]) {
    self.constraint = constraint
    self.row = row
    self.left = left
    self.right = right
    self.cells = cells
  }

  /// Cells that a message lists.
  private static var listed: Int { 8 }

  /// One line, whatever the constraint reads and however it is called.
  public var description: String {
    var list = cells.prefix(Self.listed).map(\.description)
    if cells.count > Self.listed { list.append("and \(cells.count - Self.listed) more") }
    let reads = list.isEmpty ? "" : " (\(list.joined(separator: "; ")))"
    return "constraint \"\(Self.inLine(constraint, upTo: 120))\" does not hold on row \(row): "
      + "\(left) is not \(right)\(reads)"
  }

  private static func inLine(_ name: String, upTo limit: Int) -> String {
    let short = String(name.prefix(limit).map { $0.isNewline ? " " : $0 })
    return name.count > limit ? short + "…" : short
  }
}
