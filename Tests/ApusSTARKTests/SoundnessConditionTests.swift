// What the soundness theorems presuppose is checked, and named when it fails.

import ApusField
import ApusSTARK
import Testing

@Suite struct SoundnessConditionTests {
  private func input(
    logRows: Int = 10, constraints: Int = 5, degree: Int = 2, values: Int = 9, points: Int = 2,
    rollIns: [SoundnessInput.RollIn] = []
  ) -> SoundnessInput {
    SoundnessInput(
      .proven100, logRows, constraints: constraints, degree: degree, openedValues: values, points: points,
      rollIns: rollIns)
  }

  private func refusal(_ input: SoundnessInput, _ preset: SecurityPreset = .proven100) -> SoundnessError? {
    do throws(SoundnessError) {
      _ = try SecurityReport(preset: preset, input: input, hash: .blake3)
      return nil
    } catch { return error }
  }

  @Test func theSoundInputIsAccepted() {
    #expect(refusal(input()) == nil)
    #expect(refusal(input(rollIns: [.init(logRows: 9, openedValues: 3), .init(logRows: 5, openedValues: 1)])) == nil)
  }

  @Test func countsArePositive() {
    #expect(refusal(input(constraints: 0)) == .notPositive(name: "constraints", found: 0))
    #expect(refusal(input(degree: 0)) == .notPositive(name: "degree", found: 0))
    #expect(refusal(input(values: -1)) == .notPositive(name: "opened values", found: -1))
    #expect(refusal(input(points: 0)) == .notPositive(name: "opened points", found: 0))
    #expect(
      refusal(input(rollIns: [.init(logRows: 8, openedValues: 0)]))
        == .notPositive(name: "opened values of a roll-in", found: 0))
  }

  @Test func theBlowupServesTheDegree() {
    for preset in SecurityPreset.all {
      let limit = (1 << preset.logBlowup) + 1
      #expect(refusal(input(degree: limit), preset) == nil)
      #expect(refusal(input(degree: limit + 1), preset) == .degreeTooHigh(found: limit + 1, limit: limit))
    }
  }

  /// Folding comes to the heights of shorter codewords, to each once.
  @Test func heightsAreFolded() {
    for heights in [[10], [11], [4], [7, 7]] {
      let rollIns = heights.map { SoundnessInput.RollIn(logRows: $0, openedValues: 3) }
      #expect(refusal(input(rollIns: rollIns)) == .heightNotFolded(logRows: heights[0], from: 10, to: 5))
    }
    #expect(SecurityPreset.proven100.foldLogs(logRows: 14, stoppingAt: [6, 12]) == [2, 3, 3, 1])
    #expect(SecurityPreset.proven100.foldLogs(logRows: 14) == [3, 3, 3])
  }

  @Test func aMultiplicityBelowThreeIsRefused() {
    #expect(throws: SoundnessError.multiplicityTooSmall(2)) {
      try ProximityBounds(.johnson(multiplicity: 2), logRows: 10, openedPoints: 2, logBlowup: 2)
    }
  }

  /// As many points as there are positions left beside the rows leave no distance at all.
  @Test func someDistanceIsLeft() throws {
    #expect(refusal(input(logRows: 5, points: 3 * 32 - 1)) == nil)
    #expect(
      refusal(input(logRows: 5, points: 3 * 32))
        == .noDistance(logRows: 5, points: 96, logBlowup: 2, regime: .unique))
    #expect(throws: SoundnessError.noDistance(logRows: 5, points: 64, logBlowup: 2, regime: .johnson(multiplicity: 3)))
    {
      try ProximityBounds(.johnson(multiplicity: 3), logRows: 5, openedPoints: 64, logBlowup: 2)
    }
    _ = try ProximityBounds(.johnson(multiplicity: 4), logRows: 5, openedPoints: 64, logBlowup: 2)
  }

  @Test func errorsSayWhatToDo() {
    for (error, text) in [
      (SoundnessError.notPositive(name: "constraints", found: 0), "constraints: at least 1 is needed, not 0"),
      (
        .degreeTooHigh(found: 6, limit: 5),
        "constraints of degree 6 need a larger blowup: this one serves degrees up to 5"
      ),
      (.multiplicityTooSmall(2), "the Johnson regime needs a multiplicity of at least 3, not 2"),
      (
        .noDistance(logRows: 5, points: 96, logBlowup: 2, regime: .unique),
        "unique decoding says nothing about 2^5 rows opened at 96 points with blowup 4: "
          + "take more rows, fewer points or a larger blowup"
      ),
      (
        .heightNotFolded(logRows: 4, from: 10, to: 5),
        "codewords of 2^4 rows cannot be rolled in: heights are distinct, below 2^10 and not below 2^5, "
          + "where folding ends"
      ),
    ] { #expect(error.description == text) }
  }

  // MARK: Codewords of other heights

  /// By hand: 14 -> 12 -> 9 -> 6 -> 5 with 2^12 and 2^6 rolled in.
  @Test func whatIsRolledInIsCounted() throws {
    let rollIns = [SoundnessInput.RollIn(logRows: 12, openedValues: 41), .init(logRows: 6, openedValues: 8)]
    let input = input(logRows: 14, constraints: 7, values: 31, rollIns: rollIns)
    let folds = SecurityPreset.proven100.foldLogs(logRows: 14, stoppingAt: [12, 6])
    #expect(folds == [2, 3, 3, 1])
    // FRI folds and rolls in as is counted here.
    let shape = FRIShape(try SecurityReport(preset: .proven100, input: input, hash: .blake3))
    #expect(shape.foldLogs == folds)
    #expect(folds.indices.map(shape.rollIn) == [0, nil, 1, nil])
    let bounds = try ProximityBounds(.unique, logRows: 6, openedPoints: 2, logBlowup: 2)
    // Unique decoding: 3/8 of the positions and one; the shortest codeword has the highest rate.
    #expect(bounds.agreement == 161.0 / 256)
    func line(_ log: Int) -> Double { 0.375 * Double(4 << log) + 1 }
    let identity = Double(2 * (16_384 + 1) + 16_383)
    let batching = 30 * line(14) + 40 * line(12) + 7 * line(6)
    let joins = [(3 + 1) * line(12), 7 * line(9), (7 + 1) * line(6), line(5)]
    let errors = [3 * 7, 3 * identity, batching] + joins
    let rounds = input.rounds(folds: folds, bounds: bounds)
    #expect(rounds.count == errors.count)
    for (round, error) in zip(rounds, errors) {
      #expect(abs(round.bits - (input.extensionBits - log2(error))) < 1e-9, "\(round.name)")
    }
  }
}
