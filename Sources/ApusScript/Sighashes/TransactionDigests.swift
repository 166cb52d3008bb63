// What the signature hashes of all inputs share, hashed once: without it, a transaction of many inputs costs their
// square (BIP-143, BIP-341).

import ApusDigest

struct TransactionDigests: Sendable {
  let previousOutputs, sequences, outputs, amounts, scripts: [UInt8]
  /// The first three hashed once more: version 0 hashes twice.
  let previousOutputsTwice, sequencesTwice, outputsTwice: [UInt8]

  init(_ transaction: Transaction, spent: [TransactionOutput]) {
    func hash(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
      var writer = ByteWriter()
      write(&writer)
      return SHA256.hash(writer.bytes)
    }
    previousOutputs = hash { for input in transaction.inputs { $0.append(input.previous) } }
    sequences = hash { for input in transaction.inputs { $0.append(input.sequence) } }
    outputs = hash { for output in transaction.outputs { $0.append(output) } }
    amounts = hash { for output in spent { $0.append(output.value) } }
    scripts = hash { for output in spent { $0.appendSized(output.script.bytes) } }
    previousOutputsTwice = SHA256.hash(previousOutputs)
    sequencesTwice = SHA256.hash(sequences)
    outputsTwice = SHA256.hash(outputs)
  }
}
