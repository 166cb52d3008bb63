// Real headers with something wrong: refused before any proof, and by its own constraint when forced into a trace.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

struct ForcedHeaders: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let constraints: Set<String>
  /// What the check outside the circuit says, given the headers as they came to be.
  let reason: @Sendable ([BlockHeader]) throws -> HeaderChainError
  let change: @Sendable (inout [BlockHeader]) throws -> Void

  private static func at(_ index: Int) -> HeaderPosition { HeaderPosition(index: index, startHeight: nil) }
  private static func aboveTarget(_ index: Int, _ headers: [BlockHeader]) throws -> HeaderChainError {
    .aboveTarget(at(index), hash: headers[index].hash, target: try Target(bits: headers[0].bits))
  }
  private static func doNotLink(_ index: Int, _ headers: [BlockHeader]) -> HeaderChainError {
    .doNotLink(at(index), names: headers[index].previous, expected: headers[index - 1].hash)
  }

  static let all = [
    ForcedHeaders(
      testDescription: "flipped nonce in the middle", constraints: ["link", "proof of work"],
      reason: { try aboveTarget(1, $0) }, change: { $0[1].nonce ^= 1 }),
    ForcedHeaders(
      testDescription: "header above target at the end", constraints: ["proof of work"],
      reason: { try aboveTarget(2, $0) }, change: { $0[2].nonce = 0 }),
    ForcedHeaders(
      testDescription: "swapped headers", constraints: ["link"], reason: { doNotLink(1, $0) },
      change: { $0.swapAt(1, 2) }),
    ForcedHeaders(
      testDescription: "missing header", constraints: ["link"], reason: { doNotLink(1, $0) },
      change: { $0 = [$0[0], $0[2], try dayInput().headers[3]] }),
    ForcedHeaders(
      testDescription: "one header twice", constraints: ["link"], reason: { doNotLink(2, $0) },
      change: { $0[2] = $0[1] }),
    ForcedHeaders(
      testDescription: "wrong nBits", constraints: ["nBits", "proof of work"],
      reason: { .difficultyChange(at(2), expected: $0[0].bits, found: $0[2].bits) },
      change: { $0[2].bits = 0x1d00_ffff }),
    ForcedHeaders(
      testDescription: "changed time in the middle", constraints: ["link", "proof of work"],
      reason: { try aboveTarget(1, $0) }, change: { $0[1].time += 1 }),
    ForcedHeaders(
      testDescription: "changed Merkle root at the end", constraints: ["proof of work"],
      reason: { try aboveTarget(2, $0) }, change: { $0[2].merkleRoot = .zero }),
  ]
}

struct ForcedHeaderTests {
  @Test(arguments: ForcedHeaders.all)
  func refusedInsideAndOutside(_ forced: ForcedHeaders) throws {
    var headers = Array(try dayInput().headers.prefix(3))
    try forced.change(&headers)
    #expect(throws: try forced.reason(headers)) { try HeaderChain(headers) }

    // The claim that such headers would make, were they a chain.
    let claim = try HeaderClaim(of: headers)
    let statement = HeaderStatement(claim)
    let trace = statement.trace(of: headers)
    #expect(Set(RowChecker(statement).violationCounts(in: trace).keys) == forced.constraints)
    let error = try #require(throws: ProverError.self) { try Prover(.proven100).prove(statement, trace: trace) }
    guard case .constraintsNotSatisfied(let violation?) = error else {
      Issue.record("refused for another reason: \(error)")
      return
    }
    #expect(forced.constraints.contains(violation.constraint))
  }

  /// A true chain after times that leave its first header at the median.
  @Test func timeAtTheMedian() throws {
    let headers = Array(try dayInput().headers.prefix(3))
    let time = headers[0].time
    let given = [time - 5, time - 4, time - 3, time - 2, time - 1, time, time, time, time, time, time]
    let window = MedianWindow(given)
    let position = HeaderPosition(index: 0, startHeight: 822_528)
    #expect(throws: HeaderChainError.timeNotAfterMedian(position, time: time, window)) {
      try HeaderChain(headers, startHeight: 822_528, timesBefore: given)
    }
    let statement = HeaderStatement(try HeaderClaim(of: headers, after: window))
    let trace = statement.trace(of: headers)
    #expect(Set(RowChecker(statement).violationCounts(in: trace).keys) == ["median time"])

    let oneMore = given[..<5] + [time - 1] + given[6...]
    #expect(
      try HeaderChain(headers, startHeight: 822_528, timesBefore: Array(oneMore)).claim.timesBefore.median == time - 1)
  }

  /// A true chain under a false time: each is a constraint of its own.
  @Test func timesOfTheClaim() throws {
    let chain = try HeaderChain(Array(dayInput().headers.prefix(3)))
    for (name, change) in [
      ("first time", { $0.firstTime += 1 }), ("times claimed", { $0.lastTimes[10] -= 1 }),
    ] as [(String, (inout ClaimFields) -> Void)] {
      var fields = ClaimFields(chain.claim)
      change(&fields)
      let statement = HeaderStatement(try fields.claim)
      let trace = statement.trace(of: chain.headers)
      #expect(Set(RowChecker(statement).violationCounts(in: trace).keys) == [name])
    }
  }
}
