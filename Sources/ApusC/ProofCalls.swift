// apus_prove and apus_verify: claims over a caller's own graph.

import ApusCalls
import ApusField
import ApusSTARK
import ApusStatements
public import CApus

private let maximumLabelBytes = 1 << 16

extension CapturedStatement<BabyBear> {
  /// A claim from C. Its graph may be in use by other threads.
  fileprivate init(_ pointer: UnsafePointer<apus_claim>?) throws {
    let claim = try structure(pointer, "apus_claim", size: \.struct_size)
    let handle = try GraphHandle.at(claim.graph)
    let graph = try handle.graph()
    let publicValues = try values(
      claim.public_values, claim.public_value_count, atMost: GraphAssembly.Limit.publicValues, "public_values")
    for (index, word) in publicValues.enumerated() where word >= BabyBear.modulus {
      throw CallError.argument("public value \(index) is \(word), which is not below \(BabyBear.modulus)")
    }
    let publicRows = try values(
      claim.public_rows, claim.public_row_count, atMost: GraphAssembly.Limit.publicRows, "public_rows")
    let label = try values(claim.label, claim.label_length, atMost: maximumLabelBytes, "label")
    try self.init(
      name: handle.name, graph: graph, rows: claim.rows, publicValues: publicValues.map { BabyBear($0) },
      publicRows: Array(publicRows), label: Array(label))
  }
}

/// How to prove, with a default for everything.
private struct ProvingChoice {
  let prover: Prover
  private let progress: (@convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UInt32, UInt32) -> Int32)?
  private let context: UnsafeMutableRawPointer?

  init(_ pointer: UnsafePointer<apus_prove_options>?, on engine: Engine) throws(CallError) {
    guard pointer != nil else {
      prover = Prover(on: engine)
      (progress, context) = (nil, nil)
      return
    }
    let options = try structure(pointer, "apus_prove_options", size: \.struct_size)
    prover = Prover(try security(options.security), hash: try hash(options.hash), on: engine)
    (progress, context) = (options.progress, options.context)
  }

  func report(_ stage: ProverStage) throws(CallError) {
    guard let progress, let index = ProverStage.allCases.firstIndex(of: stage) else { return }
    let answer = stage.rawValue.withCString { progress(context, $0, UInt32(index), UInt32(ProverStage.allCases.count)) }
    if answer != 0 { throw CallError(APUS_CANCELLED, "cancelled by the caller before the stage \(stage.rawValue)") }
  }
}

@c @implementation
public func apus_prove(
  _ engine: OpaquePointer?, _ claim: UnsafePointer<apus_claim>?, _ trace: UnsafePointer<UInt32>?, _ words: Int,
  _ options: UnsafePointer<apus_prove_options>?, _ proof: UnsafeMutablePointer<OpaquePointer?>?
) -> apus_status {
  status {
    try BytesHandle.create(in: proof) {
      let engine = try EngineHandle.at(engine).engine
      let choice = try ProvingChoice(options, on: engine)
      let statement = try CapturedStatement<BabyBear>(claim)
      let shape = try choice.prover.shape(of: statement)
      // Both factors are bounded by now.
      let (rows, columns) = (shape.rows, shape.columnCount)
      guard words == rows * columns else {
        throw CallError.argument(
          "the trace has \(rows) rows and \(columns) columns, \(rows * columns) words, not \(UInt(bitPattern: words))")
      }
      let cells = try values(trace, words, atMost: rows * columns, "trace")
      try requireMemory(shape.proverByteCount)
      let trace = try Columns<BabyBear>(canonical: cells, rows: rows, count: columns, on: engine)
      return BytesHandle(try choice.prover.prove(statement, consuming: trace, onStage: choice.report).bytes)
    }
  }
}

@c @implementation
public func apus_verify(
  _ claim: UnsafePointer<apus_claim>?, _ proof: UnsafePointer<UInt8>?, _ length: Int,
  _ security: UnsafePointer<CChar>?
) -> apus_status {
  status {
    let demanded = try ApusC.security(security)
    let statement = try CapturedStatement<BabyBear>(claim)
    let proof = try Proof(bytes: try proofBytes(proof, length, "proof"))
    do { try Verifier(demanding: demanded).verify(proof, of: statement) } catch let error as ProofShapeError {
      // The proof names preset and hash: that they cannot serve the claim is its fault.
      throw CallError(APUS_INVALID_PROOF, "\(error)")
    }
  }
}

/// Bytes from a stranger, of a length that a proof can have.
func proofBytes(_ pointer: UnsafePointer<UInt8>?, _ length: Int, _ name: String) throws(CallError) -> [UInt8] {
  guard (0...ProofFile.maximumByteCount).contains(length) else {
    throw CallError(
      APUS_INVALID_PROOF,
      "\(UInt(bitPattern: length)) bytes are more than any proof has (\(ProofFile.maximumByteCount))")
  }
  return Array(try values(pointer, length, atMost: ProofFile.maximumByteCount, name))
}
