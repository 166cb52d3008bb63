// Transactions as bytes, with and without witness (BIP-144), and the hashes that name them.

import ApusDigest

extension Transaction {
  /// Reads a transaction that fills `bytes`.
  ///
  /// A transaction without inputs cannot be told from the marker of a witness; as for the network, it is the marker.
  public init(_ bytes: [UInt8]) throws(EncodingError) {
    var reader = ByteReader(bytes)
    try self.init(from: &reader)
    guard reader.left == 0 else { throw reader.refuse(.trailingBytes(reader.left)) }
  }

  init(from reader: inout ByteReader) throws(EncodingError) {
    version = try reader.word32()
    inputs = try Self.readInputs(&reader)
    var flags: UInt8 = 0
    if inputs.isEmpty {
      flags = try reader.byte()
      if flags != 0 { inputs = try Self.readInputs(&reader) }
      outputs = flags == 0 ? [] : try Self.readOutputs(&reader)
    } else {
      outputs = try Self.readOutputs(&reader)
    }
    if flags & 1 != 0 {
      for i in inputs.indices { inputs[i].witness = try Self.readWitness(&reader) }
      guard inputs.contains(where: { !$0.witness.isEmpty }) else { throw reader.refuse(.superfluousWitness) }
    }
    guard flags & ~1 == 0 else { throw reader.refuse(.unknownFlags(flags)) }
    lockTime = try reader.word32()
  }

  private static func readInputs(_ reader: inout ByteReader) throws(EncodingError) -> [TransactionInput] {
    let count = try reader.count(ofItemsOver: 41)
    var inputs: [TransactionInput] = []
    inputs.reserveCapacity(count)
    for _ in 0..<count {
      let previous = OutPoint(transaction: try reader.take(32), output: try reader.word32())
      let script = Script(try reader.sizedBytes())
      inputs.append(TransactionInput(previous: previous, scriptSig: script, sequence: try reader.word32()))
    }
    return inputs
  }

  private static func readOutputs(_ reader: inout ByteReader) throws(EncodingError) -> [TransactionOutput] {
    let count = try reader.count(ofItemsOver: 9)
    var outputs: [TransactionOutput] = []
    outputs.reserveCapacity(count)
    for _ in 0..<count { outputs.append(try TransactionOutput(from: &reader)) }
    return outputs
  }

  static func readWitness(_ reader: inout ByteReader) throws(EncodingError) -> [[UInt8]] {
    let count = try reader.count(ofItemsOver: 1)
    var witness: [[UInt8]] = []
    witness.reserveCapacity(count)
    for _ in 0..<count { witness.append(try reader.sizedBytes()) }
    return witness
  }

  /// The transaction as the network sends it: with its witness if it has one.
  public var bytes: [UInt8] { encoded(withWitness: hasWitness) }

  /// The transaction without witness: what its id is the hash of.
  public var bytesWithoutWitness: [UInt8] { encoded(withWitness: false) }

  private func encoded(withWitness: Bool) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(version)
    if withWitness { writer.append([0, 1]) }
    writer.appendSize(inputs.count)
    for input in inputs {
      writer.append(input.previous)
      writer.appendSized(input.scriptSig.bytes)
      writer.append(input.sequence)
    }
    writer.appendSize(outputs.count)
    for output in outputs { writer.append(output) }
    if withWitness {
      for input in inputs { writer.appendWitness(input.witness) }
    }
    writer.append(lockTime)
    return writer.bytes
  }

  /// The hash that names the transaction, in the order of its bytes; displays reverse it.
  public var id: [UInt8] { SHA256.doubleHash(bytesWithoutWitness) }

  /// The hash of the transaction with its witness.
  public var witnessID: [UInt8] { SHA256.doubleHash(bytes) }

  /// Weight units: three times the bytes without witness, and once all bytes (BIP-141).
  public var weight: Int { 3 * bytesWithoutWitness.count + bytes.count }
}

extension TransactionOutput {
  /// Reads an output that fills `bytes`.
  public init(_ bytes: [UInt8]) throws(EncodingError) {
    var reader = ByteReader(bytes)
    try self.init(from: &reader)
    guard reader.left == 0 else { throw reader.refuse(.trailingBytes(reader.left)) }
  }

  init(from reader: inout ByteReader) throws(EncodingError) {
    value = Int64(bitPattern: try reader.word64())
    script = Script(try reader.sizedBytes())
  }
}
