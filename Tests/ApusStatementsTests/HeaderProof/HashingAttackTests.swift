// Each rule of SHA-256 broken by itself, with all that follows computed anew: exactly that rule's constraint fails.

import ApusStatements
import Testing

struct HashingAttackTests {
  /// What keeps a schedule word from being another: nothing, if the word is free for the miner to choose.
  private func guardian(block: Int, step: Int) -> Set<String> {
    switch (block, step) {
    case (_, 16...): ["schedule"]
    case (0, 1...8): ["link"]
    case (1, 1): ["times claimed"]
    case (1, 2): ["nBits"]
    case (1, 4...): ["padding 1"]
    case (2, ..<8): ["second hash"]
    case (2, _): ["padding 2"]
    // Version, Merkle root and nonce.
    default: []
    }
  }

  @Test(arguments: 0..<3, 0..<64)
  func scheduleWord(block: Int, step: Int) throws {
    for bit in [step % 16, 16 + (step + block) % 16] {
      let failures = try Attack.failures(.word, block: block, step: step, flipping: bit)
      #expect(failures == guardian(block: block, step: step), "bit \(bit)")
    }
  }

  /// The other words of the header, of its digest and of both paddings, all at once.
  @Test func wholeMessageReplaced() throws {
    for (block, names) in [
      (0, ["link"]), (1, ["times claimed", "nBits", "padding 1"]), (2, ["second hash", "padding 2"]),
    ] {
      let lies = (0..<16).reduce(Lies()) { $0 + .at(.word, header: 1, block: block, step: $1) { ~$0 &+ 5 } }
      #expect(try Attack.trace(lies).failures == Set(names))
    }
  }

  /// A length that hashes a longer message, and the marker bit that ends it.
  @Test(arguments: [
    (1, 15, UInt32(648), "padding 1"), (1, 4, 0, "padding 1"), (2, 15, 512, "padding 2"), (2, 8, 0, "padding 2"),
  ])
  func paddingOfAnotherMessage(block: Int, step: Int, word: UInt32, name: String) throws {
    #expect(try Attack.trace(.at(.word, header: 1, block: block, step: step) { _ in word }).failures == [name])
  }

  @Test(arguments: [0, 2], 0..<8)
  func initialState(block: Int, word: Int) throws {
    for bit in [word, 31 - word] {
      #expect(try Attack.failures(.initialState(word), block: block, step: 0, flipping: bit) == ["initial state"])
    }
  }

  @Test(arguments: 0..<3, 0..<8)
  func feedForwardAltered(block: Int, word: Int) throws {
    for bit in [word, 31 - word] {
      #expect(try Attack.failures(.feedForward(word), block: block, step: 0, flipping: bit) == ["feed-forward"])
    }
  }

  /// The block's end without the state it started from, in all its words.
  @Test(arguments: [0, 2])
  func feedForwardSkipped(block: Int) throws {
    let lies = (0..<8).reduce(Lies()) { lies, word in
      lies + .at(.feedForward(word), header: 1, block: block) { $0 &- SHA256Definition.initialState[word] }
    }
    #expect(try Attack.trace(lies).failures == ["feed-forward"])
  }

  /// The second block starts from the first one's end: its feed-forward is skipped by taking that state from the trace.
  @Test func feedForwardSkippedInTheSecondBlock() throws {
    let honest = try Attack.trace()
    let lies = (0..<8).reduce(Lies()) { lies, word in
      let column = word < 4 ? TraceColumns.a : TraceColumns.e
      let start = (0..<32).reduce(UInt32(0)) {
        $0 | honest.cells[column + $1][256 + 71 - word % 4].value << UInt32($1)
      }
      return lies + .at(.feedForward(word), header: 1, block: 1) { $0 &- start }
    }
    #expect(try Attack.trace(lies).failures == ["feed-forward"])
  }

  @Test(arguments: [0, 15, 16, 40, 63])
  func roundConstant(step: Int) throws {
    for block in 0..<3 {
      for bit in [3, 29] {
        #expect(
          try Attack.failures(.constant, block: block, step: step, flipping: bit) == ["round, a", "round, e"])
      }
    }
  }

  /// A bit function's result, as it enters a column of sums.
  @Test(
    arguments: [
      (.bigSigma0, "Sigma0 and Maj"), (.majority, "Sigma0 and Maj"), (.bigSigma1, "Sigma1 and Ch"),
      (.choose, "Sigma1 and Ch"), (.smallSigma0, "sigma0 and sigma1"), (.smallSigma1, "sigma0 and sigma1"),
    ] as [(RuledValue, String)])
  func bitFunction(value: RuledValue, name: String) throws {
    for block in 0..<3 {
      for (step, bit) in [(16, 0), (31, 15), (40, 16), (63, 31)] {
        #expect(try Attack.failures(value, block: block, step: step, flipping: bit) == [name])
      }
    }
  }

  @Test(arguments: [(.newE, "round, e"), (.newA, "round, a")] as [(RuledValue, String)])
  func roundResult(value: RuledValue, name: String) throws {
    for block in 0..<3 {
      for (step, bit) in [(0, 0), (31, 15), (40, 16), (63, 31)] {
        #expect(try Attack.failures(value, block: block, step: step, flipping: bit) == [name])
      }
    }
  }

  /// Any result at all, if a carry may be any element of the field: only being bits stands against it.
  @Test(arguments: [.newE, .newA, .word, .feedForward(0), .feedForward(7)] as [RuledValue])
  func carryThatIsNoBit(value: RuledValue) throws {
    for block in 0..<3 {
      for bit in [0, 15, 16, 31] {
        let step = if case .feedForward = value { 0 } else { 20 + bit }
        let failures = try Attack.failures(
          value, block: block, step: step, flipping: bit, takesCarriesFromField: true)
        #expect(failures == ["bits"], "block \(block), bit \(bit)")
      }
    }
  }

  /// A carry that is a bit, but the wrong one, with the upper half of the word obeying it.
  @Test(arguments: [
    (TraceColumns.carryE, "round, e"), (TraceColumns.carryA, "round, a"), (TraceColumns.carryW, "schedule"),
  ])
  func carryLiedAbout(column: Int, name: String) throws {
    let value: RuledValue = [TraceColumns.carryE: .newE, TraceColumns.carryA: .newA][column] ?? .word
    let row = 256 + 4 + 33
    let honest = try Attack.trace().cells[column][row]
    // The lowest bit of the carry out of the lower half moves the upper half by one.
    var cheat = try Attack.trace(
      .at(value, header: 1, step: 33) { honest == .zero ? $0 &+ 0x1_0000 : $0 &- 0x1_0000 })
    #expect(cheat.failures == [name])
    cheat.cells[column][row] = .one - honest
    #expect(cheat.failures == [name])
  }
}
