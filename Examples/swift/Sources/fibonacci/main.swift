import ApusField
import ApusSTARK

/// There is a sequence that starts 0, 1, in which each value is the sum of the two before it,
/// and whose value number `rows` is `last`.
struct Fibonacci: Statement {
  enum Column: Int, CaseIterable, TraceColumn { case current, next }
  static let name = "fibonacci example"
  let rows: Int
  let last: BabyBear
  var publicValues: [BabyBear] { [last] }

  func constrain(_ c: inout Constraints<Column>) {
    let (current, next, last) = (c[.current], c[.next], c.public(0))
    let (currentAfter, nextAfter) = (c[.current, +1], c[.next, +1])
    c.onFirstRow { $0.require(current, equals: 0) }
    c.onFirstRow { $0.require(next, equals: 1) }
    c.onEachStep { $0.require(currentAfter, equals: next) }
    c.onEachStep { $0.require(nextAfter, equals: current + next) }
    c.onLastRow { $0.require(next, equals: last) }
  }
}

var trace = Columns<BabyBear>(rows: 1 << 16, count: 2, on: .default)
trace[0, 1] = 1
for row in 1..<trace.rows {
  trace[row, 0] = trace[row - 1, 1]
  trace[row, 1] = trace[row - 1, 0] + trace[row - 1, 1]
}
let claim = Fibonacci(rows: trace.rows, last: trace[trace.rows - 1, 1])
let proof = try Prover(.proven128).prove(claim, trace: trace)
try Verifier(demanding: .proven128).verify(proof.bytes, of: claim)
print("value number \(claim.rows) is \(claim.last): proven in \(proof.bytes.count / 1024) KiB")
