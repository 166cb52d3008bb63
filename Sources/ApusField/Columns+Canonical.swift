// Columns from canonical words, as they come from outside the process.

/// A word that encodes no element.
package struct CanonicalWordError: Error, Equatable, CustomStringConvertible {
  package let column: Int
  package let row: Int
  package let word: UInt32

  package var description: String {
    "column \(column), row \(row): \(word) is not below the field's modulus, \(BabyBear.modulus)"
  }
}

extension Columns<BabyBear> {
  /// `count` columns of `rows` canonical words each, one column after the other.
  ///
  /// - Parameter words: `rows * count` of them.
  package init(
    canonical words: UnsafeBufferPointer<UInt32>, rows: Int, count: Int, on engine: Engine
  ) throws(CanonicalWordError) {
    precondition(words.count == rows * count, "columns have rows * count words")
    let source = Shared(words)
    let largest = Shared(UnsafeMutableBufferPointer<UInt32>.allocate(capacity: count))
    defer { largest.value.deallocate() }
    engine.forEachRange(count, cells: rows) { columns, _ in
      for column in columns {
        var maximum: UInt32 = 0
        for row in 0..<rows { maximum = max(maximum, source.value[column * rows + row]) }
        largest.value[column] = maximum
      }
    }
    // Only now, knowing the column, is the row looked for.
    for column in 0..<count where largest.value[column] >= BabyBear.modulus {
      for row in 0..<rows where words[column * rows + row] >= BabyBear.modulus {
        throw CanonicalWordError(column: column, row: row, word: words[column * rows + row])
      }
    }

    self.init(uninitialized: rows, count: count, on: engine)
    guard let toMontgomery = engine.babyBearKernels(rows: rows).to_montgomery else {
      preconditionFailure("a kernel table has no gaps")
    }
    let out = Shared((0..<count).map { pointer($0) })
    engine.forEachRange(count, cells: rows) { columns, _ in
      for column in columns {
        guard let start = source.value.baseAddress else { continue }
        toMontgomery(out.value[column].words, start + column * rows, rows)
      }
    }
  }
}
