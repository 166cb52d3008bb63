// Proofs of real headers: accepted as claimed, refused as anything else, and the same bytes on every engine.

import ApusField
import ApusSTARK
import ApusStatements
import Testing

/// Three headers of the embedded day, proven once.
struct ProvenHeaders {
  let chain: HeaderChain
  let bytes: [UInt8]

  static let three = Result { try ProvenHeaders(Array(dayInput().headers.prefix(3)), startHeight: 822_528) }

  init(
    _ headers: [BlockHeader], startHeight: Int? = nil, timesBefore: [UInt32] = [], preset: SecurityPreset = .proven100,
    on engine: Engine = .default
  ) throws {
    chain = try HeaderChain(headers, startHeight: startHeight, timesBefore: timesBefore)
    let statement = HeaderStatement(chain.claim)
    let trace = statement.trace(of: headers, on: engine)
    bytes = try Prover(preset, on: engine).prove(statement, trace: trace).bytes
  }
}

/// A claim's fields, to change one at a time.
struct ClaimFields {
  var previous, last: Hash256
  var bits, firstTime: UInt32
  var timesBefore, lastTimes: [UInt32]
  var count: Int
  var startHeight: Int?

  init(_ claim: HeaderClaim) {
    (previous, last) = (claim.previous, claim.last)
    (bits, firstTime) = (claim.bits, claim.firstTime)
    (timesBefore, lastTimes) = (claim.timesBefore.times, claim.lastTimes.times)
    (count, startHeight) = (claim.count, claim.startHeight)
  }

  var claim: HeaderClaim {
    get throws {
      try HeaderClaim(
        previous: previous, last: last, bits: bits, firstTime: firstTime, timesBefore: MedianWindow(timesBefore),
        lastTimes: MedianWindow(lastTimes), count: count, startHeight: startHeight)
    }
  }
}

/// A hash that differs in one bit.
private func flipped(_ hash: Hash256, byte: Int) -> Hash256 {
  var bytes = hash.bytes
  bytes[byte] ^= 1 << UInt8(byte % 8)
  return Hash256(bytes: bytes.span)
}

struct HeaderProofTests {
  @Test(arguments: SecurityPreset.all.map(\.name))
  func honestProofIsAccepted(preset: String) throws {
    let preset = try #require(SecurityPreset.named(preset))
    let proven = try ProvenHeaders(Array(dayInput().headers.prefix(5)), startHeight: 822_528, preset: preset)
    let verified = try Verifier(demanding: preset).verify(proven.bytes, of: HeaderStatement(proven.chain.claim))
    #expect(verified.layout.total == proven.bytes.count)
    #expect(verified.shape.rows == 2048)
  }

  // MARK: Another claim

  private static let changes: [(String, @Sendable (inout ClaimFields) -> Void)] = [
    ("previous, first byte", { $0.previous = flipped($0.previous, byte: 0) }),
    ("previous, last byte", { $0.previous = flipped($0.previous, byte: 31) }),
    ("last, first byte", { $0.last = flipped($0.last, byte: 0) }),
    ("last, last byte", { $0.last = flipped($0.last, byte: 31) }),
    ("previous and last exchanged", { swap(&$0.previous, &$0.last) }),
    ("bits, harder", { $0.bits -= 1 }),
    ("bits, easier", { $0.bits += 1 }),
    ("first time, later", { $0.firstTime += 1 }),
    ("first time, high half", { $0.firstTime ^= 0x0001_0000 }),
    ("last time, earlier", { $0.lastTimes[10] -= 1 }),
    ("last time, byte order", { $0.lastTimes[10] = $0.lastTimes[10].byteSwapped }),
    ("last times, oldest", { $0.lastTimes[0] = 1 }),
    ("last times, order", { $0.lastTimes.swapAt(9, 10) }),
    ("times before, oldest", { $0.timesBefore[0] = 1 }),
    ("times before, latest", { $0.timesBefore[10] = 1 }),
    ("one header fewer", { $0.count -= 1 }),
    ("one header more", { $0.count += 1 }),
    ("so many more that the trace grows", { $0.count += 2 }),
    ("so few that the trace shrinks", { $0.count = 1 }),
    ("start height", { $0.startHeight = 822_529 }),
    ("no start height", { $0.startHeight = nil }),
    (
      "start height 0",
      {
        $0.startHeight = 0
        $0.timesBefore = MedianWindow.beforeGenesis.times
      }
    ),
  ]

  /// Every part of a claim is absorbed before the first challenge: the proof's openings answer another question.
  @Test(arguments: changes.indices)
  func anotherClaimIsRefused(change: Int) throws {
    let proven = try ProvenHeaders.three.get()
    var fields = ClaimFields(proven.chain.claim)
    Self.changes[change].1(&fields)
    let claim = try fields.claim
    #expect(claim != proven.chain.claim)
    #expect(throws: VerificationError.constraintsNotSatisfied, "\(Self.changes[change].0)") {
      try Verifier(demanding: .proven100).verify(proven.bytes, of: HeaderStatement(claim))
    }
  }

  @Test func weakerProofIsRefused() throws {
    let proven = try ProvenHeaders.three.get()
    #expect(throws: VerificationError.insufficientSecurity(demanded: .proven128, found: .proven100)) {
      try Verifier().verify(proven.bytes, of: HeaderStatement(proven.chain.claim))
    }
  }

  // MARK: Engines

  @Test(arguments: InstructionSet.allCases.filter(\.isSupported), [1, 2, 3])
  func bytesDoNotDependOnTheEngine(isa: InstructionSet, threads: Int) throws {
    let proven = try ProvenHeaders.three.get()
    let engine = try Engine(instructionSet: isa, threads: threads)
    let again = try ProvenHeaders(proven.chain.headers, startHeight: 822_528, on: engine)
    #expect(again.bytes == proven.bytes)
  }
}
