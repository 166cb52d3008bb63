// A claim for machines.

import ApusStatements

enum ClaimFacts: Encodable {
  struct Headers: Encodable {
    let statement = "headers"
    let previous, last: String
    let bits: String
    let firstTime, lastTime: UInt32
    let count: Int
    /// As claimed.
    let startHeight: Int?
    /// Decimal digits: more than a JSON number holds.
    let work: String
  }
  struct Sequence: Encodable {
    let statement = "fibonacci"
    let a, b, last: UInt32
    let rows: Int
  }

  case headers(Headers)
  case fibonacci(Sequence)

  init(_ claim: ProofClaim) {
    switch claim {
    case .headers(let claim):
      self = .headers(
        Headers(
          previous: claim.previous.display, last: claim.last.display, bits: claim.bits.prefixedHex,
          firstTime: claim.firstTime, lastTime: claim.lastTime, count: claim.count, startHeight: claim.startHeight,
          work: claim.work.description))
    case .fibonacci(let claim):
      self = .fibonacci(Sequence(a: claim.a.value, b: claim.b.value, last: claim.last.value, rows: claim.rows))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .headers(let facts): try facts.encode(to: encoder)
    case .fibonacci(let facts): try facts.encode(to: encoder)
    }
  }
}
