// Proof files of headers through the C ABI.

import ApusExamples
import ApusSTARK
import ApusField
import ApusStatements
import CApus
import Testing

struct HeaderCallTests {
  /// Three headers of the embedded day, proven, with the claim that the proof is of.
  private static let day: (claim: HeaderClaim, file: [UInt8])? = {
    guard let headers = try? HeaderInput(reading: OneDay.csv).headers,
      let chain = try? HeaderChain(Array(headers.prefix(3)), startHeight: 822_528)
    else { return nil }
    let statement = HeaderStatement(chain.claim)
    guard let proof = try? Prover(.proven100).prove(statement, trace: statement.trace(of: Array(headers.prefix(3))))
    else { return nil }
    return (chain.claim, ProofFile(claim: .headers(chain.claim), proof: proof).bytes)
  }()

  private func verify(_ file: [UInt8], _ security: String? = "proven100") -> (apus_status, apus_header_claim) {
    var claim = apus_header_claim()
    claim.struct_size = MemoryLayout<apus_header_claim>.size
    return (apus_verify_headers(file, file.count, security, &claim), claim)
  }

  @Test func factsComeOut() throws {
    let (claim, file) = try #require(Self.day)
    let (status, facts) = verify(file)
    #expect(status == APUS_OK, "\(message())")
    #expect(withUnsafeBytes(of: facts.previous) { Array($0) } == claim.previous.bytes)
    #expect(withUnsafeBytes(of: facts.last) { Array($0) } == claim.last.bytes)
    #expect(withUnsafeBytes(of: facts.target) { Array($0) } == claim.target.value.littleEndianBytes)
    #expect(withUnsafeBytes(of: facts.work) { Array($0) } == claim.work.littleEndianBytes)
    #expect((facts.bits, facts.count, facts.start_height, facts.proven_bits) == (claim.bits, 3, 822_528, 100))
    #expect((facts.first_time, facts.last_time) == (claim.firstTime, claim.lastTime))
    #expect(
      withUnsafeBytes(of: facts.times_before) { Array($0.bindMemory(to: UInt32.self)) } == claim.timesBefore.times)
    #expect(withUnsafeBytes(of: facts.last_times) { Array($0.bindMemory(to: UInt32.self)) } == claim.lastTimes.times)
    #expect(apus_verify_headers(file, file.count, "proven100", nil) == APUS_OK)
  }

  @Test func refused() throws {
    let (_, file) = try #require(Self.day)
    #expect(verify(file, nil).0 == APUS_INVALID_PROOF)
    #expect(message().contains("100 proven bits"), "\(message())")
    for position in stride(from: 0, to: file.count, by: 997) {
      var changed = file
      changed[position] ^= 0x10
      let (status, facts) = verify(changed)
      #expect(status == APUS_INVALID_PROOF, "byte \(position)")
      #expect(facts.count == 0, "facts of a proof that was refused")
    }
    #expect(verify([]).0 == APUS_INVALID_PROOF)
    #expect(apus_verify_headers(nil, 10, nil, nil) == APUS_INVALID_ARGUMENT)
    for length in [-1, Int.max, 1 << 40] {
      #expect(apus_verify_headers(file, length, nil, nil) == APUS_INVALID_PROOF)
    }
    var claim = apus_header_claim()
    #expect(apus_verify_headers(file, file.count, nil, &claim) == APUS_INVALID_ARGUMENT)
    #expect(message().contains("struct_size"), "\(message())")

    let fibonacci = Fibonacci<BabyBear>.trace(a: 0, b: 1, rows: 32)
    let other = try FibonacciClaim<BabyBear>(a: 0, b: 1, last: fibonacci[31, 1], rows: 32)
    let proof = try Prover(.proven100).prove(other.statement, trace: fibonacci)
    #expect(verify(ProofFile(claim: .fibonacci(other), proof: proof).bytes).0 == APUS_INVALID_PROOF)
    #expect(message().contains("something else"), "\(message())")
  }
}
