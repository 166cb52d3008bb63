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

/// Real headers that are not part of the repository.
enum RealHeaders {
  static let needed: ConditionTrait = .enabled(
    if: ReferenceData.bytes("bitcoin-headers/SOURCES.md") != nil, "\(ReferenceData.absence)")

  static func load(_ name: String) throws -> [BlockHeader] {
    let bytes = try #require(ReferenceData.bytes("bitcoin-headers/" + name))
    return try HeaderInput(reading: Array(bytes)).headers
  }
  /// The first two whole periods from 822,528, and the first header of the third.
  static func twoPeriods() throws -> [BlockHeader] { try load("mainnet-822528-826560.bin") }

  /// The first and the last header of each period from 0 to 832,607, and the first of the next.
  static func boundaries() throws -> [BlockHeader] { try load("mainnet-retarget-boundaries-0-832608.bin") }
}
