// Many states and many pairs at once, one in each row of columns.

public import ApusField

/// Columns that do not have the shape that an operation takes.
public enum Poseidon2Error: Error, Equatable, CustomStringConvertible {
  case wrongColumnCount(expected: Int, found: Int)
  case differentRowCounts(left: Int, right: Int)

  public var description: String {
    switch self {
    case .wrongColumnCount(let expected, let found): "expected \(expected) columns, found \(found)"
    case .differentRowCounts(let left, let right): "\(left) left digests do not pair with \(right) right ones"
    }
  }
}

extension Poseidon2 {
  /// Permutes many states: row `i` of ``width`` columns is state `i`.
  ///
  /// - Throws: ``Poseidon2Error/wrongColumnCount(expected:found:)``.
  public static func permute(_ states: inout Columns<Element>, on engine: Engine) throws(Poseidon2Error) {
    try requireCount(width, of: states)
    let set = engine.instructionSet(for: .poseidon2, rows: states.rows)
    let (pointers, kernels) = (ColumnPointers(states), kernels(for: set))
    engine.forEachRange(states.rows, grain: Poseidon2Kernels<Element>.grain, cells: width) { rows, _ in
      kernels.permute(pointers, rows)
    }
  }

  fileprivate static func requireCount(
    _ expected: Int, of columns: borrowing Columns<Element>
  ) throws(Poseidon2Error) {
    guard columns.count == expected else { throw .wrongColumnCount(expected: expected, found: columns.count) }
  }
}

extension Poseidon2Compression {
  /// Row `i` of the result is the digest of row `i` of `left` and row `i` of `right`, digests all.
  ///
  /// - Throws: ``Poseidon2Error``.
  public static func compress(
    _ left: borrowing Columns<Element>, _ right: borrowing Columns<Element>, on engine: Engine
  ) throws(Poseidon2Error) -> Columns<Element> {
    try requireCount(digestCount, of: left)
    try requireCount(digestCount, of: right)
    guard left.rows == right.rows else { throw .differentRowCounts(left: left.rows, right: right.rows) }
    let digests = Columns<Element>(uninitialized: left.rows, count: digestCount, on: engine)
    let (out, left, right) = (ColumnPointers(digests), ColumnPointers(left), ColumnPointers(right))
    let set = engine.instructionSet(for: .poseidon2, rows: digests.rows)
    guard let compress = kernels(for: set).compress else {
      preconditionFailure("a compression of width \(width) has no kernel")
    }
    engine.forEachRange(digests.rows, grain: Poseidon2Kernels<Element>.grain, cells: width) { rows, _ in
      compress(out, left, right, rows)
    }
    return digests
  }
}
