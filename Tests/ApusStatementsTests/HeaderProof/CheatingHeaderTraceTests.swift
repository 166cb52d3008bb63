// Without a lie, the tests' own generator and the statement's write the same trace.

import ApusField
import ApusStatements
import Testing

struct CheatingHeaderTraceTests {
  /// Counts with one header of padding and several, one header alone, and more than the times that a header meets.
  @Test(arguments: [1, 2, 3, 4, 5, 13])
  func equalsTheStatementsTrace(count: Int) throws {
    let times = (1...11).map { 1_703_000_000 + UInt32($0) * 20_011 }
    let chain = try HeaderChain(Array(dayInput().headers.prefix(count)), timesBefore: times)
    let trace = HeaderStatement(chain.claim).trace(of: chain.headers)
    let second = CheatingHeaderTrace(of: chain.headers, claim: chain.claim)
    #expect(trace.rows == second.rows)
    for column in 0..<TraceColumns.count {
      let difference = (0..<trace.rows).first { trace[$0, column] != second.cells[column][$0] }
      #expect(difference == nil, "\(HeaderColumn.names[column])")
    }
    #expect(second.statement.publicValues == HeaderStatement(chain.claim).publicValues)
    #expect(second.failures == [])
  }

  /// The attacks' own start: a target that every hash meets changes nothing else.
  @Test func satisfiesTheConstraintsAgainstAnyTarget() throws { #expect(try Attack.trace().failures == []) }
}
