// The padding-free sponge over a Poseidon2 permutation.

public import ApusField

/// A hash of sequences whose length is fixed by their place.
///
/// The state starts as zero. Each block of ``Poseidon2/rate`` elements overwrites the first elements of the state, a
/// short last block leaves those it does not reach as they are; then the state is permuted. The digest is the first
/// ``Poseidon2/digestCount`` elements.
///
/// There is no padding: a sequence and the same sequence with zeros after it may have one digest, so lengths must not
/// be the sender's choice. The digest of no elements is zero.
public enum Poseidon2Sponge<Permutation: Poseidon2> {
  public typealias Element = Permutation.Element

  /// The digest of `elements`.
  public static func hash(_ elements: [Element]) -> [Element] {
    var state = [Element](repeating: .zero, count: Permutation.width)
    for start in stride(from: 0, to: elements.count, by: Permutation.rate) {
      let block = elements[start..<min(start + Permutation.rate, elements.count)]
      state.replaceSubrange(0..<block.count, with: block)
      Permutation.permute(&state)
    }
    return Array(state.prefix(Permutation.digestCount))
  }

  /// The digest of each row of `columns`: row `i` of the result, ``Poseidon2/digestCount`` columns, is the digest of
  /// the elements of row `i` in the order of the columns.
  public static func hashRows(of columns: borrowing Columns<Element>, on engine: Engine) -> Columns<Element> {
    let digests = Columns<Element>(uninitialized: columns.rows, count: Permutation.digestCount, on: engine)
    let (out, input) = (ColumnPointers(digests), ColumnPointers(columns))
    let kernels = Permutation.kernels(for: engine.instructionSet(for: .poseidon2, rows: columns.rows))
    engine.forEachRange(columns.rows, grain: Poseidon2Kernels<Element>.grain, cells: columns.count) { rows, _ in
      kernels.hashRows(out, input, rows)
    }
    return digests
  }
}
