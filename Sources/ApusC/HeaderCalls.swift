// apus_verify_headers: a header proof file, and what it claims.

import ApusCalls
import ApusSTARK
import ApusStatements
public import CApus

@c @implementation
public func apus_verify_headers(
  _ file: UnsafePointer<UInt8>?, _ length: Int, _ security: UnsafePointer<CChar>?,
  _ claim: UnsafeMutablePointer<apus_header_claim>?
) -> apus_status {
  status {
    let demanded = try ApusC.security(security)
    if claim != nil {
      try checkSize(required(claim, "claim").pointee.struct_size, of: apus_header_claim.self, "apus_header_claim")
    }
    let file = try ProofFile(bytes: try proofBytes(file, length, "file"))
    guard case .headers(let headers) = file.claim else {
      throw CallError(APUS_INVALID_PROOF, "the file proves something else than a chain of headers")
    }
    do { try file.verify(demanding: demanded) } catch is StatementError, is ProofShapeError {
      throw CallError(APUS_INVALID_PROOF, "the proof's parameters cannot serve its claim")
    }
    claim?.pointee = apus_header_claim(headers, level: file.proof.preset.level)
  }
}

extension apus_header_claim {
  init(_ claim: HeaderClaim, level: Int) {
    self.init()
    struct_size = MemoryLayout<apus_header_claim>.size
    withUnsafeMutableBytes(of: &previous) { $0.copyBytes(from: claim.previous.bytes) }
    withUnsafeMutableBytes(of: &last) { $0.copyBytes(from: claim.last.bytes) }
    bits = claim.bits
    first_time = claim.firstTime
    last_time = claim.lastTime
    claim.timesBefore.times.withUnsafeBytes { times in
      withUnsafeMutableBytes(of: &times_before) { $0.copyBytes(from: times) }
    }
    claim.lastTimes.times.withUnsafeBytes { times in
      withUnsafeMutableBytes(of: &last_times) { $0.copyBytes(from: times) }
    }
    count = UInt32(claim.count)
    start_height = claim.startHeight.map { Int64($0) } ?? -1
    withUnsafeMutableBytes(of: &target) { $0.copyBytes(from: claim.target.value.littleEndianBytes) }
    withUnsafeMutableBytes(of: &work) { $0.copyBytes(from: claim.work.littleEndianBytes) }
    proven_bits = UInt32(level)
  }
}
