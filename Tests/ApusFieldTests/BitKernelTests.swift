// Columns of zeros and ones packed and unpacked, on every instruction set, against what each word says.

import ApusField
import ApusTestSupport
import CApusKernels
import Testing

@Suite struct BitKernelTests {
  private static let counts = Array(0...40) + [510, 511, 512, 513, 1024, 1535, 5000]

  /// BabyBear's one in both halves, Goldilocks's, and ones whose halves differ in every bit.
  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet), [0x0fff_fffe_0fff_fffe, 1, 0x8000_0000_7fff_ffff])
  func unpackingGivesWhatWasPacked(isa: InstructionSet, one: UInt64) throws {
    let kernels = try #require(apus_bits_kernels_for(isa.code)).pointee
    var random = SeededGenerator(seed: one)
    for count in Self.counts {
      for density in [0, 1, 2, 1 << 62] as [UInt64] {
        let words = (0..<count).map { i in
          random.next() % (density + 1) == 0 ? UInt32(truncatingIfNeeded: i % 2 == 0 ? one : one >> 32) : 0
        }
        var bits = [UInt32](repeating: 0xdead_beef, count: 16 * ((count + 511) / 512) + 1)
        try #require(kernels.pack(&bits, words, one, count) == 1, "\(count) words")
        #expect(bits.last == 0xdead_beef, "written beyond the end")
        for (i, word) in words.enumerated() {
          let bit = bits[16 * (i / 512) + i % 16] >> UInt32(i % 512 / 16) & 1
          try #require((bit == 1) == (word != 0), "bit of word \(i) of \(count)")
        }
        var unpacked = [UInt32](repeating: 0xdead_beef, count: count + 1)
        kernels.unpack(&unpacked, bits, one, count)
        #expect(Array(unpacked.dropLast()) == words && unpacked.last == 0xdead_beef, "\(count) words")
      }
    }
  }

  @Test(arguments: Engine.allInstructionSets.map(\.instructionSet))
  func anyOtherWordIsSeen(isa: InstructionSet) throws {
    let kernels = try #require(apus_bits_kernels_for(isa.code)).pointee
    let one: UInt64 = 0x0fff_fffe_0fff_fffe
    for count in [1, 15, 16, 17, 512, 600, 1030] {
      for place in Set([0, 1, count / 2, count - 1]) where place < count {
        for other: UInt32 in [1, 2, 0x0fff_ffff, 0x0fff_fffc, 0x1fff_fffe, 0x8000_0000, .max] {
          var words = (0..<count).map { UInt32($0 % 3 == 0 ? 0x0fff_fffe : 0) }
          words[place] = other
          var bits = [UInt32](repeating: 0, count: 16 * ((count + 511) / 512))
          #expect(kernels.pack(&bits, words, one, count) == 0, "\(other) at \(place) of \(count)")
        }
      }
    }
  }
}
