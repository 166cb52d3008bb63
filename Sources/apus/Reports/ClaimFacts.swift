// A claim for machines.

import ApusField
import ApusSTARK
import ApusStatements

enum ClaimFacts: Encodable {
  struct Headers: Encodable {
    let statement = "headers"
    let previous, last: String
    let bits: String
    let firstTime, lastTime: UInt32
    /// Of the 11 blocks before the first header, as claimed, and up to the last, the oldest first.
    let timesBefore, lastTimes: [UInt32]
    let count: Int
    /// As claimed.
    let startHeight: Int?
    /// Decimal digits: more than a JSON number holds.
    let work: String
  }
  struct Sequence: Encodable {
    let statement = "fibonacci"
    let field: String
    let a, b, last: UInt64
    let rows: Int

    init<F>(_ claim: FibonacciClaim<F>) {
      field = F.name
      (a, b, last) = (claim.a.canonical, claim.b.canonical, claim.last.canonical)
      rows = claim.rows
    }
  }
  struct Permutations: Encodable {
    let statement = "poseidon2"
    let field: String
    let width: Int
    let count: Int
    let firstInput, firstOutput: [UInt64]

    init<P>(_ claim: PermutationClaim<P>) {
      field = P.Element.name
      width = P.width
      count = 1 << claim.logCount
      firstInput = claim.input.map(\.canonical)
      firstOutput = claim.output.map(\.canonical)
    }
  }

  case headers(Headers)
  case fibonacci(Sequence)
  case permutations(Permutations)

  init(_ claim: ProofClaim) {
    switch claim {
    case .headers(let claim):
      self = .headers(
        Headers(
          previous: claim.previous.display, last: claim.last.display, bits: claim.bits.prefixedHex,
          firstTime: claim.firstTime, lastTime: claim.lastTime, timesBefore: claim.timesBefore.times,
          lastTimes: claim.lastTimes.times, count: claim.count, startHeight: claim.startHeight,
          work: claim.work.description))
    case .fibonacci(let claim):
      self = .fibonacci(Sequence(claim))
    case .fibonacciGoldilocks(let claim): self = .fibonacci(Sequence(claim))
    case .poseidon2(let claim): self = .permutations(Permutations(claim))
    case .poseidon2Goldilocks(let claim): self = .permutations(Permutations(claim))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .headers(let facts): try facts.encode(to: encoder)
    case .fibonacci(let facts): try facts.encode(to: encoder)
    case .permutations(let facts): try facts.encode(to: encoder)
    }
  }
}
