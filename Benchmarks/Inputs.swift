// Inputs for the suites: columns of elements that follow no pattern, the same in every run.

import ApusField

/// Columns that closures share and write to.
final class Held<Element: Field> {
  var columns: Columns<Element>

  /// Columns of pseudo-random elements.
  init(rows: Int, count: Int, on engine: Engine) {
    columns = Columns(uninitialized: rows, count: count, on: engine)
    var state: UInt64 = 1
    for column in 0..<count {
      let cells = columns.pointer(column)
      for row in 0..<rows {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407  // Knuth's MMIX generator
        cells[row] = Element(UInt32(truncatingIfNeeded: state >> 33))
      }
    }
  }

  init(_ columns: consuming Columns<Element>) { self.columns = columns }

  func pointer(_ column: Int) -> UnsafeMutablePointer<Element> { columns.pointer(column) }
}

extension InstructionSet {
  /// Bytes of the vectors that its kernels multiply in.
  var vectorBytes: Int {
    switch self {
    case .portable: 16
    case .avx2: 32
    case .avx512: 64
    }
  }
}
