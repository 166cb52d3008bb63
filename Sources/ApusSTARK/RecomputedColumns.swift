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
}

final class RecomputedColumns<Element: ProvingField>: CommittedMatrix {
  /// log2 of the subtrees of a coset whose roots are kept.
  private static var capHeight: Int { 9 }

  private let source: PolynomialSource<Element>
  private let domain: EvaluationDomain<Element>
  private let ntt: NTT<Element>
  private let hash: MerkleHash
  private let engine: Engine
  private var top: MerkleTop<Element>?
  /// The coset that was asked for last.
  private var kept: (coset: Int, columns: CosetBox<Element>)?

  /// Computes each coset once, the last one first, and commits to them.
  init(
    _ source: consuming PolynomialSource<Element>, domain: EvaluationDomain<Element>, hash: MerkleHash,
    on engine: Engine
  ) throws {
    self.source = source
    self.domain = domain
    ntt = try NTT<Element>(rows: domain.rows)
    self.hash = hash
    self.engine = engine
    var nodes: [[MerkleDigest]] = []
    for coset in (0..<domain.cosets).reversed() { nodes.append(withCoset(coset) { tree(over: $0).cap }) }
    top = MerkleTop(over: nodes.reversed().flatMap { $0 }, hash: hash)
    // What led here is larger than what comes.
    engine.releaseKeptMemory()
  }

  var cap: [MerkleDigest] { top.map { [$0.root] } ?? [] }

  /// The trace, if this is one's extension.
  var trace: PackedColumns<Element>? {
    switch source {
    case .values(let packed): packed
    case .coefficients: nil
    }
  }

  func committedQuotient<E: ChallengeField>(
    _ stages: ProverStages<E>, alpha: E
  ) throws -> any CommittedMatrix<Element> where E.Base == Element {
    try stages.commitQuotient(of: self, alpha: alpha)
  }

  /// Gives the last coset's memory back to the system.
  func rest() {
    kept = nil
    engine.releaseKeptMemory()
  }

  func withCoset<R: ~Copyable>(_ coset: Int, _ body: (CosetView<Element>) throws -> R) rethrows -> R {
    if let kept, kept.coset == coset { return try kept.columns.columns.withCoset(0, body) }
    // Its memory is the next one's.
    kept = nil
    let box = CosetBox(values(on: coset))
    kept = (coset, box)
    return try box.columns.withCoset(0, body)
  }

  func open(at positions: [Int], through channel: inout ProverChannel) {
    let byCoset = Dictionary(grouping: positions) { $0 / domain.rows }
    var rows: [Element] = []
    var lower: [[MerkleDigest]] = []
    for coset in 0..<domain.cosets {
      guard let positions = byCoset[coset] else { continue }
      let local = positions.map { $0 % domain.rows }
      let siblings = withCoset(coset) { view in
        for row in local { rows += view.columns.map { $0[row] } }
        return tree(over: view).openingByLevel(at: local)
      }
      if lower.isEmpty { lower = siblings } else { for level in lower.indices { lower[level] += siblings[level] } }
    }
    let subtree = domain.rows >> capHeight
    var nodes: [Int] = []
    for position in positions where nodes.last != position / subtree { nodes.append(position / subtree) }
    channel.write(rows)
    channel.write(lower.flatMap { $0 } + (top?.opening(at: nodes) ?? []))
  }

  private var capHeight: Int { min(Self.capHeight, domain.logRows) }

  private func tree(over view: CosetView<Element>) -> MerkleTree {
    MerkleTree(committing: [view.matrix], hash: hash, capHeight: capHeight, on: engine)
  }

  private func values(on coset: Int) -> CosetColumns<Element> {
    let shift = domain.start(ofCoset: coset)
    switch source {
    case .values(let packed):
      return ntt.coset(shift: shift, count: packed.count, on: engine) { column, to in packed.unpack(column, into: to) }
    case .coefficients(let columns): return ntt.coset(shift: shift, ofBitReversedCoefficients: columns, on: engine)
    }
  }
}

/// A coset's columns, which an optional can hold.
private final class CosetBox<Element: ProvingField> {
  let columns: CosetColumns<Element>
  init(_ columns: consuming CosetColumns<Element>) { self.columns = columns }
}
