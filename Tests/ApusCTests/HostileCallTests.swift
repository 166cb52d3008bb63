// Random sequences of calls with random arguments, most of them wrong: nothing may crash, and whatever is accepted must
// be a statement that can be proven or refused in the usual way.

import ApusTestSupport
import CApus
import Testing

struct HostileCallTests {
  private static let sizes = [0, 1, 2, 3, 4, 16, 32, 64, 1 << 20, 1 << 24, 1 << 40, -1, .min, .max]
  private static let words: [UInt32] = [0, 1, 2, 3, 2_013_265_920, 2_013_265_921, 1 << 31, .max]

  @Test(arguments: 0..<8)
  func randomCalls(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let engine = try makeEngine()
    var sealed = 0
    for _ in 0..<250 {
      let careful = Bool.random(using: &random)
      var graph: OpaquePointer?
      let columns = careful ? Int.random(in: 1...4, using: &random) : Self.sizes.randomElement(using: &random)!
      let publicValues = careful ? 2 : Self.sizes.randomElement(using: &random)!
      let status = apus_graph_create("hostile", columns, publicValues, 1, &graph)
      guard status == APUS_OK else {
        #expect(graph == nil)
        continue
      }
      let owned = try Owned(graph, apus_graph_destroy)
      for _ in 0..<Int.random(in: 1...40, using: &random) { call(graph, careful: careful, using: &random) }
      if apus_graph_seal(graph) == APUS_OK {
        sealed += 1
        use(Claim(graph: owned, rows: 32), columns: columns, on: engine, using: &random)
      }
    }
    #expect(sealed > 10, "too few graphs came about for this to be a test")
  }

  private func call(_ graph: OpaquePointer?, careful: Bool, using random: inout SeededGenerator) {
    let node = { (random: inout SeededGenerator) in
      careful ? UInt32.random(in: 1...4, using: &random) : Self.words.randomElement(using: &random)!
    }
    let size = { (random: inout SeededGenerator) in
      careful ? 0 : Self.sizes.randomElement(using: &random)!
    }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: _ = apus_graph_column(graph, size(&random), careful ? 1 : Int32.random(in: .min ... .max, using: &random))
    case 1: _ = apus_graph_constant(graph, careful ? 5 : Self.words.randomElement(using: &random)!)
    case 2: _ = apus_graph_public_value(graph, size(&random))
    case 3: _ = apus_graph_public_row(graph, size(&random))
    case 4:
      let count = careful ? 2 : [-1, 0, 1, 2, 3, .max].randomElement(using: &random)!
      _ = apus_graph_periodic(graph, nil, [3, Self.words[careful ? 0 : 6], 0], count)
    case 5: _ = apus_graph_add(graph, node(&random), node(&random))
    case 6: _ = apus_graph_subtract(graph, node(&random), node(&random))
    case 7: _ = apus_graph_multiply(graph, node(&random), node(&random))
    default:
      let rows = careful ? UInt32.random(in: 0...4, using: &random) : Self.words.randomElement(using: &random)!
      // Of random expressions most are constants or do not exist yet: a column is made for it.
      let x = apus_graph_column(graph, 0, 0)
      _ = apus_graph_require_zero(graph, rows, careful ? x : node(&random), nil)
    }
  }

  private func use(_ claim: Claim, columns: Int, on engine: Owned, using random: inout SeededGenerator) {
    var claim = claim
    claim.publicValues = [0, 1]
    claim.publicRows = [3]
    // A trace of zeros satisfies many of these graphs.
    let (status, proof) = claim.prove(.init(repeating: 0, count: 32 * max(0, min(columns, 8))), on: engine)
    #expect(
      [APUS_OK, APUS_INVALID_ARGUMENT, APUS_INVALID_STATEMENT, APUS_UNSATISFIED].contains(Int(status)),
      "\(status): \(message())")
    if status == APUS_OK {
      #expect(claim.verify(proof) == APUS_OK, "\(message())")
      claim.publicValues = [1, 1]
      #expect(claim.verify(proof) == APUS_INVALID_PROOF)
    }
    var bytes = proof.isEmpty ? Array("APUS\u{1}\u{0}\u{1}\u{0}".utf8) : proof
    for _ in 0..<200 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
    #expect(claim.verify(bytes) != APUS_OK)
  }
}
