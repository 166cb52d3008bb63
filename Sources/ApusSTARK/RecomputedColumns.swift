// A committed extension that is never there as a whole: each coset is computed when it is asked for, and of the tree
// only the upper levels are kept.

internal import ApusField
internal import ApusMerkle
internal import ApusNTT

/// Where the columns' polynomials come from.
enum PolynomialSource<Element: ProvingField>: ~Copyable {
  case values(PackedColumns<Element>)
  /// In bit-reversed order.
  case coefficients(Columns<Element>)

  var count: Int {
    switch self {
    case .values(let packed): packed.count
    case .coefficients(let columns): columns.count
    }
  }
}

final class RecomputedColumns<Element: ProvingField>: CommittedMatrix {
  /// log2 of the rows below a node that is kept: an opening hashes them again.
  private static var subtreeLog: Int { 5 }
  /// log2 of the rows that are hashed at a time: so many that all threads have work, and few digests at once.
  private static var sliceLog: Int { 15 }
  /// Columns that are unpacked at a time for openings.
  private static var readingColumns: Int { 32 }

  private let source: PolynomialSource<Element>
  private let domain: EvaluationDomain<Element>
  private let ntt: NTT<Element>
  private let hash: MerkleHash
  private let engine: Engine
  private var top: MerkleTop<Element>?
  /// The coset that was asked for last.
  private var kept: (coset: Int, columns: CosetBox<Element>)?

  /// Computes each coset once and commits to them.
  ///
  /// - Parameter last: the coset that is asked for next.
  init(
    _ source: consuming PolynomialSource<Element>, domain: EvaluationDomain<Element>, last: Int, hash: MerkleHash,
    on engine: Engine
  ) throws {
    self.source = source
    self.domain = domain
    ntt = try NTT<Element>(rows: domain.rows)
    self.hash = hash
    self.engine = engine
    var nodes = [[MerkleDigest]](repeating: [], count: domain.cosets)
    for coset in (0..<domain.cosets).filter({ $0 != last }) + [last] {
      nodes[coset] = withCoset(coset) { subtreeRoots(of: $0) }
    }
    top = MerkleTop(over: nodes.flatMap { $0 }, hash: hash)
  }

  var cap: [MerkleDigest] { top.map { [$0.root] } ?? [] }

  func committedQuotient<E: ChallengeField>(
    _ stages: ProverStages<E>, alpha: E
  ) throws -> any CommittedMatrix<Element> where E.Base == Element {
    let remainders = try stages.quotientRemainders(of: self, alpha: alpha)
    // From here on no coset of the trace is asked for.
    kept = nil
    return try stages.commitQuotient(from: remainders)
  }

  func withCoset<R: ~Copyable>(_ coset: Int, _ body: (CosetView<Element>) throws -> R) rethrows -> R {
    if let kept, kept.coset == coset { return try kept.columns.columns.withCoset(0, body) }
    // Its memory is the next one's.
    kept = nil
    let box = CosetBox(values(shift: domain.start(ofCoset: coset)))
    kept = (coset, box)
    return try box.columns.withCoset(0, body)
  }

  /// The trace's own values, or the quotient's beside them.
  var readingShift: Element { .one }

  func withReadings(of columns: [Int], _ body: (_ first: Int, CosetView<Element>) -> Void) {
    switch source {
    case .values(let packed):
      for first in stride(from: 0, to: columns.count, by: Self.readingColumns) {
        let batch = Array(columns[first..<min(columns.count, first + Self.readingColumns)])
        let values = packed.unpacked(batch, on: engine)
        body(first, CosetView(rows: domain.rows, columns: values.pointers))
        withExtendedLifetime(values) {}
      }
    case .coefficients: values(shift: readingShift).withReadings(of: columns, body)
    }
  }

  func open(at positions: [Int], through channel: inout ProverChannel) {
    let log = subtreeLog
    var subtrees: [Int] = []
    for position in positions where subtrees.last != position >> log { subtrees.append(position >> log) }
    let rows = openedRows(of: subtrees)
    let places = positions.map { position in
      (subtrees.firstIndex(of: position >> log) ?? 0) << log | position & (1 << log - 1)
    }
    var opened: [Element] = []
    for place in places { for column in 0..<rows.count { opened.append(rows.pointer(column)[place]) } }
    let tree = MerkleTree(
      committing: [MerkleMatrix(rows)], hash: hash, capHeight: rows.rows.trailingZeroBitCount - log, on: engine)
    channel.write(opened)
    channel.write(tree.opening(at: places) + (top?.opening(at: subtrees) ?? []))
  }

  /// The rows below these nodes, side by side; beyond them zeros, up to a power of two.
  private func openedRows(of subtrees: [Int]) -> Columns<Element> {
    let log = subtreeLog
    var slots = 1
    while slots < subtrees.count { slots *= 2 }
    let result = Columns<Element>(rows: slots << log, count: source.count, on: engine)
    let perCoset = domain.rows >> log
    let cosets = Dictionary(grouping: subtrees.indices) { subtrees[$0] / perCoset }.sorted { $0.key < $1.key }
    let shared = Shared(result.pointers)
    ntt.throughCosets(
      shifts: cosets.map { domain.start(ofCoset: $0.key) }, count: source.count, on: engine, of: polynomial
    ) { column, coset, values in
      for slot in cosets[coset].value {
        (shared.value[column] + slot << log).update(from: values + (subtrees[slot] % perCoset) << log, count: 1 << log)
      }
    }
    return result
  }

  private var subtreeLog: Int { min(Self.subtreeLog, domain.logRows) }

  /// The digests of each `2^subtreeLog` rows.
  private func subtreeRoots(of view: CosetView<Element>) -> [MerkleDigest] {
    let sliceLog = min(Self.sliceLog, domain.logRows)
    var roots: [MerkleDigest] = []
    for first in stride(from: 0, to: domain.rows, by: 1 << sliceLog) {
      let slice = MerkleMatrix(rowsPerBlock: 1 << sliceLog, blocks: [view.columns.map { UnsafePointer($0 + first) }])
      roots += MerkleTree(committing: [slice], hash: hash, capHeight: sliceLog - subtreeLog, on: engine).cap
    }
    return roots
  }

  private func values(shift: Element) -> CosetColumns<Element> {
    ntt.coset(shift: shift, count: source.count, on: engine, of: polynomial)
  }

  private var polynomial: NTT<Element>.Polynomial {
    switch source {
    case .values(let packed):
      { [ntt, engine] column, scratch in
        packed.unpack(column, into: scratch)
        ntt.interpolate(scratch, on: engine)
        return UnsafePointer(scratch)
      }
    case .coefficients(let columns):
      { [pointers = Shared(columns.pointers)] column, _ in UnsafePointer(pointers.value[column]) }
    }
  }
}

/// A coset's columns, which an optional can hold.
private final class CosetBox<Element: ProvingField> {
  let columns: CosetColumns<Element>
  init(_ columns: consuming CosetColumns<Element>) { self.columns = columns }
}
