// PSBTs of versions 0 and 2: what they say of inputs, and what is refused and why.

import ApusScript
import ApusTestSupport
import Testing

/// A map as it is written: fields in the order given, and the empty key at the end.
private func map(_ fields: Fields) -> [UInt8] {
  var bytes: [UInt8] = []
  for (key, value) in fields {
    bytes.append(UInt8(key.count))
    bytes += key
    bytes += size(value.count)
    bytes += value
  }
  return bytes + [0]
}
private func size(_ count: Int) -> [UInt8] {
  count < 0xfd ? [UInt8(count)] : [0xfd, UInt8(count & 0xff), UInt8(count >> 8)]
}
private func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

private typealias Fields = [(key: [UInt8], value: [UInt8])]
private let magic: [UInt8] = [0x70, 0x73, 0x62, 0x74, 0xff]
private let one = Script([0x51])
private let taproot = Script([0x51, 32] + [UInt8](repeating: 5, count: 32))
/// Value 1000 to OP_1, as it is encoded.
private let output: [UInt8] = [0xe8, 3, 0, 0, 0, 0, 0, 0, 1, 0x51]

/// What is spent: its output 1 is `output`.
private let previous = Transaction(
  inputs: [TransactionInput(previous: OutPoint(transaction: [UInt8](repeating: 9, count: 32), output: 3))],
  outputs: [TransactionOutput(value: 5, script: taproot), TransactionOutput(value: 1000, script: one)])
private let unsigned = Transaction(
  inputs: [TransactionInput(previous: OutPoint(transaction: previous.id, output: 1), sequence: 7)],
  outputs: [TransactionOutput(value: 900, script: one)], lockTime: 40)

private func version0(_ input: Fields, _ global: Fields = []) -> [UInt8] {
  let unsigned: Fields = [([0], unsigned.bytes)]
  return magic + map(unsigned + global) + map(input) + map([])
}
private func version2(_ inputs: [Fields], _ global: Fields = []) -> [UInt8] {
  let fields: Fields = [
    ([0xfb], word(2)), ([2], word(2)), ([4], [UInt8(inputs.count)]), ([5], [1]), ([3], word(40)),
  ]
  var bytes = magic + map(fields + global)
  let spends: Fields = [([0x0e], previous.id), ([0x0f], word(1))]
  for input in inputs { bytes += map(spends + input) }
  bytes += map([([3], Array(output[..<8])), ([4], one.bytes)])
  return bytes
}

struct PSBTTests {
  private func refused(_ bytes: [UInt8], _ reason: PSBTError.Reason, in name: PSBTError.Map) {
    #expect {
      try PartiallySignedTransaction(bytes)
    } throws: { error in
      guard let error = error as? PSBTError else { return false }
      #expect(error.reason == reason && error.map == name, "\(error)")
      return true
    }
  }

  @Test func finalInputs() throws {
    let psbt = try PartiallySignedTransaction(
      version0([([0], previous.bytes), ([1], output), ([7], [0x52]), ([8], [2, 0, 1, 3])]))
    var expected = unsigned
    expected.inputs[0].scriptSig = Script([0x52])
    expected.inputs[0].witness = [[], [3]]
    #expect(psbt.transaction == expected)
    #expect(psbt.spentOutputs == [TransactionOutput(value: 1000, script: one)])
    #expect(psbt.isFinal == [true])
    #expect(try psbt.spending().transaction == expected)
  }

  /// Fields of other uses, and keys that are not known, are skipped.
  @Test func otherFields() throws {
    let psbt = try PartiallySignedTransaction(
      version0([([1], output), ([2] + output, [1, 2, 3]), ([0xf0, 1], []), ([7], [])], [([0xfc, 1], [1])]))
    #expect(psbt.transaction == unsigned)
    #expect(psbt.isFinal == [true])
    try psbt.spending().verify(input: 0, rules: .block)
  }

  @Test func inputsThatAreNotFinal() throws {
    let open = try PartiallySignedTransaction(version0([([1], output)]))
    #expect(open.isFinal == [false])
    #expect(throws: PSBTError.self) { try open.spending() }
    #expect(throws: PSBTError.self) { try open.spending(judging: 0) }
    let unknown = try PartiallySignedTransaction(version0([([7], [])]))
    #expect(unknown.spentOutputs == [nil])
    #expect(throws: PSBTError.self) { try unknown.spending() }
    // One that is not final does not keep others from being judged.
    let two = try PartiallySignedTransaction(version2([[([1], output)], [([1], output), ([7], [])]]))
    #expect(throws: PSBTError.self) { try two.spending() }
    #expect(throws: PSBTError.self) { try two.spending(judging: 0) }
    try two.spending(judging: 1).verify(input: 1, rules: .block)
  }

  /// A signature of a Taproot key is the whole witness; of other outputs it is nothing.
  @Test func taprootKeySignatures() throws {
    let signature = [UInt8](repeating: 6, count: 64)
    let toKey = [UInt8](output[..<8]) + [34] + taproot.bytes
    let psbt = try PartiallySignedTransaction(version2([[([1], toKey), ([0x13], signature)]]))
    #expect(psbt.transaction.inputs[0].witness == [signature])
    #expect(psbt.isFinal == [true])
    #expect(try PartiallySignedTransaction(version2([[([1], output), ([0x13], signature)]])).isFinal == [false])
    // An input that is final needs none of this.
    #expect(try PartiallySignedTransaction(version2([[([1], toKey), ([7], []), ([0x13], [1])]])).isFinal == [true])
    refused(version2([[([1], toKey), ([0x13], [1])]]), .fieldSize(type: 0x13), in: .input(0))
  }

  @Test func version2Transactions() throws {
    let psbt = try PartiallySignedTransaction(version2([[([0x10], word(7))], []]))
    #expect(psbt.transaction.version == 2)
    #expect(psbt.transaction.lockTime == 40)
    #expect(psbt.transaction.inputs.map(\.sequence) == [7, .max])
    #expect(psbt.transaction.inputs[1].previous == unsigned.inputs[0].previous)
    #expect(psbt.transaction.outputs == [TransactionOutput(value: 1000, script: one)])
  }

  /// Times and heights that inputs require (types 0x11 and 0x12): the latest of a kind that all have, heights first.
  @Test func lockTimes() throws {
    func lockTime(_ inputs: Fields...) throws -> UInt32 {
      try PartiallySignedTransaction(version2(inputs)).transaction.lockTime
    }
    let (time, height): (Fields, Fields) = ([([0x11], word(600_000_000))], [([0x12], word(700))])
    #expect(try lockTime([], []) == 40)
    #expect(try lockTime(time, []) == 600_000_000)
    #expect(try lockTime(height, [([0x12], word(800))], []) == 800)
    #expect(try lockTime(height + time, height) == 700)
    #expect(try lockTime(height + time, time) == 600_000_000)
    #expect(try lockTime(height + time) == 700)
    refused(version2([time, height]), .lockTimes, in: .global)
  }

  @Test func whatIsRefused() throws {
    let sound = version0([([1], output), ([7], [])])
    refused([], .magic, in: .global)
    refused([0x50] + sound.dropFirst(), .magic, in: .global)
    for count in 5..<sound.count {
      #expect(throws: PSBTError.self) { try PartiallySignedTransaction(Array(sound.prefix(count))) }
    }
    refused(
      sound + [0], .encoding(EncodingError(reason: .trailingBytes(1), position: sound.count - 5)), in: .global)
    refused(version0([([1], output), ([1], output)]), .duplicateKey(type: 1), in: .input(0))
    refused(version0([([1, 0], output)]), .fieldSize(type: 1), in: .input(0))
    refused(version0([], [([0xfb], [0])]), .fieldSize(type: 0xfb), in: .global)
    refused(version0([], [([0xfb], word(1))]), .unknownVersion(1), in: .global)
    refused(magic + map([]), .missing(field: "the unsigned transaction"), in: .global)
    refused(version2([[]], [([0], unsigned.bytes)]), .unexpected(field: "an unsigned transaction"), in: .global)
    var signed = unsigned
    signed.inputs[0].scriptSig = one
    refused(magic + map([([0], signed.bytes)]), .signed, in: .global)
    signed = unsigned
    signed.inputs[0].witness = [[]]
    refused(magic + map([([0], signed.bytes)]), .signed, in: .global)
    var other = previous
    other.version = 9
    refused(version0([([0], other.bytes)]), .previousTransaction, in: .input(0))
    let different = [0] + output.dropFirst()
    refused(version0([([0], previous.bytes), ([1], different)]), .spentOutputs, in: .input(0))
    refused(
      version0([([8], [1, 0, 0])]), .encoding(EncodingError(reason: .trailingBytes(1), position: 2)), in: .input(0))
    // Counts beyond what is there.
    let counts: Fields = [([0xfb], word(2)), ([4], [0xfe, 0xff, 0xff, 0xff, 0xff]), ([5], [0])]
    refused(
      magic + map(counts), .encoding(EncodingError(reason: .tooMany(0xffff_ffff, left: 0), position: 5)), in: .global)
  }

  @Test func damagedBytes() {
    var random = SeededGenerator(seed: 3)
    let seeds = [
      version0([([0], previous.bytes), ([1], output), ([7], [0x52]), ([8], [2, 0, 1, 3])]),
      version2([[([1], output), ([7], [])], [([0x11], word(600_000_000))]]),
    ]
    var read = 0
    for i in 0..<20_000 {
      var bytes = seeds[i % 2]
      for _ in 0...Int.random(in: 0...2, using: &random) {
        bytes[Int.random(in: 5..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      guard let psbt = try? PartiallySignedTransaction(bytes) else { continue }
      read += 1
      #expect(psbt.spentOutputs.count == psbt.transaction.inputs.count)
      if let spending = try? psbt.spending() { _ = spending.judge(input: 0) }
    }
    #expect(read > 100)
  }
}
