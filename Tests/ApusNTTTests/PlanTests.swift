// What a transform refuses, and that plans are made once.

import ApusField
import Synchronization
import Testing

import ApusNTT

@Suite struct PlanTests {
  @Test(arguments: [0, -4, 3, 6, 1023, Int.max])
  func refusesOtherSizes(rows: Int) {
    #expect(throws: NTTError.sizeNotPowerOfTwo(rows)) { try NTT<BabyBear>(rows: rows) }
    #expect(throws: NTTError.sizeNotPowerOfTwo(rows)) { try NTT<Goldilocks>(rows: rows) }
  }

  @Test func refusesDomainsBeyondTheField() throws {
    #expect(throws: NTTError.domainTooLarge(rows: 1 << 28, blowup: 1, twoAdicity: 27)) {
      try NTT<BabyBear>(rows: 1 << 28)
    }
    #expect(throws: NTTError.domainTooLarge(rows: 1 << 33, blowup: 1, twoAdicity: 32)) {
      try NTT<Goldilocks>(rows: 1 << 33)
    }
    let trace = Columns<BabyBear>(rows: 16, count: 1, on: .default)
    let ntt = try NTT<BabyBear>(rows: 16)
    #expect(throws: NTTError.domainTooLarge(rows: 16, blowup: 1 << 24, twoAdicity: 27)) {
      _ = try ntt.lowDegreeExtension(of: trace, blowup: 1 << 24, shift: .generator, on: .default)
    }
  }

  @Test(arguments: [0, -2, 3, 12])
  func refusesOtherBlowups(blowup: Int) throws {
    let trace = Columns<BabyBear>(rows: 16, count: 1, on: .default)
    let ntt = try NTT<BabyBear>(rows: 16)
    #expect(throws: NTTError.blowupNotPowerOfTwo(blowup)) {
      _ = try ntt.lowDegreeExtension(of: trace, blowup: blowup, shift: .generator, on: .default)
    }
  }

  @Test func refusesTheZeroShift() throws {
    let trace = Columns<Goldilocks>(rows: 16, count: 1, on: .default)
    let ntt = try NTT<Goldilocks>(rows: 16)
    #expect(throws: NTTError.zeroShift) {
      _ = try ntt.lowDegreeExtension(of: trace, blowup: 2, shift: .zero, on: .default)
    }
    #expect(throws: NTTError.zeroShift) {
      _ = try ntt.lowDegreeExtension(ofBitReversedCoefficients: trace, blowup: 2, shift: .zero, on: .default)
    }
  }

  @Test func plansAreMadeOnceForEachSet() {
    let made = Mutex<[PlanCache<BabyBear>.Key]>([])
    let cache = PlanCache<BabyBear> { key in
      made.withLock { $0.append(key) }
      return BabyBear.transformPlan(logRows: key.logRows, on: key.instructionSet)
    }
    for logRows in [3, 4, 3, 3, 4] { #expect(cache[logRows, .portable].logRows == logRows) }
    #expect(made.withLock { $0.map(\.logRows) } == [3, 4])
    _ = cache[3, .best]
    #expect(made.withLock { $0.count } == (InstructionSet.best == .portable ? 2 : 3))
  }

  @Test func errorsSayWhatWasWrong() {
    #expect(NTTError.sizeNotPowerOfTwo(12).description.contains("12"))
    #expect(NTTError.blowupNotPowerOfTwo(3).description.contains("3"))
    let tooLarge = NTTError.domainTooLarge(rows: 32, blowup: 8, twoAdicity: 7).description
    #expect(tooLarge.contains("32") && tooLarge.contains("8") && tooLarge.contains("2^7"))
  }
}
