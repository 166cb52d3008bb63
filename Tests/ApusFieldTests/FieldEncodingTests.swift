// Canonical encodings: one for each element, and nothing else is read.

import ApusField
import ApusTestSupport
import Testing

@Suite struct FieldEncodingTests {
  @Test(arguments: FieldName.allCases)
  func encodingsAreLittleEndianAndRoundTrip(field: FieldName) { checkRoundTrip(field.type) }

  private func checkRoundTrip<F: TestedField>(_: F.Type) {
    for a in F.samples(random: 100, seed: 1) {
      var bytes: [UInt8] = []
      a.encode(into: &bytes)
      let expected = a.words.flatMap { GMPInteger($0).littleEndian(count: F.byteCount / F.oracle.degree) }
      guard agree(bytes, expected, "\(F.self): the encoding of \(a)") else { return }
      guard agree(F(canonical: bytes), a, "\(F.self): the element encoded as \(bytes)") else { return }
    }
  }

  @Test(arguments: FieldName.allCases)
  func wordsNotBelowTheModulusAreRefused(field: FieldName) { checkRefusals(field.type) }

  private func checkRefusals<F: TestedField>(_: F.Type) {
    let p = F.oracle.modulus
    let size = F.byteCount / F.oracle.degree
    let largest = UInt64.max >> UInt64(64 - 8 * size)
    var words = [p, p + 1, p + 2, largest - 1, largest]
    words += (1..<8 * size).map { largest - ((1 << UInt64($0)) - 1) }.filter { $0 >= p }
    for place in 0..<F.oracle.degree {
      for word in words {
        var limbs = F.zero.words
        limbs[place] = word
        let bytes = limbs.flatMap { GMPInteger($0).littleEndian(count: size) }
        #expect(F(canonical: bytes) == nil, "\(F.self) accepts \(word) as coefficient \(place)")
        limbs[place] = p - 1
        let twin = limbs.flatMap { GMPInteger($0).littleEndian(count: size) }
        #expect(F(canonical: twin)?.words == limbs, "\(F.self) refuses p - 1 as coefficient \(place)")
      }
    }
  }

  @Test(arguments: FieldName.allCases)
  func otherLengthsAreRefused(field: FieldName) { checkLengths(field.type) }

  private func checkLengths<F: TestedField>(_: F.Type) {
    for count in 0...F.byteCount + 8 {
      let element = F(canonical: [UInt8](repeating: 0, count: count))
      #expect((element != nil) == (count == F.byteCount), "\(F.self), \(count) bytes")
    }
  }
}
