// What is refused at the door: NULL, absurd sizes, unknown names, words that are no field elements. Each refusal says
// why, and leaves outputs as the header promises.

import ApusTestSupport
import CApus
import Testing

struct BadArgumentTests {
  private let absurd = [-1, Int.min, Int.max, 1 << 40]

  @Test func versionAndNames() {
    #expect(apus_version() == UInt32(APUS_VERSION_MAJOR << 16 | APUS_VERSION_MINOR << 8 | APUS_VERSION_PATCH))
    #expect(
      String(cString: apus_version_text()) == "\(APUS_VERSION_MAJOR).\(APUS_VERSION_MINOR).\(APUS_VERSION_PATCH)")
    let names = (0...10).map { (status: apus_status) in String(cString: apus_status_name(status)) }
    #expect(Set(names).count == 11 && !names.contains("unknown status"))
    for status: apus_status in [-1, 11, .max] { #expect(String(cString: apus_status_name(status)) == "unknown status") }
  }

  @Test func engines() {
    var engine: OpaquePointer? = OpaquePointer(bitPattern: 1)
    #expect(apus_engine_create("avx1024", 1, &engine) == APUS_INVALID_ARGUMENT)
    #expect(engine == nil)
    #expect(message().contains("\"avx1024\" is unknown"), "\(message())")
    for threads in absurd + [1025] {
      #expect(apus_engine_create(nil, threads, &engine) == APUS_INVALID_ARGUMENT)
      #expect(message().contains("from 1 to 1024"), "\(message())")
    }
    #expect(apus_engine_create(String(repeating: "x", count: 10_000), 1, &engine) == APUS_INVALID_ARGUMENT)
    #expect(apus_engine_create("\u{FF}", 1, &engine) == APUS_INVALID_ARGUMENT)
    #expect(apus_engine_create(nil, 1, nil) == APUS_INVALID_ARGUMENT)
    #expect(message() == "engine is NULL")
    apus_engine_destroy(nil)
    #expect(apus_engine_instruction_set(nil) == nil)
    #expect(apus_engine_threads(nil) == 0)
  }

  @Test func tunedEngines() throws {
    var engine: OpaquePointer? = OpaquePointer(bitPattern: 1)
    #expect(apus_engine_create_tuned(nil, nil, 1, &engine) == APUS_INVALID_ARGUMENT)
    #expect(engine == nil && message() == "profile is NULL")
    #expect(apus_engine_create_tuned("/none", nil, 1, nil) == APUS_INVALID_ARGUMENT)
    #expect(apus_engine_create_tuned(String(repeating: "x", count: 10_000), nil, 1, &engine) == APUS_INVALID_ARGUMENT)
    #expect(message() == "profile has more than 4095 bytes")
    #expect(apus_engine_create_tuned("/none", nil, 1, &engine) == APUS_INVALID_PROFILE)
    #expect(message() == "cannot read /none: No such file or directory")
    let damaged = try ProfileFile { String($0.dropLast(3)) }
    #expect(apus_engine_create_tuned(damaged.path, nil, 1, &engine) == APUS_INVALID_PROFILE)
    let other = try ProfileFile { $0.replacing("\"cpu_model\": ", with: "\"cpu_model\": 9") }
    #expect(apus_engine_create_tuned(other.path, nil, 1, &engine) == APUS_OTHER_PROCESSOR)
    #expect(message().contains("is not for this machine: made on "), "\(message())")
    let sound = try ProfileFile()
    #expect(apus_engine_create_tuned(sound.path, "avx1024", 1, &engine) == APUS_INVALID_ARGUMENT)
    for threads in absurd + [1025] {
      #expect(apus_engine_create_tuned(sound.path, nil, threads, &engine) == APUS_INVALID_ARGUMENT)
    }
    #expect(engine == nil)
  }

  @Test func graphSizes() {
    var graph: OpaquePointer?
    for size in absurd {
      #expect(apus_graph_create("g", size, 0, 0, &graph) == APUS_INVALID_ARGUMENT)
      #expect(apus_graph_create("g", 1, size, 0, &graph) == APUS_INVALID_ARGUMENT)
      #expect(apus_graph_create("g", 1, 0, size, &graph) == APUS_INVALID_ARGUMENT)
      #expect(graph == nil)
    }
    #expect(apus_graph_create("g", 0, 0, 0, &graph) == APUS_INVALID_ARGUMENT)
    #expect(apus_graph_create(nil, 1, 0, 0, &graph) == APUS_INVALID_ARGUMENT)
    #expect(apus_graph_create([CChar(bitPattern: 0xFF), 0], 1, 0, 0, &graph) == APUS_INVALID_ARGUMENT)
    #expect(message() == "name is not UTF-8")
    #expect(apus_graph_create("g", 1, 0, 0, nil) == APUS_INVALID_ARGUMENT)
  }

  /// A call that must fail on a graph, and a part of its message.
  struct BadCall: Sendable, CustomTestStringConvertible {
    let reason: String
    let call: @Sendable (OpaquePointer?) -> apus_node
    var testDescription: String { reason }
    init(_ reason: String, _ call: @escaping @Sendable (OpaquePointer?) -> apus_node) {
      self.reason = reason
      self.call = call
    }
  }

  static let badCalls: [BadCall] = [
    BadCall("there is no column 2") { apus_graph_column($0, 2, 0) },
    BadCall("there is no column -1") { apus_graph_column($0, -1, 0) },
    BadCall("rotation -2147483648 is out of range") { apus_graph_column($0, 0, .min) },
    BadCall("rotation 16777216 is out of range") { apus_graph_column($0, 0, 1 << 24) },
    BadCall("2013265921 is not below the field's modulus") { apus_graph_constant($0, 2_013_265_921) },
    BadCall("there is no public value 1") { apus_graph_public_value($0, 1) },
    BadCall("there is no public row 0") { apus_graph_public_row($0, 0) },
    BadCall("a period is a power of two") { apus_graph_periodic($0, "p", [1, 2, 3], 3) },
    BadCall("a period is a power of two") { apus_graph_periodic($0, "p", [1], 1) },
    BadCall("a period is a power of two") { apus_graph_periodic($0, "p", nil, 0) },
    BadCall("values is NULL") { apus_graph_periodic($0, "p", nil, 2) },
    BadCall("are more than the 16777216 allowed") { apus_graph_periodic($0, "p", [1], -1) },
    BadCall("4294967295 is not below") { apus_graph_periodic($0, nil, [1, .max], 2) },
    BadCall("there is no expression 4000000000") { apus_graph_add($0, apus_graph_column($0, 0, 0), 4_000_000_001) },
    BadCall("an operand is APUS_NO_NODE") { apus_graph_subtract($0, 0, 0) },
    BadCall("there is no column 9") {
      apus_graph_multiply($0, apus_graph_column($0, 9, 0), apus_graph_column($0, 0, 0))
    },
  ]

  /// The graph remembers the first failure and can never be used.
  @Test(arguments: badCalls)
  func graphCalls(bad: BadCall) throws {
    let graph = try CFibonacci.graph(sealed: false)
    #expect(bad.call(graph.pointer) == 0)
    #expect(message().contains(bad.reason), "\(message())")
    #expect(apus_graph_column(graph.pointer, 7, 0) == 0)
    for _ in 0..<2 {
      #expect(apus_graph_seal(graph.pointer) == APUS_INVALID_ARGUMENT)
      #expect(message().contains(bad.reason), "\(message())")
    }
    var digest = [UInt8](repeating: 0, count: 32)
    #expect(apus_graph_digest(graph.pointer, &digest) == APUS_INVALID_ARGUMENT)
    #expect(bad.call(nil) == 0)
    #expect(message() == "graph is NULL")
  }

  @Test func constraints() throws {
    let graph = try makeGraph(columns: 1)
    let g = graph.pointer
    let (x, every) = (apus_graph_column(g, 0, 0), apus_rows(APUS_EVERY_ROW))
    let two = apus_graph_constant(g, 2)
    #expect(apus_graph_require_zero(nil, every, x, nil) == APUS_INVALID_ARGUMENT)
    #expect(apus_graph_require_zero(g, 5, x, nil) == APUS_INVALID_ARGUMENT)
    #expect(apus_graph_seal(g) == APUS_INVALID_ARGUMENT)
    for (expression, reason) in [(apus_graph_subtract(g, x, x), "requires nothing"), (two, "can never hold")] {
      let graph = try makeGraph(columns: 1)
      _ = (apus_graph_column(graph.pointer, 0, 0), apus_graph_constant(graph.pointer, 2))
      _ = apus_graph_subtract(graph.pointer, 1, 1)
      #expect(apus_graph_require_zero(graph.pointer, every, expression, "c") == APUS_INVALID_STATEMENT)
      #expect(message().contains(reason), "\(message())")
    }
    let empty = try makeGraph(columns: 1)
    #expect(apus_graph_seal(empty.pointer) == APUS_INVALID_STATEMENT)
    #expect(apus_graph_seal(nil) == APUS_INVALID_ARGUMENT)
    apus_graph_destroy(nil)
  }

  @Test func sealedGraphsDoNotChange() throws {
    let graph = try CFibonacci.graph()
    let before = try digest(graph)
    #expect(apus_graph_column(graph.pointer, 0, 3) == 0)
    #expect(message().contains("the graph is sealed"), "\(message())")
    #expect(apus_graph_add(graph.pointer, 0, 1) == 0)
    #expect(apus_graph_require_zero(graph.pointer, 0, 1, nil) == APUS_INVALID_ARGUMENT)
    #expect(apus_graph_seal(graph.pointer) == APUS_OK)
    #expect(try digest(graph) == before)
    var (constraints, degree) = (0, 0)
    #expect(apus_graph_measure(graph.pointer, &constraints, &degree) == APUS_OK)
    #expect((constraints, degree) == (5, 2))
    #expect(apus_graph_measure(graph.pointer, nil, nil) == APUS_OK)
  }

  /// Degrees beyond any integer: squaring a hundred times.
  @Test func absurdDegree() throws {
    let graph = try makeGraph(columns: 1)
    var x = apus_graph_column(graph.pointer, 0, 0)
    for _ in 0..<100 { x = apus_graph_multiply(graph.pointer, x, x) }
    #expect(apus_graph_require_zero(graph.pointer, 0, x, "tower") == APUS_OK)
    #expect(apus_graph_seal(graph.pointer) == APUS_OK)
    let claim = Claim(graph: graph, rows: 32)
    #expect(claim.prove(.init(repeating: 0, count: 32), on: try makeEngine()).status == APUS_INVALID_STATEMENT)
    #expect(message().contains("constraint tower has degree"), "\(message())")
  }

  @Test func claims() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 64)
    let engine = try makeEngine()
    let proof = claim.prove(trace, on: engine).proof
    /// Both calls refuse the claim, for the reason.
    func refused(_ claim: Claim, _ status: Int, _ reason: String) {
      #expect(claim.prove(trace, on: engine).status == status)
      #expect(message().contains(reason), "\(message())")
      #expect(claim.verify(proof) == status)
      #expect(message().contains(reason), "\(message())")
    }
    for rows in absurd + [0, 16, 33, 1 << 25] {
      var other = claim
      other.rows = rows
      refused(other, APUS_INVALID_STATEMENT, "a power of two of rows")
    }
    var other = claim
    other.publicValues = []
    refused(other, APUS_INVALID_STATEMENT, "1 public values, not 0")
    other.publicValues = [CFibonacci.modulus]
    refused(other, APUS_INVALID_ARGUMENT, "public value 0 is 2013265921")
    other = claim
    other.publicRows = [1]
    refused(other, APUS_INVALID_STATEMENT, "0 public rows, not 1")
    other = claim
    other.label = .init(repeating: 0, count: 65_537)
    refused(other, APUS_INVALID_ARGUMENT, "65537 are more than the 65536 allowed")
    other = claim
    other.graph = try CFibonacci.graph(sealed: false)
    refused(other, APUS_INVALID_ARGUMENT, "not sealed yet")

    claim.withC { pointer in
      var bytes: OpaquePointer? = OpaquePointer(bitPattern: 1)
      for words in absurd + [0, 127, 129] {
        #expect(apus_prove(engine.pointer, pointer, trace, words, nil, &bytes) == APUS_INVALID_ARGUMENT)
        #expect(message().contains("64 rows and 2 columns, 128 words"), "\(message())")
        #expect(bytes == nil)
      }
      #expect(apus_prove(nil, pointer, trace, 128, nil, &bytes) == APUS_INVALID_ARGUMENT)
      #expect(apus_prove(engine.pointer, nil, trace, 128, nil, &bytes) == APUS_INVALID_ARGUMENT)
      #expect(apus_prove(engine.pointer, pointer, nil, 128, nil, &bytes) == APUS_INVALID_ARGUMENT)
      #expect(apus_prove(engine.pointer, pointer, trace, 128, nil, nil) == APUS_INVALID_ARGUMENT)
      #expect(apus_verify(nil, proof, proof.count, nil) == APUS_INVALID_ARGUMENT)
      #expect(apus_verify(pointer, nil, proof.count, nil) == APUS_INVALID_ARGUMENT)
      #expect(apus_verify(pointer, nil, 0, nil) == APUS_INVALID_PROOF)
      for length in absurd { #expect(apus_verify(pointer, proof, length, nil) == APUS_INVALID_PROOF) }
      #expect(apus_verify(pointer, proof, proof.count, "proven1000") == APUS_INVALID_ARGUMENT)

      var changed = pointer.pointee
      changed.struct_size -= 8
      #expect(apus_verify(&changed, proof, proof.count, nil) == APUS_INVALID_ARGUMENT)
      #expect(message().contains("struct_size"), "\(message())")
      changed = pointer.pointee
      changed.public_values = nil
      #expect(apus_verify(&changed, proof, proof.count, nil) == APUS_INVALID_ARGUMENT)
      #expect(message() == "public_values is NULL")
      changed.public_values = UnsafePointer(bitPattern: 0x1001)
      #expect(apus_verify(&changed, proof, proof.count, nil) == APUS_INVALID_ARGUMENT)
      #expect(message().contains("not aligned"), "\(message())")
      changed = pointer.pointee
      changed.graph = nil
      #expect(apus_verify(&changed, proof, proof.count, nil) == APUS_INVALID_ARGUMENT)
    }
    #expect(claim.prove(trace, on: engine, security: "128").status == APUS_INVALID_ARGUMENT)
    #expect(claim.prove(trace, on: engine, hash: "md5").status == APUS_INVALID_ARGUMENT)
    #expect(claim.prove(trace, on: engine, security: "proven128", hash: "poseidon2").status == APUS_INVALID_STATEMENT)
  }

  /// Pages that do not exist, all zero: the size is right, the machine too small.
  @Test func moreMemoryThanThereIs() throws {
    let graph = try makeGraph(columns: 1 << 16)
    let x = apus_graph_column(graph.pointer, 0, 0)
    _ = apus_graph_require_zero(graph.pointer, 0, x, nil)
    try #require(apus_graph_seal(graph.pointer) == APUS_OK)
    let engine = try makeEngine()
    var proof: OpaquePointer?
    let trace: [UInt32] = [0]
    let status = Claim(graph: graph, rows: 1 << 24).withC {
      apus_prove(engine.pointer, $0, trace, 1 << 40, nil, &proof)
    }
    #expect(status == APUS_NO_RESOURCES)
    #expect(message().contains("bytes of memory"), "\(message())")
  }
}
