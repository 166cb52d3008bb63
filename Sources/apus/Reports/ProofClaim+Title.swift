// A claim in one line.

import ApusSTARK
import ApusStatements

extension ProofClaim {
  var title: String {
    switch self {
    case .headers(let claim): claim.title
    case .fibonacci(let claim): claim.title
    case .fibonacciGoldilocks(let claim): claim.title
    case .poseidon2(let claim): claim.title
    case .poseidon2Goldilocks(let claim): claim.title
    }
  }
}

extension HeaderClaim {
  var title: String {
    guard let startHeight else { return "Bitcoin headers (\(headerCount(count)), heights unknown)" }
    return "Bitcoin headers \(heightRange(startHeight, count)) (\(headerCount(count)))"
  }
}

extension FibonacciClaim {
  var title: String { "value number \(rows.grouped) of the sequence \(a), \(b), … is \(last) in \(Element.name)" }
}

extension PermutationClaim {
  var title: String {
    "\((1 << logCount).grouped) Poseidon2 permutations over \(P.Element.name), width \(P.width), the first public"
  }
}

func headerCount(_ count: Int) -> String { count == 1 ? "1 header" : "\(count.grouped) headers" }

/// The heights of `count` headers.
func heightRange(_ start: Int, _ count: Int) -> String {
  count == 1 ? start.grouped : "\(start.grouped) … \((start + count - 1).grouped)"
}
