// The error of a lookup argument by logarithmic derivatives: Haböck, "Multivariate lookups based on logarithmic
// derivatives" (2022/1530).

/// A sum of fractions `multiplicity / (alpha - sum over k of beta^k value[k])` that must vanish.
package struct LookupSoundness: Equatable, Sendable {
  /// Columns of fractions: one for each lookup of a row, and one for each table.
  package let columns: Int
  package let rows: Int
  /// Values that one fraction compresses.
  package let width: Int

  package init(columns: Int, rows: Int, width: Int = 1) {
    self.columns = columns
    self.rows = rows
    self.width = width
  }

  /// Bits that the draw of alpha and beta proves.
  ///
  /// With N fractions, cleared of denominators the sum has degree below `N width` in both together, so that many pairs
  /// in |F| are its roots; and each denominator vanishes for one alpha, which would leave its fraction free.
  package func bits(extensionBits: Double) -> Double {
    extensionBits - log2(Double(columns) * Double(rows) * Double(width + 1))
  }
}
