// Codewords of several heights in one run of FRI: honest ones are accepted, over every extension; whoever rolls in anything
// else, or in another way, is refused where the next word that the verifier computes itself is missing.

import ApusField
import ApusMerkle
import ApusSTARK
import ApusTestSupport
import Testing

@Suite struct RollInTests {
  /// Folds by 4 and by 4: the first of the shorter words joins on the way, the second at the end.
  static let heights = [7, 5, 3]

  /// What refuses a cheating prover's run: by then, these checks have been passed.
  private enum Reason {
    /// The layer that this fold takes is not what the fold before and the words make.
    case fold(Int)
    /// The final polynomial: at the first position that is reached.
    case final
    /// The final polynomial, which is right on the first coset alone.
    case finalBeyondFirstCoset
    /// A word that is not what was committed.
    case word
  }

  private func expect<E: ProvenExtension>(
    _ reason: Reason, over field: E.Type, sourceLocation: SourceLocation = #_sourceLocation,
    for change: (inout WordBatch<E>) throws -> Void
  ) throws {
    var batch = try WordBatch<E>(Self.heights)
    try change(&batch)
    let outcome = try batch.prove()
    let last = batch.shape.positions(outcome.positions, foldedTo: 3)
    let error: VerificationError =
      switch reason {
      case .fold(let fold): .foldOpening(fold: fold, .rootMismatch(cap: 0))
      case .final: .finalPolynomial(index: last[0])
      case .finalBeyondFirstCoset: .finalPolynomial(index: try #require(last.first { $0 >= batch.shape.finalCount }))
      case .word: .traceOpening(.rootMismatch(cap: 0))
      }
    #expect(throws: error, "over \(field)", sourceLocation: sourceLocation) { try batch.verify(outcome.bytes) }
  }

  /// What a word that is not rolled in as it should be is refused for: the next layer lacks it or, where it is the last,
  /// the final polynomial.
  private func reason(word number: Int) -> Reason { number == 0 ? .fold(1) : .final }

  // MARK: The honest twin of all

  static let honest = [[7, 5, 3], [7, 5], [7, 3], [7, 6, 4], [7, 6, 5, 4, 3], [7]]

  @Test(arguments: provenExtensions, honest)
  func wordsOfLowDegreeAreAccepted(field: any ProvenExtension.Type, heights: [Int]) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let batch = try WordBatch<E>(heights)
      let bytes = try batch.proveHonestly()
      try batch.verify(bytes)
      // A cheater who changes nothing is the prover.
      #expect(try batch.prove().bytes == bytes)
      #expect(throws: VerificationError.trailingBytes(1)) { try batch.verify(bytes + [0]) }
    }
    try check(field)
  }

  /// With a level's queries and work.
  @Test func wordsAreAcceptedAtALevel() throws {
    let batch = try WordBatch<BabyBear5>([10, 8, 5], preset: .proven100)
    #expect(batch.shape.security.provenBits >= 100)
    try batch.verify(batch.proveHonestly())
  }

  /// The same bytes on every instruction set, with rows that fill no block.
  @Test(arguments: provenExtensions)
  func rollingInDoesNotDependOnTheEngine(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let proofs = try Engine.allInstructionSets.map { try WordBatch<E>([6, 4, 3], on: $0).proveHonestly() }
      #expect(proofs.allSatisfy { $0 == proofs[0] })
    }
    try check(field)
  }

  /// By coefficients: a fold at beta of c is sum of beta^t c[4 i + t], and a word's d joins with beta^4. A word stands on
  /// a trace's points s·y, and what was folded by 2^k on s^(2^k)·y, so that d[i] counts s^(i·(1 - 2^k)) times.
  @Test(arguments: provenExtensions)
  func theFinalPolynomialIsTheCombinationByCoefficients(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      var batch = try WordBatch<E>(Self.heights)
      let (betas, sent) = (Box<[E]>([]), Box<[E]>([]))
      let fri = FRIProver<E>(shape: batch.shape, on: batch.engine)
      let (shape, words) = (batch.shape, batch)
      // The product's weight is not used: beta^4, written down.
      batch.rollIn = { fold, beta, codeword in
        betas.value.append(beta)
        let word = words.word(words.polynomials[fold + 1], logRows: shape.rollIns[fold])
        fri.rollIn(word, times: beta.power(4), into: codeword)
      }
      batch.afterFolding = { sent.value = $1 }
      try batch.verify(batch.prove().bytes)

      var combined = batch.polynomials[0]
      for (fold, beta) in betas.value.enumerated() {
        combined = stride(from: 0, to: combined.count, by: 4).map { i in
          (0..<4).reversed().reduce(.zero) { $0 * beta + combined[i + $1] }
        }
        let shift = E.Base.generator.power((1 << (2 * fold + 2)) - 1).inverse!
        for (i, coefficient) in batch.polynomials[fold + 1].enumerated() {
          combined[i] += beta.power(4) * coefficient * shift.power(i)
        }
      }
      #expect(sent.value == combined)
    }
    try check(field)
  }

  // MARK: Powers

  /// The prover rolls in with a power that the fold has used, or skips one.
  @Test(arguments: provenExtensions, [0, 1, 3, 5, 8])
  func anotherPowerIsRefusedWhereTheWordJoins(field: any ProvenExtension.Type, power: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      for number in 0..<2 {
        try expect(reason(word: number), over: E.self) { batch in
          batch.rollIn = rollIn(batch) { $0 == number ? $1.power(power) : $1.power(4) }
        }
      }
    }
    try check(field)
  }

  /// Why a used power would not do. The tall word is off by x^t u(x^4), whose fold is beta^t u, and the shorter one by
  /// -u, for a u that is any word at all: neither is near the code, but with the weight beta^t they make one that is in
  /// it, for every beta.
  @Test(arguments: provenExtensions, [0, 2, 3])
  func wordsThatAUsedPowerLetsCancelAreRefused(field: any ProvenExtension.Type, power: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      func cancel(in batch: inout WordBatch<E>) {
        let words = batch
        batch.changeWord = { number, word in
          guard number < 2 else { return }
          let domain = words.domain(logRows: words.logHeights[number])
          for position in 0..<word.rows * word.cosets {
            let image = FoldQueries.leaf(of: position, rows: word.rows, arityLog: number == 0 ? 2 : 0)
            var generator = SeededGenerator(seed: UInt64(image))
            let u = E.random(using: &generator)
            let share = number == 0 ? u * domain.point(at: position).power(power) : .zero - u
            words.set(words.value(of: word, at: position) + share, at: position, of: word)
          }
        }
      }
      // The attack works: all positions of the last codeword are the final polynomial's.
      let isLow = Box(false)
      try expect(.fold(1), over: E.self) { batch in
        cancel(in: &batch)
        batch.rollIn = rollIn(batch) { $0 == 0 ? $1.power(power) : $1.power(4) }
        let words = batch
        batch.afterFolding = { isLow.value = words.isPolynomial($0, $1) }
      }
      #expect(isLow.value)
      // With the power that is the protocol's nothing cancels.
      try expect(.finalBeyondFirstCoset, over: E.self) { batch in
        cancel(in: &batch)
        let words = batch
        batch.afterFolding = { isLow.value = words.isPolynomial($0, $1) }
      }
      #expect(!isLow.value)
    }
    try check(field)
  }

  // MARK: Layers

  @Test(arguments: provenExtensions)
  func aWordLeftOutIsRefusedWhereItJoins(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      for number in 0..<2 {
        try expect(reason(word: number), over: E.self) { batch in
          batch.rollIn = rollIn(batch) { $0 == number ? .zero : $1.power(4) }
        }
      }
    }
    try check(field)
  }

  /// The second word's polynomial, of so low a degree that it is a word of the first one's size as well, joins with it.
  @Test(arguments: provenExtensions)
  func aWordRolledInTooEarlyIsRefusedThere(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try expect(.fold(1), over: E.self) { batch in
        let (words, fri) = (batch, FRIProver<E>(shape: batch.shape, on: batch.engine))
        batch.rollIn = { fold, beta, codeword in
          guard fold == 0 else { return }
          for number in 1...2 {
            let word = words.word(words.polynomials[number], logRows: 5)
            fri.rollIn(word, times: beta.power(3 + number), into: codeword)
          }
        }
      }
    }
    try check(field)
  }

  /// The first word is folded to the second one's size, and joins with it.
  @Test(arguments: provenExtensions)
  func aWordRolledInTooLateIsRefusedWhereItIsMissing(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try expect(.fold(1), over: E.self) { batch in
        let (words, fri) = (batch, FRIProver<E>(shape: batch.shape, on: batch.engine))
        batch.rollIn = { fold, beta, codeword in
          guard fold == 1 else { return }
          let late = fri.layer(1, committing: words.word(words.polynomials[1], logRows: 5)).folded(at: beta)
          fri.rollIn(late, times: beta.power(4), into: codeword)
          fri.rollIn(words.word(words.polynomials[2], logRows: 3), times: beta.power(5), into: codeword)
        }
      }
    }
    try check(field)
  }

  // MARK: Words

  /// One position is enough for the word not to be in the code, but a word must differ in many to be far from it.
  @Test(arguments: provenExtensions, 0..<3)
  func aWordFarFromLowDegreeIsRefusedAtTheFinalPolynomial(field: any ProvenExtension.Type, number: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try expect(.finalBeyondFirstCoset, over: E.self) { batch in
        let words = batch
        batch.changeWord = { changed, word in
          guard changed == number else { return }
          var generator = SeededGenerator(seed: 99)
          for position in 0..<word.rows * word.cosets {
            words.set(.random(using: &generator), at: position, of: word)
          }
        }
      }
    }
    try check(field)
  }

  /// Twice as many coefficients as the height has.
  @Test(arguments: provenExtensions, 1..<3)
  func aWordOfTheNextHeightIsRefusedAtTheFinalPolynomial(field: any ProvenExtension.Type, number: Int) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try expect(.finalBeyondFirstCoset, over: E.self) { batch in
        let words = batch
        batch.changeWord = { changed, word in
          guard changed == number else { return }
          let domain = words.domain(logRows: words.logHeights[number])
          for position in 0..<word.rows * word.cosets {
            let high = E(domain.point(at: position)).power(word.rows)
            words.set(words.value(of: word, at: position) + high, at: position, of: word)
          }
        }
      }
    }
    try check(field)
  }

  /// The word of one height is committed with every row moved by one: its openings belong to other points.
  @Test(arguments: provenExtensions)
  func aWordOfMovedRowsIsRefusedWhereItJoins(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      for number in 0..<2 {
        try expect(reason(word: number), over: E.self) { batch in
          let words = batch
          batch.commitInstead = { changed, word in
            guard changed == number + 1 else { return word }
            let rows = word.columns.rows
            let moved = words.word(logRows: words.logHeights[changed]) { position in
              words.value(of: word.columns, at: position / rows * rows + (position + 1) % rows)
            }
            return CommittedColumns(moved, hash: .blake3, on: words.engine)
          }
        }
      }
    }
    try check(field)
  }

  // MARK: Openings

  /// A short word's index is not the tall one's without its low bits, as it would be in a tree of another order of rows.
  @Test(arguments: provenExtensions)
  func aWordOpenedAtShiftedIndicesIsRefused(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try expect(.word, over: E.self) { batch in
        // As many as there should be, each the next one.
        batch.openingPositions = { number, positions in
          guard number == 1 else { return positions }
          let all = 4 << 5
          return positions.map { ($0 + 1) % all }.sorted()
        }
      }
    }
    try check(field)
  }

  // MARK: Heights

  /// Folds are the same, and only the heights tell one from the other.
  @Test func heightsAreInTheTranscript() throws {
    func challenge(_ heights: [Int]) throws -> BabyBear5 {
      let shape = try WordBatch<BabyBear5>(heights).shape
      #expect(shape.foldLogs == [2, 2])
      var transcript = Transcript(protocolName: "heights")
      transcript.absorb(shape)
      return transcript.challenge("any")
    }
    let all = [[7], [7, 5], [7, 3], [7, 5, 3]]
    #expect(Set(try all.map { limbs([try challenge($0)]) }).count == all.count)
    // One height is bound by the messages that were there before there were several.
    var single = Transcript(protocolName: "heights")
    single.absorb([2, 2], "folds")
    #expect(try challenge([7]) == single.challenge("any"))
  }

  /// A prover who sends everything for its heights, but has others in the transcript: all its challenges are others'.
  @Test(arguments: provenExtensions)
  func otherHeightsInTheTranscriptAreRefusedAtTheFirstOpening(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      try expect(.word, over: E.self) { $0.absorbed = try WordBatch<E>([7, 5]).shape }
    }
    try check(field)
  }

  /// An honest proof of other heights than are asked for: the shorter word has rows of another tree.
  @Test(arguments: provenExtensions)
  func wordsOfOtherHeightsAreRefusedAtTheirOpening(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      let (tall, short) = (try WordBatch<E>([7, 5]), try WordBatch<E>([7, 3]))
      for (var prover, verifier) in [(tall, short), (short, tall)] {
        // In one's own transcript, and in the one that the verifier has.
        for absorbed in [prover.shape, verifier.shape] {
          prover.absorbed = absorbed
          let bytes = try prover.prove().bytes
          let error = try #require(throws: VerificationError.self) { try verifier.verify(bytes) }
          #expect(wordReasons(E.self).contains(error), "\(error)")
        }
      }
    }
    try check(field)
  }

  /// The two shorter words are committed and opened in each other's place.
  @Test(arguments: provenExtensions)
  func swappedWordsAreRefusedAtTheirOpening(field: any ProvenExtension.Type) throws {
    func check<E: ProvenExtension>(_: E.Type) throws {
      var batch = try WordBatch<E>(Self.heights)
      let words = batch
      batch.commitInstead = { number, word in
        guard number > 0 else { return word }
        let other = words.word(words.polynomials[3 - number], logRows: words.logHeights[3 - number])
        return CommittedColumns(other, hash: .blake3, on: words.engine)
      }
      batch.openingPositions = { number, positions in
        number == 1 ? Set(positions.map { FoldQueries.leaf(of: $0, rows: 32, arityLog: 2) }).sorted() : positions
      }
      let bytes = try batch.prove().bytes
      let error = try #require(throws: VerificationError.self) { try batch.verify(bytes) }
      #expect(wordReasons(E.self).contains(error), "\(error)")
    }
    try check(field)
  }

  /// Where a word has other rows than are read, digests are read for elements, and need not be any.
  private func wordReasons<E: ProvenExtension>(_: E.Type) -> [VerificationError] {
    [.traceOpening(.rootMismatch(cap: 0)), .nonCanonicalElement(part: WordBatch<E>.part)]
  }

  /// Rolls in with weights that are given for each word's number and beta.
  private func rollIn<E: ProvenExtension>(
    _ batch: WordBatch<E>, weight: @escaping (_ number: Int, _ beta: E) -> E
  ) -> (_ fold: Int, _ beta: E, _ codeword: borrowing CosetColumns<E.Base>) -> Void {
    let fri = FRIProver<E>(shape: batch.shape, on: batch.engine)
    return { fold, beta, codeword in
      let word = batch.word(batch.polynomials[fold + 1], logRows: batch.shape.rollIns[fold])
      batch.changeWord(fold + 1, word)
      fri.rollIn(word, times: weight(fold, beta), into: codeword)
    }
  }
}

extension WordBatch {
  /// Whether every position of the last codeword has the polynomial's value.
  fileprivate func isPolynomial(_ codeword: borrowing Word, _ coefficients: [E]) -> Bool {
    let polynomial = NaivePolynomial(coefficients: coefficients)
    let domain = domain(logRows: shape.logRows).folded(shape.foldLogs.reduce(0, +))
    for position in 0..<codeword.rows * codeword.cosets {
      guard value(of: codeword, at: position) == polynomial.value(at: E(domain.point(at: position))) else {
        return false
      }
    }
    return true
  }
}
