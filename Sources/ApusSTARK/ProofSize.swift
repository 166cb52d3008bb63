// The bytes that a proof takes on average over its queries' positions, known before it is made.

internal import ApusMerkle

/// Everything that a proof's size depends on.
package struct ProofDimensions: Equatable, Sendable {
  package let logRows: Int
  package let logBlowup: Int
  /// Base-field columns of trace and quotient.
  package let columns: Int
  package let quotientColumns: Int
  package let openedValues: Int
  package let foldLogs: [Int]
  package let queries: Int
  /// Proofs of work.
  package let nonces: Int
  /// Bytes of an element of the base field and of the extension field.
  package let elementBytes: Int
  package let extensionBytes: Int

  package init(
    report: SecurityReport, columns: Int, quotientColumns: Int, elementBytes: Int, extensionBytes: Int
  ) {
    logRows = report.input.logRows
    logBlowup = report.preset.logBlowup
    self.columns = columns
    self.quotientColumns = quotientColumns
    openedValues = report.input.openedValues
    foldLogs = report.input.foldLogs(report.preset)
    queries = report.queries
    nonces = report.terms.count { $0.grinding > 0 }
    self.elementBytes = elementBytes
    self.extensionBytes = extensionBytes
  }

  package init(_ shape: ProofShape) {
    self.init(
      report: shape.security, columns: shape.columnCount, quotientColumns: shape.quotientColumns,
      elementBytes: shape.field.elementBytes, extensionBytes: shape.field.elementBytes * shape.field.degree)
  }
}

extension ProofDimensions {
  /// Expected bytes of each part of a proof, in order, with the names of ``ProofLayout/parts``.
  package var parts: [(name: String, bytes: Double)] {
    var foldValues = 0.0
    var foldPaths = 0.0
    var log = logRows + logBlowup
    var known = distinct(log)
    let paths = Double(MerkleDigest.byteCount) * siblings(log)
    for arityLog in foldLogs {
      log -= arityLog
      let fibres = distinct(log)
      foldValues += Double(extensionBytes) * (fibres * Double(1 << arityLog) - known)
      foldPaths += Double(MerkleDigest.byteCount) * siblings(log)
      known = fibres
    }
    let positions = distinct(logRows + logBlowup)
    let finalCount = 1 << (logRows - foldLogs.reduce(0, +))
    return [
      (ProofPart.head, Double(Proof.headByteCount)),
      (ProofPart.trace, Double(MerkleDigest.byteCount)),
      (ProofPart.quotient, Double(MerkleDigest.byteCount)),
      (ProofPart.openings, Double(openedValues * extensionBytes)),
      (ProofPart.folds, Double(foldLogs.count * MerkleDigest.byteCount)),
      (ProofPart.final, Double(finalCount * extensionBytes)),
      (ProofPart.work, Double(8 * nonces)),
      (ProofPart.traceRows, positions * Double(columns * elementBytes)),
      (ProofPart.tracePaths, paths),
      (ProofPart.quotientRows, positions * Double(quotientColumns * elementBytes)),
      (ProofPart.quotientPaths, paths),
      (ProofPart.foldValues, foldValues),
      (ProofPart.foldPaths, foldPaths),
    ]
  }

  package var bytes: Int { Int(parts.reduce(0) { $0 + $1.bytes }.rounded()) }

  /// How many different ones are expected among as many uniform numbers below `2^log` as there are queries.
  private func distinct(_ log: Int) -> Double {
    let count = Double(1 << log)
    return count * (1 - power(1 - 1 / count, queries))
  }

  /// Digests that a pruned opening is expected to hold: at each level, nodes on no path whose sibling is on one.
  private func siblings(_ logHeight: Int) -> Double {
    var sum = 0.0
    for level in stride(from: 1, through: logHeight, by: 1) {
      let nodes = Double(1 << level)
      sum += nodes * (power(1 - 1 / nodes, queries) - power(1 - 2 / nodes, queries))
    }
    return sum
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
