// Writing what transactions and signature hashes consist of.

struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ more: some Collection<UInt8>) { bytes += more }
  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func append(_ word: UInt32) { appendWord(word) }
  mutating func append(_ word: Int64) { appendWord(word) }

  private mutating func appendWord<W: FixedWidthInteger>(_ word: W) {
    var rest = word
    for _ in 0..<W.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// A CompactSize in its shortest form.
  mutating func appendSize(_ size: Int) {
    switch size {
    case ..<0xfd: append(UInt8(size))
    case ...0xffff:
      append(UInt8(0xfd))
      appendWord(UInt16(size))
    case ...0xffff_ffff:
      append(UInt8(0xfe))
      appendWord(UInt32(size))
    default:
      append(UInt8(0xff))
      appendWord(UInt64(size))
    }
  }

  mutating func appendSized(_ more: [UInt8]) {
    appendSize(more.count)
    append(more)
  }

  mutating func append(_ outPoint: OutPoint) {
    append(outPoint.transaction)
    append(outPoint.output)
  }

  mutating func append(_ output: TransactionOutput) {
    append(output.value)
    appendSized(output.script.bytes)
  }

  mutating func appendWitness(_ witness: [[UInt8]]) {
    appendSize(witness.count)
    for element in witness { appendSized(element) }
  }
}
