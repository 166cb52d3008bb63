// One coset of an extension, wherever it comes from: kept, or computed when it is asked for.

package import ApusField
package import ApusMerkle

/// Columns' values on one coset. Valid inside the call that hands it out.
package struct CosetView<Element: ProvingField>: @unchecked Sendable {
  package let rows: Int
  package let columns: [UnsafeMutablePointer<Element>]
}

/// An extension that is read a coset at a time.
package protocol ExtendedColumns<Element>: ~Copyable {
  associatedtype Element: ProvingField
  func withCoset<R: ~Copyable>(_ coset: Int, _ body: (CosetView<Element>) throws -> R) rethrows -> R
  /// Any coset of the trace domain determines the columns. The first point of the one where they are read for openings:
  /// the same for trace and quotient.
  var readingShift: Element { get }
  /// Hands out these columns' values there, some at a time: `first` is the first one's place among `columns`.
  func withReadings(of columns: [Int], _ body: (_ first: Int, CosetView<Element>) -> Void)
}

extension CosetColumns: ExtendedColumns where Element: ProvingField {
  package func withCoset<R: ~Copyable>(_ coset: Int, _ body: (CosetView<Element>) throws -> R) rethrows -> R {
    try body(CosetView(rows: rows, columns: pointers(coset: coset)))
  }
  package var readingShift: Element { EvaluationDomain<Element>.shift }
  package func withReadings(of columns: [Int], _ body: (_ first: Int, CosetView<Element>) -> Void) {
    body(0, CosetView(rows: rows, columns: columns.map { pointer($0, coset: 0) }))
  }
}

/// A committed extension, as the prover goes on with it.
package protocol CommittedMatrix<Element>: AnyObject, ExtendedColumns {
  var cap: [MerkleDigest] { get }
  /// Of the trace that this is: the quotient, committed in the same way.
  func committedQuotient<E: ChallengeField>(
    _ stages: ProverStages<E>, alpha: E
  ) throws -> any CommittedMatrix<Element> where E.Base == Element
  /// Writes the rows at these positions, ascending, and the paths that lead to them.
  func open(at positions: [Int], through channel: inout ProverChannel)
}
