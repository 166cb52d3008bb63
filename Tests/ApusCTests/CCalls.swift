// The header's calls as tests make them: nothing is wrapped but ownership.

import CApus
import Testing

/// An engine, a graph or bytes, destroyed with the last reference to it.
final class Owned: @unchecked Sendable {
  let pointer: OpaquePointer
  private let destroy: (OpaquePointer?) -> Void

  init(_ pointer: OpaquePointer?, _ destroy: @escaping (OpaquePointer?) -> Void) throws {
    self.pointer = try #require(pointer, "\(message())")
    self.destroy = destroy
  }
  deinit { destroy(pointer) }
}

/// This thread's last error message.
func message() -> String { String(cString: apus_error_message()) }

func makeEngine(_ instructionSet: String? = nil, threads: Int = 2) throws -> Owned {
  var engine: OpaquePointer?
  _ = apus_engine_create(instructionSet, threads, &engine)
  return try Owned(engine, apus_engine_destroy)
}

func makeGraph(
  _ name: String = "test", columns: Int, publicValues: Int = 0, publicRows: Int = 0
) throws -> Owned {
  var graph: OpaquePointer?
  _ = apus_graph_create(name, columns, publicValues, publicRows, &graph)
  return try Owned(graph, apus_graph_destroy)
}

func digest(_ graph: Owned) throws -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: 32)
  try #require(apus_graph_digest(graph.pointer, &digest) == APUS_OK, "\(message())")
  return digest
}

/// What is proven, with Swift arrays for the pointers of `apus_claim`.
struct Claim {
  var graph: Owned
  var rows: Int
  var publicValues: [UInt32] = []
  var publicRows: [Int] = []
  var label: [UInt8] = []

  func withC<R>(_ body: (UnsafePointer<apus_claim>) throws -> R) rethrows -> R {
    try publicValues.withUnsafeBufferPointer { values in
      try publicRows.withUnsafeBufferPointer { publicRows in
        try label.withUnsafeBufferPointer { label in
          var claim = apus_claim(
            struct_size: MemoryLayout<apus_claim>.size, graph: graph.pointer, rows: rows,
            public_values: values.baseAddress, public_value_count: values.count,
            public_rows: publicRows.baseAddress, public_row_count: publicRows.count,
            label: label.baseAddress, label_length: label.count)
          return try body(&claim)
        }
      }
    }
  }

  /// Status, and the proof's bytes if it is `APUS_OK`.
  func prove(
    _ trace: [UInt32], on engine: Owned, security: String? = "proven100", hash: String? = nil,
    progress: (@convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UInt32, UInt32) -> Int32)? = nil,
    context: UnsafeMutableRawPointer? = nil
  ) -> (status: apus_status, proof: [UInt8]) {
    withOptional(security) { security in
      withOptional(hash) { hash in
        var options = apus_prove_options(
          struct_size: MemoryLayout<apus_prove_options>.size, security: security, hash: hash, progress: progress,
          context: context)
        var proof: OpaquePointer?
        let status = withC { apus_prove(engine.pointer, $0, trace, trace.count, &options, &proof) }
        defer { apus_bytes_destroy(proof) }
        let bytes = UnsafeBufferPointer(start: apus_bytes_data(proof), count: apus_bytes_length(proof))
        return (status, Array(bytes))
      }
    }
  }

  func verify(_ proof: [UInt8], security: String? = "proven100") -> apus_status {
    withC { apus_verify($0, proof, proof.count, security) }
  }
}

private func withOptional<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
  if let text { text.withCString(body) } else { body(nil) }
}

extension apus_status {
  /// The constants of the header are plain integers.
  static func == (status: apus_status, constant: Int) -> Bool { Int(status) == constant }
}
