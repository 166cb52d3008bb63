// How much memory a proof takes to make, before any of it is asked for.

extension ProofShape {
  /// Bytes that the prover holds at its peak, from above: trace, extensions, quotient, codeword and layers, trees.
  package var proverByteCount: Int {
    Self.proverByteCount(
      rows: rows, columns: columnCount, quotientColumns: quotientColumns, blowup: blowup, field: field)
  }

  package static func proverByteCount(
    rows: Int, columns: Int, quotientColumns: Int, blowup: Int, field: ProofField
  ) -> Int {
    let elementsARow =
      columns * (1 + blowup) + quotientColumns * (3 + blowup) + field.degree * (3 + blowup) * 2
    // Two trees and FRI's own, each with at most two digests of 32 bytes for a leaf.
    let treeBytesARow = 3 * blowup * 2 * 32
    // Columns are padded (`columnStride`), which counts for short ones.
    return (rows + 272) * (field.elementBytes * elementsARow + treeBytesARow)
  }
}
