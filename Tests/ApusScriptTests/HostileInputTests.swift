// What an adversary sends: cut, oversized and damaged transactions, scripts and witnesses. Nothing may crash or take
// memory that the input does not have, and what is accepted has one encoding.

import ApusDigest
import ApusScript
import ApusTestSupport
import Testing

@Suite struct HostileInputTests {
  /// Two inputs, one with a witness, and two outputs.
  static let transaction = Transaction(
    inputs: [
      TransactionInput(
        previous: OutPoint(transaction: [UInt8](repeating: 7, count: 32), output: 1), scriptSig: Script([0x51]),
        sequence: 5),
      TransactionInput(
        previous: OutPoint(transaction: [UInt8](repeating: 9, count: 32), output: 0),
        witness: [[], [1, 2, 3], [UInt8](repeating: 4, count: 300)]),
    ],
    outputs: [
      TransactionOutput(value: 5_000_000_000, script: Script([UInt8](repeating: 0x61, count: 254))),
      TransactionOutput(value: -1, script: .empty),
    ], lockTime: 77)

  @Test func encodingIsRead() throws {
    let transaction = Self.transaction
    #expect(try Transaction(transaction.bytes) == transaction)
    var bare = transaction
    bare.inputs[1].witness = []
    #expect(bare.bytes == transaction.bytesWithoutWitness)
    #expect(try Transaction(bare.bytes) == bare)
    #expect(bare.id == transaction.id)
    #expect(bare.witnessID != transaction.witnessID)
    #expect(transaction.weight == 3 * bare.bytes.count + transaction.bytes.count)
  }

  @Test func everyTruncationIsRefused() {
    let whole = Self.transaction.bytes
    for count in 0..<whole.count {
      #expect(throws: EncodingError.self) { try Transaction(Array(whole.prefix(count))) }
    }
    #expect(throws: EncodingError(reason: .trailingBytes(1), position: whole.count)) { try Transaction(whole + [0]) }
  }

  /// Each count in each of its forms, far beyond what follows; each is refused before anything is made for it.
  @Test func oversizeCountsAreRefused() throws {
    let whole = Self.transaction.bytes
    let sizes: [[UInt8]] = [
      [0xfc], [0xfd, 0xff, 0xff], [0xfe, 0xff, 0xff, 0xff, 0xff], [0xff] + [UInt8](repeating: 0xff, count: 8),
    ]
    for at in 4..<whole.count - 4 {
      for size in sizes {
        let damaged = Array(whole[..<at]) + size + whole[(at + 1)...]
        if let read = try? Transaction(damaged) { #expect(read.bytes == damaged) }
      }
    }
    let inputs = bytes("02000000 0001 feffffff7f")
    #expect(throws: EncodingError(reason: .tooMany(0x7fff_ffff, left: 0), position: 11)) { try Transaction(inputs) }
  }

  @Test func sizesHaveOneForm() {
    #expect(throws: EncodingError(reason: .sizeNotMinimal(1), position: 4)) {
      try Transaction(bytes("02000000 fd0100") + [UInt8](repeating: 0, count: 60))
    }
    #expect(throws: EncodingError(reason: .unknownFlags(2), position: 8)) {
      try Transaction(bytes("02000000 00 02 00 00") + [0] + bytes("00000000"))
    }
  }

  @Test func superfluousWitnessIsRefused() {
    var bare = Self.transaction
    bare.inputs[1].witness = []
    let body = bare.bytes
    let marked = Array(body[..<4]) + [0, 1] + body[4..<body.count - 4] + [0, 0] + body.suffix(4)
    #expect(throws: EncodingError(reason: .superfluousWitness, position: marked.count - 4)) { try Transaction(marked) }
  }

  @Test func damagedTransactionsHaveOneEncoding() {
    var random = SeededGenerator(seed: 3)
    var accepted = 0
    for _ in 0..<5000 {
      var damaged = Self.transaction.bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      guard let read = try? Transaction(damaged) else { continue }
      accepted += 1
      #expect(read.bytes == damaged)
      _ = try? read.check()
    }
    #expect(accepted > 500)
  }

  /// Scripts, stacks and witnesses of noise, in every kind of script: they end, within the limits.
  @Test func randomScriptsEnd() throws {
    var random = SeededGenerator(seed: 5)
    func noise(_ count: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: count, using: &random)).map { _ in .random(in: 0...255, using: &random) }
    }
    let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
    for round in 0..<4000 {
      let script = Script(noise(0...200))
      let output: Script
      var witness = (0..<Int.random(in: 0...5, using: &random)).map { _ in noise(0...40) }
      switch round % 4 {
      case 0: output = Script(noise(0...60))
      case 1:
        witness += [script.bytes]
        output = try Script(assembly: "0 0x" + hex(SHA256.hash(script.bytes)))
      case 2:
        let taproot = try TaprootOutput(
          internalKey: TaprootOutput.unspendableKey, tree: .leaf(TapLeaf(script: script)))
        witness += [script.bytes, taproot.leaves[0].controlBlock.bytes]
        output = taproot.script
      default: output = try Script(assembly: "1 0x" + hex(noise(32...32)))
      }
      let input = TransactionInput(
        previous: previous, scriptSig: round % 4 == 0 ? script : .empty, sequence: 0, witness: witness)
      let spending = try SpendingTransaction(
        Transaction(inputs: [input], outputs: []), spending: [TransactionOutput(value: 1, script: output)])
      for rules in [Rules.relay, .block, Rules(consensus: [])] {
        switch spending.judge(input: 0, rules: rules) {
        case .standard(let report), .nonStandard(let report, _): #expect(report.peakStack <= 1000)
        case .invalid(let error): #expect(!error.description.isEmpty)
        }
      }
      _ = script.assembly
    }
  }

  @Test func controlBlocksHaveTheirSizes() {
    for count in 0...4200 {
      let isSize = (33...4129).contains(count) && (count - 33) % 32 == 0
      #expect((ControlBlock([UInt8](repeating: 0xc1, count: count)) != nil) == isSize)
    }
  }

  /// Signatures of noise and damaged ones: the readers agree with themselves, and nothing traps.
  @Test func damagedSignaturesAreRead() throws {
    var random = SeededGenerator(seed: 13)
    let honest = bytes(
      "304402203da9d487be5302a6d69e02a861acff1da472885e43d7528ed9b1b537a8e2cac9"
        + "022002d1bca03a1e9715a99971bafe3b1852b7a4f0168281cbd27a220380a01b3307")
    let key = bytes("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
    let digest = [UInt8](repeating: 1, count: 32)
    for _ in 0..<5000 {
      var damaged = honest
      let at = Int.random(in: 0..<damaged.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: damaged[at] = .random(in: 0...255, using: &random)
      case 1: damaged.removeSubrange(at...)
      default: damaged.insert(.random(in: 0...255, using: &random), at: at)
      }
      #expect(!ECDSASignature.verify(damaged, digest: digest, key: key))
    }
  }
}
