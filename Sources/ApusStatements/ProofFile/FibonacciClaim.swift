// What a proof of the tutorial statement says in public, and its bytes.

internal import ApusField
public import ApusSTARK

/// The sequence that starts with `a`, `b` has `last` as its value number `rows`, counting from 0, modulo the
/// field's prime.
///
/// A value of this type is well formed, not true.
public struct FibonacciClaim<Element: ProvingField>: Sendable, Equatable {
  public let a, b, last: Element
  /// A power of two from ``ProofShape/minimumRows`` to ``ProofShape/maximumRows``.
  public let rows: Int

  public init(a: Element, b: Element, last: Element, rows: Int) throws(FibonacciClaimError) {
    try Self.check(rows: rows)
    self.a = a
    self.b = b
    self.last = last
    self.rows = rows
  }

  public static func check(rows: Int) throws(FibonacciClaimError) {
    guard rows.nonzeroBitCount == 1, (ProofShape.minimumRows...ProofShape.maximumRows).contains(rows) else {
      throw .rows(rows)
    }
  }

  public var statement: Fibonacci<Element> { Fibonacci(a: a, b: b, last: last, rows: rows) }
}

// MARK: Bytes

extension FibonacciClaim {
  /// `a`, `b` and `last` as canonical little-endian words, then log2 of `rows` in a byte.
  public static var byteCount: Int { 3 * Element.byteCount + 1 }

  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for element in [a, b, last] { element.encode(into: &bytes) }
    return bytes + [UInt8(rows.trailingZeroBitCount)]
  }

  public init(bytes: Span<UInt8>) throws(FibonacciClaimError) {
    guard bytes.count == Self.byteCount else { throw .length(bytes.count, expected: Self.byteCount) }
    func element(_ index: Int) throws(FibonacciClaimError) -> Element {
      let first = index * Element.byteCount
      var word: UInt64 = 0
      for i in 0..<Element.byteCount { word |= UInt64(bytes[first + i]) << UInt64(8 * i) }
      guard word < Element.order else { throw .notCanonical(word, modulus: Element.order) }
      return Element(word)
    }
    let logRows = Int(bytes[Self.byteCount - 1])
    guard logRows < Int.bitWidth - 1 else { throw .logRows(logRows) }
    try self.init(a: element(0), b: element(1), last: element(2), rows: 1 << logRows)
  }
}

/// Why something is no claim about a Fibonacci sequence.
public enum FibonacciClaimError: Error, Hashable, Sendable {
  case length(Int, expected: Int)
  case notCanonical(UInt64, modulus: UInt64)
  case logRows(Int)
  case rows(Int)
}

extension FibonacciClaimError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .length(let length, let expected):
      "a claim about a Fibonacci sequence takes \(expected) bytes, not \(length.grouped)"
    case .notCanonical(let word, let modulus):
      "values of a Fibonacci sequence are below \(modulus.grouped): \(word.grouped) is not"
    case .logRows(let log):
      "a Fibonacci sequence of 2^\(log) rows is longer than any trace"
    case .rows(let rows):
      """
      the number of rows must be a power of two from \(ProofShape.minimumRows.grouped) to \
      \(ProofShape.maximumRows.grouped), not \(rows.grouped)
      """
    }
  }
}
