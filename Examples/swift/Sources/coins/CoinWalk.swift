import ApusField
import ApusSTARK

/// There are coin tosses with which a walk from `start`, which goes on by 1, 2, 3, 5, 1, 2, … where the coin shows 1 and
/// rests where it shows 0, stands at `end` on row `at`.
struct CoinWalk<Element: ProvingField>: Statement {
  enum Column: Int, CaseIterable, TraceColumn { case position, coin }
  static var name: String { "coin walk" }

  let rows: Int
  let start, end: Element
  let at: Int

  var publicValues: [Element] { [start, end] }
  var publicRows: [Int] { [at] }

  func constrain(_ c: inout Constraints<Column>) {
    let (position, coin, positionAfter) = (c[.position], c[.coin], c[.position, +1])
    let (start, end) = (c.public(0), c.public(1))
    let step = c.periodic("step", [1, 2, 3, 5])
    c.onEveryRow { $0.require(coin * coin, equals: coin, "a coin shows 0 or 1") }
    c.onFirstRow { $0.require(position, equals: start, "starts at start") }
    c.onEachStep { $0.require(positionAfter, equals: position + coin * step, "goes on or rests") }
    c.onPublicRow(0) { $0.require(position, equals: end, "is at end") }
  }

  /// Column by column what `constrain` requires; one row for each toss.
  static func trace(from start: Element, tosses: [Bool]) -> Columns<Element> {
    let steps: [Element] = [1, 2, 3, 5].map { Element(UInt32($0)) }
    var trace = Columns<Element>(rows: tosses.count, count: 2, on: .default)
    var position = start
    for (row, toss) in tosses.enumerated() {
      trace[row, Column.position.index] = position
      trace[row, Column.coin.index] = toss ? .one : .zero
      if toss { position += steps[row % 4] }
    }
    return trace
  }
}

/// Proves a walk, and has the proof verified.
func proveWalk<Element: ProvingField>(over field: Element.Type, at row: Int) throws {
  let trace = CoinWalk<Element>.trace(from: .one, tosses: (0..<64).map { $0 % 3 != 0 })
  let claim = CoinWalk<Element>(rows: 64, start: .one, end: trace[row, 0], at: row)
  let proof = try Prover(.proven128).prove(claim, trace: trace)
  try Verifier(demanding: .proven128).verify(proof.bytes, of: claim)
  print("\(Element.name): at \(claim.end) on row \(claim.at), proven in \(proof.bytes.count) bytes")
}
