// What soundness depends on: a statement's sizes and the field that challenges come from.

internal import ApusField

/// The sizes that soundness depends on.
package struct SoundnessInput: Equatable, Sendable {
  /// A shorter codeword, added to FRI's when folding comes to its size.
  package struct RollIn: Equatable, Sendable {
    /// log2 of its polynomial's coefficients.
    package let logRows: Int
    package let openedValues: Int

    package init(logRows: Int, openedValues: Int) {
      self.logRows = logRows
      self.openedValues = openedValues
    }
  }

  /// log2 of the extension field's order.
  package let extensionBits: Double
  /// The base field's, of which hashes over it make their digests.
  package let order: UInt64
  /// log2 of the trace's rows.
  package var logRows: Int
  package let constraintCount: Int
  /// Largest constraint degree, selectors included.
  package let degree: Int
  /// Trace-sized pieces of the quotient.
  package let quotientPieces: Int
  /// Polynomials-at-points that the DEEP quotient batches.
  package let openedValues: Int
  /// Distinct points at which they are opened.
  package let openedPoints: Int
  package let rollIns: [RollIn]

  package init(
    extensionBits: Double, order: UInt64 = BabyBear.order, logRows: Int, constraintCount: Int, degree: Int,
    quotientPieces: Int, openedValues: Int,
    openedPoints: Int, rollIns: [RollIn] = []
  ) {
    self.extensionBits = extensionBits
    self.order = order
    self.logRows = logRows
    self.constraintCount = constraintCount
    self.degree = degree
    self.quotientPieces = quotientPieces
    self.openedValues = openedValues
    self.openedPoints = openedPoints
    self.rollIns = rollIns
  }

  /// Pieces of a quotient by constraints of this degree: the power of two at or above `degree - 1`.
  package static func quotientPieces(degree: Int) -> Int {
    var pieces = 1
    while pieces < degree - 1 { pieces *= 2 }
    return pieces
  }

  /// Checks what the formulas presuppose.
  func check(_ preset: SecurityPreset) throws(SoundnessError) {
    for (name, count) in [
      ("constraints", constraintCount), ("degree", degree), ("opened values", openedValues),
      ("opened points", openedPoints),
    ] where count < 1 { throw .notPositive(name: name, found: count) }
    let limit = (1 << preset.logBlowup) + 1
    guard degree <= limit else { throw .degreeTooHigh(found: degree, limit: limit) }
    for (position, rollIn) in rollIns.enumerated() {
      let isNew = !rollIns.prefix(position).contains { $0.logRows == rollIn.logRows }
      guard isNew, (preset.finalLog..<logRows).contains(rollIn.logRows) else {
        throw .heightNotFolded(logRows: rollIn.logRows, from: logRows, to: preset.finalLog)
      }
      guard rollIn.openedValues > 0 else {
        throw .notPositive(name: "opened values of a roll-in", found: rollIn.openedValues)
      }
    }
  }
}

/// A condition of the soundness theorems that does not hold, or a level that they do not give.
public enum SoundnessError: Error, Equatable, CustomStringConvertible {
  case notPositive(name: String, found: Int)
  case degreeTooHigh(found: Int, limit: Int)
  /// A codeword's height is none that folding comes to, or two have the same.
  case heightNotFolded(logRows: Int, from: Int, to: Int)
  /// Johnson regimes start at multiplicity 3.
  case multiplicityTooSmall(Int)
  /// Polynomials of `2^logRows + points` coefficients are too many for a word to be near them and still far from others.
  case noDistance(logRows: Int, points: Int, logBlowup: Int, regime: DecodingRegime)
  /// Even with the most work that the preset allows.
  case levelOutOfReach(preset: SecurityPreset, term: String, bits: Double, work: Int)

  public var description: String {
    switch self {
    case .notPositive(let name, let found): "\(name): at least 1 is needed, not \(found)"
    case .degreeTooHigh(let found, let limit):
      "constraints of degree \(found) need a larger blowup: this one serves degrees up to \(limit)"
    case .heightNotFolded(let logRows, let from, let to):
      """
      codewords of 2^\(logRows) rows cannot be rolled in: heights are distinct, below 2^\(from) and not below 2^\(to), \
      where folding ends
      """
    case .multiplicityTooSmall(let found): "the Johnson regime needs a multiplicity of at least 3, not \(found)"
    case .noDistance(let logRows, let points, let logBlowup, let regime):
      """
      \(regime) says nothing about 2^\(logRows) rows opened at \(points) points with blowup \(1 << logBlowup): \
      take more rows, fewer points or a larger blowup
      """
    case .levelOutOfReach(let preset, let term, let bits, let work):
      """
      no proven parameters of \(preset) reach \(preset.level) bits for a statement of this size: \(term) comes to \
      \(oneDecimal(bits)), and at most \(work) bits of work are added
      """
    }
  }
}
