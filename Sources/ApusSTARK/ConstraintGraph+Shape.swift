// What follows from the graph alone: degrees, opened rotations, its bytes.

/// Columns that are opened at the same rotations.
package struct ColumnGroup: Sendable, Equatable {
  package let columns: [Int]
  /// Ascending.
  package let rotations: [Int]
}

/// A bound on a constraint's degree: below `multiple * rows`, plus `extra`.
struct DegreeBound: Equatable {
  /// Number of factors of degree `rows - 1`.
  var multiple: Int
  /// Number of linear factors.
  var extra: Int
}

extension ConstraintGraph {
  /// Where degrees stop counting, far above what any preset serves: squaring 64 times would overflow otherwise.
  private static var degreeCeiling: Int { 1 << 32 }

  /// The degree bound of every node.
  private var degrees: [DegreeBound] {
    var bounds: [DegreeBound] = []
    for node in nodes {
      switch node {
      case .constant, .publicValue: bounds.append(DegreeBound(multiple: 0, extra: 0))
      case .column, .periodic, .firstRow, .lastRow, .publicRow: bounds.append(DegreeBound(multiple: 1, extra: 0))
      case .notFirstRow, .notLastRow: bounds.append(DegreeBound(multiple: 0, extra: 1))
      case .add(let a, let b), .subtract(let a, let b):
        bounds.append(
          DegreeBound(
            multiple: max(bounds[a].multiple, bounds[b].multiple), extra: max(bounds[a].extra, bounds[b].extra)))
      case .multiply(let a, let b):
        bounds.append(
          DegreeBound(
            multiple: min(Self.degreeCeiling, bounds[a].multiple + bounds[b].multiple),
            extra: min(Self.degreeCeiling, bounds[a].extra + bounds[b].extra)))
      }
    }
    return bounds
  }

  /// Each constraint's degree in units of the trace's: a linear factor is absorbed by the `-1` of another factor's
  /// degree `rows - 1`. A constraint has one selector, so one linear factor at most, and that always fits.
  package var constraintDegrees: [Int] {
    let bounds = degrees
    return constraints.map { max(bounds[$0.node].multiple, bounds[$0.node].extra) }
  }

  /// The largest constraint degree, selectors included.
  public var degree: Int { max(1, constraintDegrees.max() ?? 1) }

  /// Columns by the set of rotations at which constraints read them; a column that none reads is opened on its row.
  package var columnGroups: [ColumnGroup] {
    var rotations = [Set<Int>](repeating: [], count: columnCount)
    for case .column(let column, let rotation) in nodes { rotations[column].insert(rotation) }
    var groups: [(rotations: [Int], columns: [Int])] = []
    for column in 0..<columnCount {
      let set = rotations[column].isEmpty ? [0] : rotations[column].sorted()
      if let known = groups.firstIndex(where: { $0.rotations == set }) {
        groups[known].columns.append(column)
      } else {
        groups.append((set, [column]))
      }
    }
    return groups.map { ColumnGroup(columns: $0.columns, rotations: $0.rotations) }
  }

  /// The graph as bytes, by the layout in Protocol.md: all that a verifier elsewhere needs to know of the constraints.
  package var encoded: [UInt8] {
    var bytes = Array("apus constraint graph 2".utf8)
    bytes.reserveCapacity(bytes.count + 32 + 9 * nodes.count + 4 * constraints.count)
    bytes.append(littleEndian: modulus.value)
    func word(_ value: Int) {
      for byte in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }
    func node(_ tag: UInt8, _ operand: Int) {
      bytes.append(tag)
      word(operand)
    }
    func node(_ tag: UInt8, _ a: Int, _ b: Int) {
      node(tag, a)
      word(b)
    }
    for count in [columnCount, publicValueCount, publicRowCount, periodic.count, nodes.count, constraints.count] {
      word(count)
    }
    for column in periodic {
      word(column.values.count)
      for value in column.values { bytes.append(littleEndian: value) }
    }
    for entry in nodes {
      switch entry {
      case .constant(let value):
        bytes.append(0)
        bytes.append(littleEndian: value)
      case .column(let column, let rotation): node(1, column, rotation)
      case .publicValue(let index): node(2, index)
      case .periodic(let index): node(3, index)
      case .firstRow: bytes.append(4)
      case .lastRow: bytes.append(5)
      case .publicRow(let index): node(6, index)
      case .notFirstRow: bytes.append(7)
      case .notLastRow: bytes.append(8)
      case .add(let a, let b): node(9, a, b)
      case .subtract(let a, let b): node(10, a, b)
      case .multiply(let a, let b): node(11, a, b)
      }
    }
    for constraint in constraints { word(constraint.node) }
    return bytes
  }
}
