// A Taproot output of two leaves, spent through one of them, and what its author is told when that fails.

import ApusDigest
import ApusScript

let secret = [UInt8](repeating: 7, count: 32)
guard let key = SchnorrSignature.publicKey(of: secret) else { fatalError("the secret is no secret key") }

// Whoever shows "abc" and the key's signature, or after a day the signature alone.
func signature(_ script: inout ScriptAssembler) {
  script.push(key)
  script.append(.checkSignature)
}
var now = ScriptAssembler()
now.gadget("preimage") {
  $0.append(.sha256)
  $0.push(SHA256.hash(Array("abc".utf8)))
  $0.append(.equalVerify)
}
now.gadget("signature", signature)
var later = ScriptAssembler()
later.gadget("a day") {
  $0.push(144)
  $0.append(.checkSequenceVerify)
  $0.append(.drop)
}
later.gadget("signature", signature)

let leaf = now.mappedScript
let output = try TaprootOutput(
  internalKey: TaprootOutput.unspendableKey,
  tree: .branch(.leaf(TapLeaf(script: leaf.script)), .leaf(TapLeaf(script: later.script))))
if let address = Address(of: output.script) { print(address.text(on: .mainnet)) }

func spend(showing preimage: String) throws -> SpendingTransaction {
  let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
  let spent = TransactionOutput(value: 10_000, script: output.script)
  var transaction = Transaction(
    inputs: [TransactionInput(previous: previous)],
    outputs: [TransactionOutput(value: 9_000, script: output.script)])
  let unsigned = try SpendingTransaction(transaction, spending: [spent])
  let (tapLeaf, controlBlock) = output.leaves[0]
  guard
    let hash = unsigned.taprootSignatureHash(
      input: 0, type: .default, tapscript: TapscriptPosition(leafHash: tapLeaf.hash)),
    let signature = SchnorrSignature.sign(hash, secret: secret, auxiliary: (0..<32).map { _ in .random(in: 0...255) })
  else { fatalError("there is such a hash, and the key signs") }
  transaction.inputs[0].witness = [signature, Array(preimage.utf8), tapLeaf.script.bytes, controlBlock.bytes]
  return try SpendingTransaction(transaction, spending: [spent])
}

for preimage in ["abc", "abd"] {
  switch try spend(showing: preimage).judge(input: 0) {
  case .standard(let report):
    print("\(preimage): \(report.instructions) instructions, \(report.peakStack) elements at most")
  case .nonStandard(_, let error): print("\(preimage) is not relayed: \(error)")
  case .invalid(let error):
    print("\(preimage): \(error)")
    print("in \(leaf.path(of: error)), on \(error.stack.count) elements")
  }
}
