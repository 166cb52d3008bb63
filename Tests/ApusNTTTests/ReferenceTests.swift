// Transforms against those of another implementation (Plonky3), where its vectors are present.

import ApusField
import ApusTestSupport
import Testing

import ApusNTT

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ReferenceTests {
  @Test(arguments: Engine.allInstructionSets)
  func babyBear(engine: Engine) throws { try agrees(BabyBear.self, "vectors/field/dft_babybear.json", on: engine) }
  @Test(arguments: Engine.allInstructionSets)
  func goldilocks(engine: Engine) throws {
    try agrees(Goldilocks.self, "vectors/field/dft_goldilocks.json", on: engine)
  }

  private func agrees<F: TestField>(_: F.Type, _ path: String, on engine: Engine) throws {
    let vectors = try ReferenceData.decode(Vectors.self, from: path)
    #expect(!vectors.dft.isEmpty && !vectors.coset.isEmpty && !vectors.coset_lde.isEmpty)
    for vector in vectors.dft {
      let ntt = try NTT<F>(rows: 1 << vector.log_n)
      var data = columns([elements(vector.in)], on: engine) as Columns<F>
      ntt.forward(&data, on: engine)
      #expect(data.arrays == [elements(vector.out)], "2^\(vector.log_n) rows on \(engine.instructionSet)")
      ntt.inverse(&data, on: engine)
      #expect(data.arrays == [elements(vector.in)], "2^\(vector.log_n) rows on \(engine.instructionSet)")
    }
    for vector in vectors.coset { try agrees(F.self, vector, on: engine) }
    for vector in vectors.coset_lde { try agrees(F.self, vector, on: engine) }
  }

  private func agrees<F: TestField>(_: F.Type, _ vector: Vectors.Coset, on engine: Engine) throws {
    let ntt = try NTT<F>(rows: 1 << vector.log_n)
    let shift = F(vector.shift)
    var plain = columns([elements(vector.in)], on: engine) as Columns<F>
    ntt.inverse(&plain, on: engine)
    #expect(plain.arrays == [elements(vector.idft)])

    // The extension takes coefficients in bit-reversed order, and the interpolation leaves them so.
    let coefficients = columns([bitReversed(elements(vector.in))], on: engine) as Columns<F>
    let extended = try ntt.lowDegreeExtension(
      ofBitReversedCoefficients: coefficients, blowup: 1, shift: shift, on: engine)
    #expect(extended.arrays == [elements(vector.coset_dft)])
    var values = columns([elements(vector.in)], on: engine) as Columns<F>
    ntt.bitReversedCoefficients(of: &values, shift: shift, on: engine)
    #expect(values.arrays == [bitReversed(elements(vector.coset_idft))])
  }

  private func agrees<F: TestField>(_: F.Type, _ vector: Vectors.Extension, on engine: Engine) throws {
    let ntt = try NTT<F>(rows: 1 << vector.log_n)
    let trace =
      columns((0..<vector.width).map { c in elements(vector.in_rows.map { $0[c] }) }, on: engine) as Columns<F>
    let blowup = 1 << vector.added_bits
    let extended = try ntt.lowDegreeExtension(of: trace, blowup: blowup, shift: F(vector.shift), on: engine)
    for (place, row) in vector.out_rows_natural.enumerated() {
      let (i, k) = place.quotientAndRemainder(dividingBy: blowup)
      let ours = (0..<vector.width).map { extended[coset: k, row: i, column: $0] }
      guard ours != elements(row) else { continue }
      Issue.record("2^\(vector.log_n) rows, blowup \(blowup), point \(place) on \(engine.instructionSet)")
    }
  }

  private func elements<F: TestField>(_ values: [UInt64]) -> [F] { values.map { F($0) } }
}

/// The files' shape, by their own names.
private struct Vectors: Decodable {
  struct Transform: Decodable {
    let log_n: Int
    let `in`, out: [UInt64]
  }
  struct Coset: Decodable {
    let log_n: Int
    let shift: UInt64
    let `in`, idft, coset_dft, coset_idft: [UInt64]
  }
  struct Extension: Decodable {
    let log_n, added_bits, width: Int
    let shift: UInt64
    let in_rows, out_rows_natural: [[UInt64]]
  }
  let dft: [Transform]
  let coset: [Coset]
  let coset_lde: [Extension]
}
