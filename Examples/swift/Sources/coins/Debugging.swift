import ApusField
import ApusSTARK

/// Spoils one cell of an honest trace, and shows what prover and row checker say.
func showViolations() throws {
  var trace = CoinWalk<BabyBear>.trace(from: 1, tosses: (0..<64).map { $0 % 3 != 0 })
  let claim = CoinWalk<BabyBear>(rows: 64, start: 1, end: trace[40, 0], at: 40)
  trace[17, CoinWalk<BabyBear>.Column.position.index] += 1
  do {
    _ = try Prover().prove(claim, trace: trace)
  } catch let error as ProverError {
    print(error)
  }

  let checker = RowChecker(claim)
  for (constraint, count) in checker.violationCounts(in: trace).sorted(by: { $0.key < $1.key }) {
    print("\(constraint): fails on \(count) rows")
  }
  for violation in checker.violations(row: 17, in: trace) { print(violation) }
}
