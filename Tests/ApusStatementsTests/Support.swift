// What the tests of headers share.

import ApusExamples
import ApusStatements
import ApusTestSupport
import Testing

extension GMPInteger {
  /// By repeated division, to be independent of the code under test.
  var decimal: String {
    self < GMPInteger(10) ? String(uint64) : (self / GMPInteger(10)).decimal + (self % GMPInteger(10)).decimal
  }

  /// nBits of a value below 2^256, by the definition: its highest three bytes, of which the first is below 128.
  var compact: UInt32 {
    var bytes = Array(littleEndian(count: 32).reversed().drop { $0 == 0 })
    if let first = bytes.first, first >= 128 { bytes.insert(0, at: 0) }
    let mantissa = (bytes + [0, 0, 0]).prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
    return UInt32(bytes.count) << 24 | mantissa
  }
}

extension UInt256 {
  var gmp: GMPInteger { GMPInteger(littleEndian: littleEndianBytes) }

  /// Of random width, so that small values are as likely as large ones.
  static func random(using generator: inout some RandomNumberGenerator) -> UInt256 {
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return UInt256(littleEndian: bytes.span) >> Int.random(in: 0..<256, using: &generator)
  }
}

/// The embedded day.
func dayInput() throws -> HeaderInput { try HeaderInput(reading: OneDay.csv) }

func rawBytes(_ headers: some Sequence<BlockHeader>) -> [UInt8] { headers.flatMap(\.bytes) }

extension HeaderClaim {
  /// What these headers would claim, were they a chain.
  init(
    of headers: [BlockHeader], last: Hash256? = nil, count: Int? = nil, after window: MedianWindow = .unknown
  ) throws {
    try self.init(
      previous: headers[0].previous, last: last ?? headers[headers.count - 1].hash, bits: headers[0].bits,
      firstTime: headers[0].time, timesBefore: window, lastTimes: headers.reduce(window) { $0.appending($1.time) },
      count: count ?? headers.count)
  }

  /// With two times alone: those before the first header are not given, and all headers but it have the last one's.
  init(
    previous: Hash256, last: Hash256, bits: UInt32, firstTime: UInt32, lastTime: UInt32, count: Int,
    startHeight: Int? = nil, after window: MedianWindow? = nil
  ) throws {
    let before = try window ?? MedianWindow(beforeHeight: startHeight)
    let others = [UInt32](repeating: lastTime, count: min(max(count, 1) - 1, MedianWindow.count))
    try self.init(
      previous: previous, last: last, bits: bits, firstTime: firstTime, timesBefore: before,
      lastTimes: ([count == 1 ? lastTime : firstTime] + others).reduce(before) { $0.appending($1) }, count: count,
      startHeight: startHeight)
  }
}

/// Claims need no headers: these follow from each other as the claims of headers would, with hashes made up.
struct Claims {
  var claims: [HeaderClaim] = []

  /// - Parameter last: the hash it leads to; the claim's number from 1 if not given.
  mutating func add(
    _ count: Int, bits: UInt32 = 0x1c00_ffff, from startHeight: Int?, times: (UInt32, UInt32) = (0, 0),
    after previous: Hash256? = nil, to last: Hash256? = nil
  ) throws {
    let number = Hash256(number: UInt256(UInt64(claims.count + 1)))
    claims.append(
      try HeaderClaim(
        previous: previous ?? claims.last?.last ?? .zero, last: last ?? number, bits: bits, firstTime: times.0,
        lastTime: times.1, count: count, startHeight: startHeight, after: claims.last?.lastTimes))
  }
  func chain() throws -> ClaimedChain { try ClaimedChain(claims) }
}

/// Real headers that are not part of the repository.
enum RealHeaders {
  static let needed: ConditionTrait = .enabled(
    if: ReferenceData.bytes("bitcoin-headers/SOURCES.md") != nil, Comment(rawValue: ReferenceData.absence))

  static func load(_ name: String) throws -> [BlockHeader] {
    let bytes = try #require(ReferenceData.bytes("bitcoin-headers/" + name))
    return try HeaderInput(reading: Array(bytes)).headers
  }
  /// The first two whole periods from 822,528, and the first header of the third.
  static func twoPeriods() throws -> [BlockHeader] { try load("mainnet-822528-826560.bin") }

  /// The first and the last header of each period from 0 to 832,607, and the first of the next.
  static func boundaries() throws -> [BlockHeader] { try load("mainnet-retarget-boundaries-0-832608.bin") }
}
