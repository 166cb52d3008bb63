// Without a lie, the tests' own generator and the statement's write the same trace.

import ApusField
import ApusStatements
import Testing

struct CheatingHeaderTraceTests {
  /// Counts with no, one and three headers of padding, and one header alone.
  @Test(arguments: [1, 2, 3, 4, 5])
  func equalsTheStatementsTrace(count: Int) throws {
    let chain = try HeaderChain(Array(dayInput().headers.prefix(count)))
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
