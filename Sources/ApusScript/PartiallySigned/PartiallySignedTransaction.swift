// Partially signed transactions, of versions 0 and 2 (BIP-174, BIP-370, BIP-371): what is needed to judge their inputs.

public struct PartiallySignedTransaction: Sendable {
  /// The transaction, with the scriptSigs and witnesses of inputs that are final.
  public let transaction: Transaction
  /// What each input spends, `nil` where it does not say.
  public let spentOutputs: [TransactionOutput?]
  /// Whether each input has what it needs to be run: final fields, or signatures of which they can be made: of a key, of a
  /// key's hash, or of as many keys as a script or a leaf demands.
  public let isFinal: [Bool]

  /// Reads one that fills `bytes`. Fields that say nothing of how inputs are judged are skipped.
  public init(_ bytes: [UInt8]) throws(PSBTError) {
    guard bytes.starts(with: [0x70, 0x73, 0x62, 0x74, 0xff]) else { throw PSBTError(.magic, in: .global) }
    var reader = ByteReader(Array(bytes[5...]))
    let global = try PSBTMap(from: &reader, .global)
    let version = try global.word(0xfb) ?? 0
    var transaction: Transaction
    let inputs: [PSBTMap]
    switch version {
    case 0:
      transaction = try Self.unsigned(global)
      inputs = try Self.maps(&reader, transaction.inputs.count) { .input($0) }
      _ = try Self.maps(&reader, transaction.outputs.count) { .output($0) }
    case 2:
      // Sizes of maps with the fields that each must have.
      let inputCount = try Self.count(0x04, "the input count", global, left: reader.left, mapBytes: 43)
      let outputCount = try Self.count(0x05, "the output count", global, left: reader.left, mapBytes: 15)
      inputs = try Self.maps(&reader, inputCount) { .input($0) }
      let outputs = try Self.maps(&reader, outputCount) { .output($0) }
      transaction = try Self.constructed(global, inputs, outputs)
    default: throw PSBTError(.unknownVersion(version), in: .global)
    }
    guard reader.left == 0 else {
      throw PSBTError(.encoding(reader.refuse(.trailingBytes(reader.left))), in: .global)
    }

    var (spent, final): ([TransactionOutput?], [Bool]) = ([], [])
    for (index, map) in inputs.enumerated() {
      let output = try Self.spentOutput(of: transaction.inputs[index], map)
      spent.append(output)
      final.append(try Self.finish(&transaction.inputs[index], spending: output, map))
    }
    (self.transaction, spentOutputs, isFinal) = (transaction, spent, final)
  }

  /// The transaction with all that it spends.
  ///
  /// - Parameter input: the one that is to be judged and must be final; `nil`: all must.
  public func spending(judging input: Int? = nil) throws(PSBTError) -> SpendingTransaction {
    var outputs: [TransactionOutput] = []
    for (index, output) in spentOutputs.enumerated() {
      guard let output else { throw PSBTError(.missing(field: "the output that is spent"), in: .input(index)) }
      outputs.append(output)
      if !isFinal[index] && input ?? index == index { throw PSBTError(.notFinal, in: .input(index)) }
    }
    // As many as inputs.
    do { return try SpendingTransaction(transaction, spending: outputs) } catch { preconditionFailure("\(error)") }
  }

  // MARK: The transaction

  private static func maps(
    _ reader: inout ByteReader, _ count: Int, _ name: (Int) -> PSBTError.Map
  ) throws(PSBTError) -> [PSBTMap] {
    var maps: [PSBTMap] = []
    for index in 0..<count { maps.append(try PSBTMap(from: &reader, name(index))) }
    return maps
  }

  private static func unsigned(_ global: PSBTMap) throws(PSBTError) -> Transaction {
    let transaction = try global.required(
      try global.read(0x00) { reader throws(EncodingError) in try Transaction(from: &reader) },
      "the unsigned transaction")
    guard !transaction.hasWitness && transaction.inputs.allSatisfy({ $0.scriptSig.bytes.isEmpty }) else {
      throw global.fail(.signed)
    }
    return transaction
  }

  /// A number of maps, never more than the bytes that are left can hold.
  private static func count(
    _ type: UInt64, _ field: String, _ global: PSBTMap, left: Int, mapBytes: Int
  ) throws(PSBTError) -> Int {
    let read = try global.read(type) { reader throws(EncodingError) in
      let count = try reader.size()
      guard count <= UInt64(left / mapBytes) else { throw reader.refuse(.tooMany(count, left: left)) }
      return Int(count)
    }
    return try global.required(read, field)
  }

  private static func constructed(
    _ global: PSBTMap, _ inputs: [PSBTMap], _ outputs: [PSBTMap]
  ) throws(PSBTError) -> Transaction {
    if try global.value(0x00) != nil { throw global.fail(.unexpected(field: "an unsigned transaction")) }
    return Transaction(
      version: try global.required(try global.word(0x02), "the transaction's version"),
      inputs: try inputs.map { map throws(PSBTError) in
        let id = try map.required(try map.value(0x0e), "the previous transaction's id")
        guard id.count == 32 else { throw map.fail(.fieldSize(type: 0x0e)) }
        let output = try map.required(try map.word(0x0f), "the previous output's index")
        return TransactionInput(
          previous: OutPoint(transaction: id, output: output), sequence: try map.word(0x10) ?? .max)
      },
      outputs: try outputs.map { map throws(PSBTError) in
        let value = try map.read(0x03) { reader throws(EncodingError) in Int64(bitPattern: try reader.word64()) }
        return TransactionOutput(
          value: try map.required(value, "the value"),
          script: Script(try map.required(try map.value(0x04), "the script")))
      }, lockTime: try lockTime(global, inputs))
  }

  /// The latest of the lock times that inputs require, of a kind that each of these has: by height if there is a choice.
  private static func lockTime(_ global: PSBTMap, _ inputs: [PSBTMap]) throws(PSBTError) -> UInt32 {
    var (times, heights): ([UInt32], [UInt32]) = ([], [])
    var requiring = 0
    for map in inputs {
      let (time, height) = (try map.word(0x11), try map.word(0x12))
      if time != nil || height != nil { requiring += 1 }
      if let time { times.append(time) }
      if let height { heights.append(height) }
    }
    if requiring == 0 { return try global.word(0x03) ?? 0 }
    if heights.count == requiring { return heights.max() ?? 0 }
    if times.count == requiring { return times.max() ?? 0 }
    throw global.fail(.lockTimes)
  }

  // MARK: Inputs

  private static func spentOutput(of input: TransactionInput, _ map: PSBTMap) throws(PSBTError) -> TransactionOutput? {
    let witness = try map.read(0x01) { reader throws(EncodingError) in try TransactionOutput(from: &reader) }
    guard let previous = try map.read(0x00, { reader throws(EncodingError) in try Transaction(from: &reader) }) else {
      return witness
    }
    guard previous.id == input.previous.transaction, previous.outputs.indices.contains(Int(input.previous.output))
    else {
      throw map.fail(.previousTransaction)
    }
    let output = previous.outputs[Int(input.previous.output)]
    guard witness == nil || witness == output else { throw map.fail(.spentOutputs) }
    return output
  }

  /// Gives the input its final fields; whether it has any.
  private static func finish(
    _ input: inout TransactionInput, spending output: TransactionOutput?, _ map: PSBTMap
  ) throws(PSBTError) -> Bool {
    let scriptSig = try map.value(0x07)
    let witness = try map.read(0x08) { reader throws(EncodingError) in try Transaction.readWitness(&reader) }
    if scriptSig != nil || witness != nil {
      input.scriptSig = scriptSig.map { Script($0) } ?? .empty
      input.witness = witness ?? []
    } else if let output, let (scriptSig, witness) = try InputFinalizer(map).finish(spending: output.script) {
      (input.scriptSig, input.witness) = (scriptSig, witness)
    }
    return scriptSig != nil || !input.scriptSig.bytes.isEmpty || !input.witness.isEmpty
  }
}
