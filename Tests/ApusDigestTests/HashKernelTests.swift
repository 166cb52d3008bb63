// Many messages at once against one message at a time, on every instruction set.

import ApusDigest
import ApusField
import ApusTestSupport
import CApusKernels
import Testing

/// A hash on an instruction set.
struct Subject: Sendable, CustomTestStringConvertible {
  let hash: ByteHash
  let engine: Engine
  var kernels: apus_hash_kernels { hash.kernels(for: engine, messages: 1).pointee }
  var testDescription: String { "\(hash) on \(engine.instructionSet)" }

  static let all = Engine.allInstructionSets.flatMap { engine in
    ByteHash.allCases.map { Subject(hash: $0, engine: engine) }
  }

  /// What the kernels must write for `messages`.
  func digests(of messages: some Sequence<[UInt8]>) -> [UInt8] { messages.flatMap { hash.hash($0) } }

  func write(_ count: Int, _ kernel: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    // One digest more than is asked for: it must stay as it is.
    var digests = [UInt8](repeating: 0xa5, count: 32 * (count + 1))
    digests.withUnsafeMutableBufferPointer { kernel($0.baseAddress!) }
    #expect(digests[(32 * count)...].allSatisfy { $0 == 0xa5 }, "\(self) writes beyond \(count) digests")
    return Array(digests[..<(32 * count)])
  }

  func messages(_ messages: [UInt8], length: Int, count: Int) -> [UInt8] {
    write(count) { kernels.messages($0, messages, length, count) }
  }

  func pairs(_ pairs: [UInt8]) -> [UInt8] {
    write(pairs.count / 64) { kernels.pairs($0, pairs, pairs.count / 64) }
  }
}

/// Row counts on both sides of a vector's and a group's lanes.
private let counts = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100]

@Suite struct HashKernelTests {
  @Test(arguments: Subject.all)
  func rowsAreMessagesOfCanonicalWords(subject: Subject) {
    var random = SeededGenerator(seed: 11)
    for columnCount in Array(0...40) + [136, 255, 256, 257, 258, 259, 260, 300, 512, 520] {
      let table = Table.random.first(columnCount)
      for _ in 0..<3 {
        let begin = Int.random(in: 0...20, using: &random), count = counts.randomElement(using: &random)!
        let range = begin..<(begin + count)
        #expect(
          table.hashes(of: range, by: subject) == subject.digests(of: range.map(table.bytes(ofRow:))),
          "\(columnCount) columns, rows \(range)")
      }
    }
  }

  /// Values at which a conversion out of Montgomery form goes wrong first.
  @Test(arguments: Subject.all)
  func rowsOfEdgeValues(subject: Subject) {
    let p = BabyBear.modulus
    let edges: [UInt32] = [0, 1, 2, 0x0fff_fffe, 0x7fff_fffe % p, 0x4000_0000, p / 2, p / 2 + 1, p - 2, p - 1]
    let table = Table(columns: (0..<edges.count).map { shift in (0..<40).map { edges[($0 + shift) % edges.count] } })
    #expect(table.hashes(of: 0..<40, by: subject) == subject.digests(of: (0..<40).map(table.bytes(ofRow:))))
  }

  @Test(arguments: Subject.all)
  func pairsAreMessagesOf64Bytes(subject: Subject) {
    var random = SeededGenerator(seed: 12)
    for count in counts {
      let pairs = randomBytes(64 * count, using: &random)
      let expected = subject.digests(of: (0..<count).map { Array(pairs[(64 * $0)..<(64 * $0 + 64)]) })
      #expect(subject.pairs(pairs) == expected, "\(count) pairs")

      var inPlace = pairs
      inPlace.withUnsafeMutableBufferPointer { subject.kernels.pairs($0.baseAddress, $0.baseAddress, count) }
      #expect(Array(inPlace[..<(32 * count)]) == expected, "\(count) pairs in place")
    }
  }

  @Test(arguments: Subject.all)
  func messagesAreHashedEachAlone(subject: Subject) {
    var random = SeededGenerator(seed: 13)
    let bytes = randomBytes(65 * 5121, using: &random)
    let lengths = Array(0...70) + [118, 119, 120, 127, 128, 129, 1023, 1024, 1025, 2048, 2049, 3100, 5121]
    for length in lengths {
      for count in length < 1000 ? counts : [1, 17, 65] {
        let messages = Array(bytes[..<(length * count)])
        let each = (0..<count).map { Array(messages[(length * $0)..<(length * $0 + length)]) }
        #expect(
          subject.messages(messages, length: length, count: count) == subject.digests(of: each),
          "\(count) messages of \(length) bytes")
      }
    }
  }

  /// The comparison with one message at a time sees a difference of one bit.
  @Test(arguments: Subject.all)
  func everyBitOfAPairCounts(subject: Subject) {
    let pair = repeatingBytes(64), digest = subject.hash.hash(pair)
    let changed: [[UInt8]] = (0..<512).map { bit in
      var copy = pair
      copy[bit / 8] ^= 1 << UInt8(bit % 8)
      return copy
    }
    let digests = subject.pairs(changed.flatMap { $0 })
    let distinct = Set((0..<512).map { Array(digests[(32 * $0)..<(32 * $0 + 32)]) } + [digest])
    #expect(distinct.count == 513)
  }
}

/// Columns of BabyBear words with their canonical integers.
private struct Table {
  let canonical: [[UInt32]]
  let montgomery: [[UInt32]]

  init(columns: [[UInt32]]) {
    canonical = columns
    // By the definition of Montgomery form, x · 2^32 mod p.
    montgomery = columns.map { $0.map { UInt32((UInt64($0) << 32) % UInt64(BabyBear.modulus)) } }
  }

  private init(canonical: [[UInt32]], montgomery: [[UInt32]]) {
    self.canonical = canonical
    self.montgomery = montgomery
  }

  static let random: Table = {
    var random = SeededGenerator(seed: 10)
    return Table(
      columns: (0..<520).map { _ in
        (0..<120).map { _ in UInt32.random(in: 0..<BabyBear.modulus, using: &random) }
      })
  }()

  func first(_ count: Int) -> Table {
    Table(canonical: Array(canonical[..<count]), montgomery: Array(montgomery[..<count]))
  }

  func bytes(ofRow row: Int) -> [UInt8] {
    canonical.flatMap { column in (0..<4).map { UInt8(truncatingIfNeeded: column[row] >> (8 * $0)) } }
  }

  func hashes(of rows: Range<Int>, by subject: Subject) -> [UInt8] {
    let words = montgomery.flatMap { $0 }
    return words.withUnsafeBufferPointer { words in
      let pointers = montgomery.indices.map { column in
        words.baseAddress.map { $0 + column * montgomery[column].count }
      }
      return subject.write(rows.count) {
        subject.kernels.rows($0, pointers, montgomery.count, rows.lowerBound, rows.upperBound)
      }
    }
  }
}
