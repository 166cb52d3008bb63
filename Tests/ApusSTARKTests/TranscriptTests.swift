// The transcript: whatever differs in what was absorbed makes all later challenges differ.

import ApusField
import ApusMerkle
import ApusSTARK
import Testing

@Suite struct TranscriptTests {
  private typealias Step = (inout Transcript) -> Void

  private func challenge(after steps: Step...) -> BabyBear5 {
    var transcript = Transcript(protocolName: "test")
    for step in steps { step(&transcript) }
    return transcript.challenge("c")
  }

  @Test func theSameMessagesGiveTheSameChallenge() {
    let step: Step = { $0.absorb([1, 2, 3] as [BabyBear], "x") }
    #expect(challenge(after: step) == challenge(after: step))
    #expect(challenge(after: step) != challenge(after: step, step))
  }

  /// The same bytes, cut, named or typed in another way.
  @Test func everySequenceOfMessagesIsAnother() {
    let words = (0..<8).map { BabyBear($0 + 1) }
    let bytes = words.flatMap { word -> [UInt8] in
      var bytes: [UInt8] = []
      word.encode(into: &bytes)
      return bytes
    }
    let digest = MerkleDigest(bytes: bytes)!
    let integers = stride(from: 0, to: 8, by: 2).map { Int(words[$0].value) | Int(words[$0 + 1].value) << 32 }
    let challenges = [
      challenge(after: { $0.absorb(bytes, "x") }),
      challenge(after: { $0.absorb(words, "x") }),
      challenge(after: { $0.absorb([digest], "x") }),
      challenge(after: { $0.absorb(integers, "x") }),
      challenge(after: { $0.absorb(words, "y") }),
      challenge(after: { $0.absorb(words, "") }),
      challenge(after: { $0.absorb(words, "xx") }),
      challenge(after: { $0.absorb(Array(words[..<4]), "x") }, { $0.absorb(Array(words[4...]), "x") }),
      challenge(after: { $0.absorb(Array(words[..<3]), "x") }, { $0.absorb(Array(words[3...]), "x") }),
      challenge(after: { $0.absorb(words, "x") }, { $0.absorb([] as [BabyBear], "x") }),
      challenge(after: { $0.absorb([] as [BabyBear], "x") }, { $0.absorb(words, "x") }),
      challenge(after: { $0.absorb([] as [BabyBear5], "x") }, { $0.absorb(words, "x") }),
      challenge(after: { $0.absorb(words + [.zero], "x") }),
      challenge(after: { $0.absorb(Array(words.reversed()), "x") }),
      challenge(after: { $0.absorb([UInt8](bytes.dropLast()), "x") }),
      challenge(after: { $0.absorb([BabyBear5(coefficients: Array(words[..<5]))], "x") }),
      challenge(after: { $0.absorb(Array(words[..<5]), "x") }),
      challenge(),
    ]
    #expect(Set(challenges).count == challenges.count)
  }

  /// A label that swallows the count and payload of the message that it imitates: only its own length tells.
  @Test func labelsAreDelimited() {
    let rest: [UInt8] = [5, 6, 7]
    let payload = littleEndian(rest.count) + rest
    let label = "x" + String(decoding: littleEndian(payload.count), as: UTF8.self)
    #expect(challenge(after: { $0.absorb(payload, "x") }) != challenge(after: { $0.absorb(rest, label) }))
  }

  /// A payload that contains what a second message would look like, with and without its count.
  @Test func payloadsAreDelimited() {
    let (first, second): ([UInt8], [UInt8]) = ([1, 2, 3], [4, 5])
    let two = challenge(after: { $0.absorb(first, "x") }, { $0.absorb(second, "x") })
    let start = first + [1] + littleEndian(1) + Array("x".utf8)
    #expect(challenge(after: { $0.absorb(start + second, "x") }) != two)
    #expect(challenge(after: { $0.absorb(start + littleEndian(2) + second, "x") }) != two)
  }

  private func littleEndian(_ value: Int) -> [UInt8] { withUnsafeBytes(of: UInt64(value).littleEndian, Array.init) }

  @Test func theOrderOfMessagesCounts() {
    let one: Step = { $0.absorb([1] as [Int], "x") }
    let other: Step = { $0.absorb([2] as [Int], "y") }
    #expect(challenge(after: one, other) != challenge(after: other, one))
  }

  /// A challenge is part of what later ones depend on, by its label and by its being drawn.
  @Test func challengesAreMessagesToo() {
    let message: Step = { $0.absorb([1] as [Int], "x") }
    let challenges = [
      challenge(after: message),
      challenge(after: message, { _ = ($0.challenge("c") as BabyBear5) }),
      challenge(after: message, { _ = ($0.challenge("d") as BabyBear5) }),
      challenge(after: { _ = ($0.challenge("c") as BabyBear5) }, message),
      challenge(
        after: message, { _ = ($0.challengeOutsideBase("c") as BabyBear5) }, { _ = ($0.challenge("c") as BabyBear5) }),
    ]
    #expect(Set(challenges).count == challenges.count)
    var other = Transcript(protocolName: "tesu")
    let first: BabyBear5 = other.challenge("c")
    #expect(first != challenge())
  }

  // MARK: Uniformity

  /// 64,000 limbs in 64 equal ranges of [0, p): the sum of squared deviations over the expected counts is chi-squared
  /// with 63 degrees of freedom; 140 is exceeded with a probability of about 10^-7.
  @Test func elementsAreUniform() {
    var transcript = Transcript(protocolName: "uniform")
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<12_800 {
      let element: BabyBear5 = transcript.challenge("c")
      for limb in element.coefficients {
        counts[Int(UInt64(limb.value) * 64 / UInt64(BabyBear.modulus))] += 1
      }
    }
    #expect(counts.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) } < 140 * 1000)
  }

  @Test func indicesAreUniformAndInRange() {
    var transcript = Transcript(protocolName: "uniform")
    var counts = [Int](repeating: 0, count: 64)
    for index in transcript.challengeIndices("i", count: 64_000, log: 6) { counts[index] += 1 }
    #expect(counts.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) } < 140 * 1000)
    let none = transcript.challengeIndices("i", count: 100, log: 0)
    #expect(none.allSatisfy { $0 == 0 })
    let wide = transcript.challengeIndices("i", count: 1000, log: 26)
    #expect(wide.allSatisfy { (0..<1 << 26).contains($0) } && wide.contains { $0 >= 1 << 25 })
  }

  /// More draws than positions: each position once, ascending.
  @Test func queryPositionsAreDistinctAndAscending() throws {
    let shape = try Prover(.proven128).shape(of: Doubling(rows: 32))
    var transcript = Transcript(protocolName: "positions")
    for _ in 0..<100 {
      var copy = transcript
      let drawn = copy.challengeIndices(SecurityReport.queryTerm, count: shape.security.queries, log: 7)
      let positions = transcript.queryPositions(shape.fri)
      #expect(zip(positions, positions.dropFirst()).allSatisfy(<))
      #expect(Set(positions) == Set(drawn))
      #expect(positions.count < drawn.count)
    }
  }

  // MARK: What a proof's transcript starts with

  /// Everything that shapes verification changes the first challenge.
  @Test func everythingPublicIsAbsorbed() throws {
    func first(_ statement: some Statement, _ preset: SecurityPreset = .proven100, _ hash: MerkleHash = .blake3) throws
      -> BabyBear5
    {
      let captured = CapturedStatement(statement)
      let shape = try ProofShape(of: captured, preset: preset, hash: hash)
      var transcript = Transcript(captured, shape: shape)
      return transcript.challenge("first")
    }
    let walk = Walk(rows: 64)
    var challenges = [
      try first(walk), try first(walk, .proven128), try first(walk, .proven100, .sha256),
      try first(Renamed(walk: walk)),
    ]
    for change in OtherStatementTests.Change.all {
      var other = walk
      change.apply(&other)
      challenges.append(try first(other))
    }
    #expect(Set(challenges).count == challenges.count)
  }
}
