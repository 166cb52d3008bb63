// Matrices as the C builder of trees takes them. What it does, and in which order: apus_merkle.h in CApusKernels.

internal import ApusField
internal import CApusKernels

enum MerkleBuilder {
  /// Hashes the matrices into all levels, on all threads of the engine.
  static func fill<Element: MerkleElement>(
    _ levels: MerkleLevels, with matrices: [MerkleMatrix<Element>], kernels: MerkleKernels<Element>, on engine: Engine
  ) {
    // For each level the rows that enter it, if any: at level 0 the leaves' rows, above it injected ones.
    let groups = (0..<levels.count).map { level in
      let ofThisHeight = matrices.filter { $0.height == levels.size(of: level) }
      return ofThisHeight.isEmpty ? nil : RowGroup(ofThisHeight)
    }
    let pointers = groups.flatMap { $0?.columns ?? [] }
    pointers.withUnsafeBufferPointer { pointers in
      var first = 0
      let rows = groups.map { group in
        guard let group else { return apus_merkle_rows() }
        defer { first += group.columns.count }
        return apus_merkle_rows(
          columns: kernels.columns(pointers.baseAddress.map { $0 + first }), column_count: group.columnCount,
          rows_per_block: group.rowsPerBlock)
      }
      rows.withUnsafeBufferPointer { rows in
        let tree = apus_merkle_tree(
          hash: kernels.tables, log_leaves: UInt32(levels.logHeight),
          log_cap: UInt32(levels.logHeight - levels.count + 1), rows: rows.baseAddress, digests: levels.bytes)
        Build(tree: tree).run(on: engine)
      }
    }
  }

  /// The tree's pointers, for threads that work on pieces of it apart from each other.
  private struct Build: @unchecked Sendable {
    let tree: apus_merkle_tree

    func run(on engine: Engine) {
      let passes = withUnsafePointer(to: tree) { apus_merkle_passes($0) }
      for pass in 0..<passes {
        let pieces = withUnsafePointer(to: tree) { apus_merkle_pieces($0, pass) }
        engine.forEachRange(pieces) { range, _ in
          withUnsafePointer(to: tree) { apus_merkle_run($0, pass, range.lowerBound, range.upperBound) }
        }
      }
    }
  }
}
