// What is measured: a closure, what its name tells about it, and how much work one call of it does.

/// What tells one case from all others. Two runs' figures are compared where their labels are equal.
public struct CaseLabel: Hashable, Sendable {
  /// The operation: `multiply`, `NTT forward`.
  public var kernel: String
  /// What it works on: a field or a hash; empty where that says nothing.
  public var field: String
  /// `avx512`; for a baseline, whose code it is: `GMP`.
  public var engine: String
  public var rows: Int
  public var columns: Int
  public var threads: Int

  public init(kernel: String, field: String = "", engine: String, rows: Int, columns: Int = 1, threads: Int = 1) {
    self.kernel = kernel
    self.field = field
    self.engine = engine
    self.rows = rows
    self.columns = columns
    self.threads = threads
  }

  /// All of it in one line, for filters and messages: `multiply BabyBear avx512 4096x1 t1`.
  public var name: String {
    let parts = [kernel, field, engine, "\(rows)x\(columns)", "t\(threads)"]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// The work that one call does. Zero stands for "none of it", and leaves the figure out.
public struct Work: Hashable, Sendable {
  public var elements: Int
  /// Butterflies of a transform.
  public var butterflies: Int
  /// Bytes that must be read and written, each once.
  public var bytes: Int
  /// Bytes that are alive at one time: they say which cache or memory the bytes come from. Zero where the bytes are no
  /// limit, as for hashes.
  public var workingSet: Int
  /// Vector instructions that the best known sequence executes; loads and stores, which run beside them, not counted.
  public var instructions: Int
  /// Products of 32-bit words that it needs: those instructions that only the multipliers execute.
  public var products: Int
  /// Bytes of the vectors that instructions and products are counted for; 0 where none are.
  public var vectorBytes: Int

  public init(
    elements: Int, butterflies: Int = 0, bytes: Int = 0, workingSet: Int = 0, instructions: Int = 0,
    products: Int = 0, vectorBytes: Int = 0
  ) {
    self.elements = elements
    self.butterflies = butterflies
    self.bytes = bytes
    self.workingSet = workingSet
    self.instructions = instructions
    self.products = products
    self.vectorBytes = vectorBytes
  }
}

/// One case, whose memory is there only between `prepare` and the end of its group.
public struct BenchCase {
  public let label: CaseLabel
  public let work: Work
  /// Gives the closure that is measured, with its inputs in place.
  public let prepare: () throws -> () -> Void

  public init(_ label: CaseLabel, _ work: Work, prepare: @escaping () throws -> () -> Void) {
    self.label = label
    self.work = work
    self.prepare = prepare
  }
}

/// Cases that are measured in turns, so that what disturbs one disturbs all.
public struct BenchGroup {
  public let name: String
  public var cases: [BenchCase]
  /// Whether the report fits a curve to times at several numbers of rows: see ``GrowthFit``.
  public let showsGrowth: Bool

  public init(_ name: String, showsGrowth: Bool = false, _ cases: [BenchCase]) {
    self.name = name
    self.showsGrowth = showsGrowth
    self.cases = cases
  }

  /// The cases whose name, or the group's, contains every word of `filter`, in any case of letters.
  public func filtered(by filter: String) -> BenchGroup {
    let words = filter.lowercased().split(separator: " ")
    return BenchGroup(
      name, showsGrowth: showsGrowth,
      cases.filter { one in
        let text = (name + " " + one.label.name).lowercased()
        return words.allSatisfy { text.contains($0) }
      })
  }
}
