// The domain of the low-degree extension, coset by coset, and its images under FRI's folds.

internal import ApusField

/// `cosets` cosets of the subgroup of `rows` elements: position `k * rows + i` is the point `shift · w^k · g^i`, where
/// `w` generates the group of all `cosets · rows` elements and `g = w^cosets`.
package struct EvaluationDomain<F: ProvingField> {
  package let logRows: Int
  package let logCosets: Int
  package let shift: F

  package var rows: Int { 1 << logRows }
  package var cosets: Int { 1 << logCosets }
  package var logSize: Int { logRows + logCosets }
  /// `g`.
  package var generator: F { .rootOfUnity(log: logRows) }
  /// `w`.
  package var fullGenerator: F { .rootOfUnity(log: logSize) }

  /// Of the trace's extension: the field's generator lies in no subgroup of two-power order.
  package static var shift: F { .generator }

  /// The trace's extension.
  package init(shape: ProofShape) { self.init(shape: shape.fri) }
  package init(shape: FRIShape) { self.init(logRows: shape.logRows, logCosets: shape.logBlowup) }
  package init(logRows: Int, logCosets: Int) {
    self.init(logRows: logRows, logCosets: logCosets, shift: Self.shift)
  }
  private init(logRows: Int, logCosets: Int, shift: F) {
    self.logRows = logRows
    self.logCosets = logCosets
    self.shift = shift
  }

  /// The first point of a coset.
  package func start(ofCoset coset: Int) -> F { shift * fullGenerator.power(coset) }
  package func point(at position: Int) -> F {
    start(ofCoset: position >> logRows) * generator.power(position & (rows - 1))
  }

  /// The image under `x -> x^(2^arityLog)`.
  package func folded(_ arityLog: Int) -> EvaluationDomain {
    EvaluationDomain(logRows: logRows - arityLog, logCosets: logCosets, shift: shift.power(1 << arityLog))
  }
}
