// Columns of field elements in owned, huge-page backed memory, and the coset-major layout of low-degree extensions.
// This file alone knows how columns lie in memory.

internal import CApusRuntime

/// Where the memory of columns, and of trees over them, comes from and goes back to.
package final class ColumnStorage: @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  private let bytes: Int
  private let runtime: Runtime

  package init(bytes: Int, engine: Engine) {
    guard let memory = apus_arena_acquire(engine.runtime.arena, bytes) else {
      fatalError("out of memory: the system refused \(bytes) bytes for columns")
    }
    base = memory
    self.bytes = bytes
    runtime = engine.runtime
  }

  deinit { apus_arena_release(runtime.arena, base, bytes) }
}

/// `count` columns of `rows` field elements each.
public struct Columns<Element: Field>: ~Copyable, Sendable {
  public let rows: Int
  public let count: Int
  let stride: Int
  let storage: ColumnStorage

  /// Columns whose elements are all zero.
  ///
  /// The memory comes from the engine's arena and returns to it.
  public init(rows: Int, count: Int, on engine: Engine) {
    self.init(uninitialized: rows, count: count, on: engine)
    let base = UInt(bitPattern: storage.base)
    let bytes = stride * MemoryLayout<Element>.stride
    engine.forEachRange(count, cells: stride) { range, _ in
      UnsafeMutableRawPointer(bitPattern: base + UInt(range.lowerBound * bytes))?
        .initializeMemory(as: UInt8.self, repeating: 0, count: range.count * bytes)
    }
  }

  /// Columns with undefined contents, for an owner that writes every element.
  package init(uninitialized rows: Int, count: Int, on engine: Engine) {
    precondition(rows >= 0 && count >= 0, "columns have no negative size")
    self.rows = rows
    self.count = count
    stride = columnStride(rows)
    storage = ColumnStorage(bytes: max(1, stride * count) * MemoryLayout<Element>.stride, engine: engine)
  }

  public subscript(row: Int, column: Int) -> Element {
    get {
      precondition((0..<rows).contains(row) && (0..<count).contains(column), "no such cell")
      return pointer(column)[row]
    }
    set {
      precondition((0..<rows).contains(row) && (0..<count).contains(column), "no such cell")
      pointer(column)[row] = newValue
    }
  }

  /// Reads one column.
  public func withColumn<R, E: Error>(_ column: Int, _ body: (Span<Element>) throws(E) -> R) throws(E) -> R {
    precondition((0..<count).contains(column), "no such column")
    return try body(Span(_unsafeStart: pointer(column), count: rows))
  }

  /// Writes one column.
  public mutating func withMutableColumn<R, E: Error>(
    _ column: Int, _ body: (inout MutableSpan<Element>) throws(E) -> R
  ) throws(E) -> R {
    precondition((0..<count).contains(column), "no such column")
    var span = MutableSpan(_unsafeStart: pointer(column), count: rows)
    return try body(&span)
  }

  /// The column's first element, 64-byte aligned; readable to the next multiple of 128 rows.
  package func pointer(_ column: Int) -> UnsafeMutablePointer<Element> {
    (storage.base + column * stride * MemoryLayout<Element>.stride).assumingMemoryBound(to: Element.self)
  }
}

/// `count` columns over `cosets` cosets of a subgroup of `rows` elements: coset `k`'s row `i` is the value at
/// `shift · w^k · g^i`, where `g` generates the subgroup and `w` the group of `cosets · rows` elements.
public struct CosetColumns<Element: Field>: ~Copyable, Sendable {
  public let rows: Int
  public let count: Int
  public let cosets: Int
  let stride: Int
  let storage: ColumnStorage

  package init(uninitialized rows: Int, count: Int, cosets: Int, on engine: Engine) {
    self.rows = rows
    self.count = count
    self.cosets = cosets
    stride = columnStride(rows)
    storage = ColumnStorage(bytes: max(1, stride * count * cosets) * MemoryLayout<Element>.stride, engine: engine)
  }

  public subscript(coset coset: Int, row row: Int, column column: Int) -> Element {
    precondition(
      (0..<cosets).contains(coset) && (0..<rows).contains(row) && (0..<count).contains(column), "no such cell")
    return pointer(column, coset: coset)[row]
  }

  /// The first element of the column on the coset, 64-byte aligned; readable to the next multiple of 128 rows.
  package func pointer(_ column: Int, coset: Int) -> UnsafeMutablePointer<Element> {
    (storage.base + (column * cosets + coset) * stride * MemoryLayout<Element>.stride)
      .assumingMemoryBound(to: Element.self)
  }
}

/// Elements from one column's start to the next: a whole number of evaluator blocks, and off the powers of two whose
/// columns would share cache sets.
private func columnStride(_ rows: Int) -> Int { (rows + 127) / 128 * 128 + 144 }
