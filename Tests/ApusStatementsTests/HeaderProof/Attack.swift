// Two real headers, of which the second is lied about.

import ApusField
import ApusSTARK
import ApusStatements

enum Attack {
  /// The target 2^256 - 1.
  static let everyHash = ~UInt256.zero

  static func chain(_ count: Int = 2) throws -> HeaderChain {
    try HeaderChain(Array(dayInput().headers.prefix(count)))
  }

  /// The trace of the first headers of the embedded day with lies; by default no target stands in their way.
  static func trace(
    _ lies: Lies = [:], count: Int = 2, anyHashPasses: Bool = true, takesCarriesFromField: Bool = false
  ) throws -> CheatingHeaderTrace {
    let chain = try chain(count)
    return CheatingHeaderTrace(
      of: chain.headers, claim: chain.claim, target: anyHashPasses ? everyHash : nil,
      takesCarriesFromField: takesCarriesFromField, lies: lies)
  }

  /// A second header with another nonce, which therefore lacks proof of work.
  static func traceWithoutWork(_ lies: Lies = [:]) throws -> CheatingHeaderTrace {
    let chain = try chain()
    var headers = chain.headers
    headers[1].nonce ^= 1
    return CheatingHeaderTrace(of: headers, claim: chain.claim, lies: lies)
  }

  /// One lie in the second header, in either half of a word.
  static func failures(
    _ value: RuledValue, block: Int, step: Int, flipping bit: Int, takesCarriesFromField: Bool = false
  ) throws -> Set<String> {
    try trace(
      .at(value, header: 1, block: block, step: step) { $0 ^ 1 << UInt32(bit) },
      takesCarriesFromField: takesCarriesFromField
    ).failures
  }
}
