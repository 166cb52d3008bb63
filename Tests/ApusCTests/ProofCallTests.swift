// Statements described through the C ABI, proven and verified; each with twins that must be refused.

import ApusField
import ApusSTARK
import ApusTestSupport
import CApus
import Testing

/// What `CFibonacci` describes, in Swift, and in the same order: nodes are numbered as they are first written down.
private struct SwiftFibonacci: Statement {
  enum Column: Int, CaseIterable, TraceColumn { case current, next }
  static let name = CFibonacci.name
  let rows: Int
  let last: BabyBear
  var publicValues: [BabyBear] { [last] }

  func constrain(_ c: inout Constraints<Column>) {
    let (current, next) = (c[.current], c[.next])
    let (currentAfter, nextAfter) = (c[.current, +1], c[.next, +1])
    let (one, last) = (c.constant(1), c.public(0))
    c.onFirstRow { $0.requireZero(current, "starts with 0") }
    let thenOne = next - one
    c.onFirstRow { $0.requireZero(thenOne, "then 1") }
    let becomes = currentAfter - next
    c.onEachStep { $0.requireZero(becomes, "next becomes current") }
    let sum = nextAfter - (current + next)
    c.onEachStep { $0.requireZero(sum, "next is the sum") }
    let ends = next - last
    c.onLastRow { $0.requireZero(ends, "ends with last") }
  }
}

struct ProofCallTests {
  @Test(arguments: [32, 64, 4096], [("proven100", "blake3"), ("proven128", "sha256")])
  func provenAndVerified(rows: Int, choice: (security: String, hash: String)) throws {
    let (claim, trace) = try CFibonacci.claim(rows: rows)
    let (status, proof) = claim.prove(trace, on: try makeEngine(), security: choice.security, hash: choice.hash)
    #expect(status == APUS_OK, "\(message())")
    #expect(claim.verify(proof, security: choice.security) == APUS_OK, "\(message())")
  }

  /// One path for both: a statement by calls has the digest and the proof, to the byte, of the one written in Swift.
  @Test func sameAsTheStatementInSwift() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 64)
    let engine = Engine.default
    let statement = SwiftFibonacci(rows: 64, last: BabyBear(claim.publicValues[0]))
    #expect(try digest(claim.graph) == ConstraintGraph(of: statement).digest)
    var columns = Columns<BabyBear>(rows: 64, count: 2, on: engine)
    for row in 0..<64 {
      columns[row, 0] = BabyBear(trace[row])
      columns[row, 1] = BabyBear(trace[64 + row])
    }
    let expected = try Prover(.proven100, on: engine).prove(statement, trace: columns)
    #expect(claim.prove(trace, on: try makeEngine()).proof == expected.bytes)
    try Verifier(demanding: .proven100).verify(claim.prove(trace, on: try makeEngine()).proof, of: statement)
  }

  @Test func enginesGiveTheSameBytes() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 256)
    let expected = claim.prove(trace, on: try makeEngine()).proof
    for isa in InstructionSet.allCases where isa.isSupported {
      for threads in [1, 3] {
        let engine = try makeEngine(isa.rawValue, threads: threads)
        #expect(String(cString: apus_engine_instruction_set(engine.pointer)) == isa.rawValue)
        #expect(apus_engine_threads(engine.pointer) == threads)
        #expect(claim.prove(trace, on: engine).proof == expected, "\(isa), \(threads) threads")
      }
    }
  }

  @Test func tunedEnginesGiveTheSameBytes() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 256)
    let expected = claim.prove(trace, on: try makeEngine()).proof
    for tuning in Tuning.absurd {
      let file = try ProfileFile(tuning)
      for (isa, threads) in [(nil, 0), (nil, 3), ("portable", 1)] as [(String?, Int)] {
        var created: OpaquePointer?
        #expect(apus_engine_create_tuned(file.path, isa, threads, &created) == APUS_OK, "\(message())")
        let engine = try Owned(created, apus_engine_destroy)
        #expect(threads == 0 || apus_engine_threads(engine.pointer) == threads)
        #expect(claim.prove(trace, on: engine).proof == expected)
      }
    }
  }

  @Test func everyLeafAndSelector() throws {
    let trace = Everything.trace(rows: 64)
    var claim = Claim(graph: try Everything.graph(), rows: 64, publicValues: [trace[17]], publicRows: [17])
    claim.label = Array("bound".utf8)
    let (status, proof) = claim.prove(trace, on: try makeEngine())
    #expect(status == APUS_OK, "\(message())")
    #expect(claim.verify(proof) == APUS_OK, "\(message())")

    var other = claim
    other.publicRows = [18]
    #expect(other.verify(proof) == APUS_INVALID_PROOF)
    other = claim
    other.label = Array("Bound".utf8)
    #expect(other.verify(proof) == APUS_INVALID_PROOF)
    other = claim
    other.publicValues[0] += 1
    #expect(other.prove(trace, on: try makeEngine()).status == APUS_UNSATISFIED)
    #expect(message().contains("value on the public row") && message().contains("row 17"), "\(message())")
  }

  /// Rotations are cyclic, however far they go: here both read the row at hand.
  @Test func rotationsAroundTheWholeTrace() throws {
    let graph = try makeGraph(columns: 1)
    let far = [Int32(1 << 24) - 32, -(Int32(1 << 24) - 32)].map { apus_graph_column(graph.pointer, 0, $0) }
    let difference = apus_graph_subtract(graph.pointer, far[0], far[1])
    _ = apus_graph_require_zero(graph.pointer, apus_rows(APUS_EVERY_ROW), difference, nil)
    try #require(apus_graph_seal(graph.pointer) == APUS_OK, "\(message())")
    let claim = Claim(graph: graph, rows: 32)
    let (status, proof) = claim.prove((0..<32).map { $0 * $0 }, on: try makeEngine())
    #expect(status == APUS_OK, "\(message())")
    #expect(claim.verify(proof) == APUS_OK, "\(message())")
  }

  @Test func anotherClaimIsRefused() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 64)
    let proof = claim.prove(trace, on: try makeEngine()).proof
    #expect(claim.verify(proof) == APUS_OK)

    var other = claim
    other.publicValues[0] ^= 1
    #expect(other.verify(proof) == APUS_INVALID_PROOF)
    #expect(message().contains("do not satisfy the constraints"), "\(message())")
    other = claim
    other.rows = 128
    #expect(other.verify(proof) == APUS_INVALID_PROOF)
    other = claim
    other.graph = try CFibonacci.graph(name: "renamed")
    #expect(try digest(other.graph) == digest(claim.graph))
    #expect(other.verify(proof) == APUS_INVALID_PROOF)

    for security in [nil, "proven128"] {
      #expect(claim.verify(proof, security: security) == APUS_INVALID_PROOF)
      #expect(message().contains("100 proven bits"), "\(message())")
    }
  }

  @Test func changedBytesAreRefused() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 32)
    let proof = claim.prove(trace, on: try makeEngine()).proof
    for position in stride(from: 0, to: proof.count, by: 211) {
      var changed = proof
      changed[position] ^= 1 << UInt8(position % 8)
      #expect(claim.verify(changed) == APUS_INVALID_PROOF, "byte \(position)")
    }
    for length in [0, 1, 7, 8, 100, proof.count - 1] {
      #expect(claim.verify(Array(proof[..<length])) == APUS_INVALID_PROOF, "\(length) bytes")
    }
    #expect(claim.verify(proof + [0]) == APUS_INVALID_PROOF)
  }

  @Test func aTraceThatBreaksAConstraint() throws {
    let (claim, honest) = try CFibonacci.claim(rows: 64)
    var trace = honest
    trace[64 + 20] ^= 1
    #expect(claim.prove(trace, on: try makeEngine()).status == APUS_UNSATISFIED)
    #expect(message().contains("\"next is the sum\" does not hold on row 19"), "\(message())")
    let cells = "column 0 = \(honest[19]); column 1 = \(honest[64 + 19]); column 1[+1] = \(honest[64 + 20] ^ 1)"
    #expect(message().contains("\(honest[64 + 20] ^ 1) is not \(honest[64 + 20]) (\(cells))"), "\(message())")
    trace[64 + 20] = CFibonacci.modulus
    #expect(claim.prove(trace, on: try makeEngine()).status == APUS_INVALID_ARGUMENT)
    #expect(message().contains("column 1, row 20: 2013265921 is not below"), "\(message())")
  }
}
